import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject, splitApiVersion } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import { knownResource } from '@orbweaver/kube/known-resources'
import { parse } from 'yaml'
import { repositoryDir } from '../env.ts'
import { LabError } from '../lab-error.ts'

/** A mesh as the blueprints make it, read from the files that they are held to. */
export type GoldenMesh = {
  readonly name: string
  /** The Mesh, for a hub. */
  readonly mesh: KubernetesObject
  readonly objects: readonly { readonly stage: string; readonly object: KubernetesObject }[]
}

const folder = join(repositoryDir, 'packages', 'istio', 'src', 'blueprints', 'goldens')

/** What is known only later stands as ⟨…⟩ in a plan: something of its kind takes the place. */
const filled = (text: string): string =>
  text.replaceAll('⟨entrance address⟩', '192.0.2.99').replaceAll('⟨reader token⟩', 'dG9rZW4=')

export const goldenMeshes = (): readonly GoldenMesh[] =>
  readdirSync(folder).map((file) => {
    const document: unknown = parse(filled(readFileSync(join(folder, file), 'utf8')))
    const objects = listAt(document, 'stages').flatMap((stage) =>
      listAt(stage, 'objects')
        .filter(isKubernetesObject)
        .map((object) => ({ stage: textAt(stage, 'stage') ?? '', object })),
    )
    const spec = isRecord(document) && isRecord(document['mesh']) ? document['mesh']['spec'] : undefined
    const metadata = { name: textAt(document, 'mesh', 'name') ?? '' }
    const mesh = { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', metadata, spec }
    return { name: file.replace(/\.yaml$/, ''), mesh, objects }
  })

/** Every leaf of a document by its path; lists are leaves. */
export const leavesOf = (value: Json | undefined, path: readonly string[] = []): readonly [string, Json][] => {
  if (isRecord(value)) return Object.entries(value).flatMap(([key, each]) => leavesOf(each, [...path, key]))
  return value === undefined ? [] : [[path.join('/'), value]]
}

export type Verdict = { readonly golden: string; readonly object: string; readonly said: string }

/** What a cluster says of objects whose fields are all to be known to it, and would warn of; nothing is stored. */
export const verdictsOn = async (
  api: KubeClient,
  golden: string,
  objects: readonly KubernetesObject[],
): Promise<readonly Verdict[]> => {
  const verdicts: Verdict[] = []
  for (const object of objects) {
    const { group } = splitApiVersion(object.apiVersion)
    const resource = knownResource(group, object.kind)
    if (resource === undefined) throw new LabError(golden, [`${object.kind} is not known`])
    const { name, namespace } = object.metadata
    const patch = { type: 'apply', body: object, force: true, fieldManager: 'orbweaver-mesh' } as const
    const dry = { dryRun: true, fieldValidation: 'Strict', deadlineMs: 60_000 } as const
    const said = await api
      .patch(resource, { name, ...(namespace !== undefined && { namespace }) }, { ...patch, ...dry })
      .then(({ warnings }) => warnings)
      .catch((error: unknown) => [String(error)])
    verdicts.push(...said.map((each) => ({ golden, object: `${object.kind} ${name}`, said: each })))
  }
  return verdicts
}
