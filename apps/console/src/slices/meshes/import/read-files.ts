import { MeshSpec } from '@orbweaver/contracts/fleet-objects'
import { isRecord, type Json, plainRecord } from '@orbweaver/contracts/json'
import type { Message } from '@orbweaver/contracts/message'
import { type ImportDocument, type Imported, readImport } from '@orbweaver/istio/meshes/import'
import { kubernetesYaml } from '@orbweaver/istio/kubernetes-yaml'
import { parseAllDocuments } from 'yaml'
import { clusterMark } from '../export-files.ts'

export type ImportFile = { name: string; text: string }

/** MiB of one file; an export is at most 4 in all. */
const mostMiB = 4
const mostAliases = 20

export type ReadFiles = Imported & {
  /** What the contract takes of the Mesh; undefined where it is missing or wrong. */
  spec: MeshSpec | undefined
}

/** What files of an export hold. Nothing leaves the browser before a plan is asked for. */
export function readFiles(files: readonly ImportFile[]): ReadFiles {
  const faults: Message[] = []
  const documents = files.flatMap((file) => documentsOf(file, faults))
  const imported = readImport(documents)
  const typed = imported.mesh === undefined ? undefined : MeshSpec.safeParse(imported.mesh.spec)
  const wrong =
    typed === undefined || typed.success ? [] : typed.error.issues.map((each) => each.path.map(String).join('.'))
  const unknown =
    typed?.success === true && imported.mesh ? unknownFields(imported.mesh.spec, plainRecord(typed.data)) : []
  const fields = [...new Set([...wrong, ...unknown])]
  return {
    ...imported,
    faults: [
      ...faults,
      ...imported.faults,
      ...fields.map((field) => ({ code: 'meshes.import-field', params: { field } })),
    ],
    spec: typed?.success === true ? typed.data : undefined,
  }
}

function documentsOf({ name, text }: ImportFile, faults: Message[]): ImportDocument[] {
  if (text.length > mostMiB * 1_048_576) {
    faults.push({ code: 'meshes.import-large', params: { file: name, limit: mostMiB } })
    return []
  }
  const unreadable = (message: string) =>
    void faults.push({ code: 'meshes.import-yaml', params: { file: name, message: message.split('\n')[0] ?? '' } })
  try {
    // One by one, and each with its first fault: a file with a broken document still has the others.
    return partsOf(text).flatMap(({ cluster, text: part }) =>
      parseAllDocuments(part, { ...kubernetesYaml, logLevel: 'error' }).flatMap((document) => {
        const [error] = document.errors
        if (error !== undefined) {
          unreadable(error.message)
          return []
        }
        const value: unknown = document.toJS({ maxAliasCount: mostAliases })
        return [{ file: name, cluster, value }]
      }),
    )
  } catch (error) {
    if (!(error instanceof ReferenceError) && !(error instanceof RangeError)) throw error
    unreadable(error.message)
    return []
  }
}

/** Files may have been put together: a line that says in which cluster a file lay holds until the next. */
function partsOf(text: string): { cluster: string | undefined; text: string }[] {
  const mark = new RegExp(`^# ${clusterMark.replaceAll('.', '\\.')} (\\S+)$`, 'gm')
  const found = [...text.matchAll(mark)]
  const starts = found.map((each) => each.index)
  const [first = text.length] = starts
  const parts = found.map((each, index) => ({
    cluster: each[1],
    text: text.slice(each.index, starts[index + 1] ?? text.length),
  }))
  return [{ cluster: found[0]?.[1], text: text.slice(0, first) }, ...parts]
}

/** Fields that reading dropped, as `controlPlane.colour`. */
function unknownFields(raw: Json | undefined, read: Json | undefined, path: string[] = []): string[] {
  if (!isRecord(raw)) return []
  return Object.entries(raw).flatMap(([key, value]) => {
    const below = isRecord(read) ? read[key] : undefined
    if (below === undefined && value !== undefined) return [[...path, key].join('.')]
    return unknownFields(value, below, [...path, key])
  })
}
