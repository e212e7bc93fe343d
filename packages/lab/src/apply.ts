import { flagAt, listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, splitApiVersion } from '@orbweaver/contracts/kubernetes'
import type { KubeClient, Resource } from '@orbweaver/kube/client'
import { LabError } from './lab-error.ts'
import { until } from './wait.ts'

const fieldManager = 'orbweaver-lab'

/** Where a kind is served; undefined until its definition is established. */
const discover = async (api: KubeClient, apiVersion: string, kind: string): Promise<Resource | undefined> => {
  const { group, version } = splitApiVersion(apiVersion)
  const { body } = await api.raw(group === '' ? `/api/${version}` : `/apis/${group}/${version}`)
  for (const entry of listAt(body, 'resources')) {
    const plural = textAt(entry, 'name')
    if (plural === undefined || plural.includes('/') || textAt(entry, 'kind') !== kind) continue
    return { group, version, plural, kind, namespaced: flagAt(entry, 'namespaced') === true }
  }
  return undefined
}

/** Definitions and namespaces first: what refers to them comes after. */
const firstKinds = ['CustomResourceDefinition', 'Namespace', 'ServiceAccount']
const rank = ({ kind }: KubernetesObject): number => {
  const found = firstKinds.indexOf(kind)
  return found < 0 ? firstKinds.length : found
}

export type ApplyOptions = { namespace?: string }

/** Server-side apply of any objects. A kind that was defined a moment ago is waited for. */
export const applyAll = async (
  api: KubeClient,
  objects: readonly KubernetesObject[],
  options: ApplyOptions = {},
): Promise<void> => {
  const known = new Map<string, Resource>()
  const resourceOf = async (object: KubernetesObject): Promise<Resource> => {
    const key = `${object.apiVersion} ${object.kind}`
    const found =
      known.get(key) ??
      (await until(() => discover(api, object.apiVersion, object.kind), { forMs: 15_000, everyMs: 100 }))
    if (found === undefined) throw new LabError(`apply ${object.metadata.name}`, [`nobody serves ${key}`])
    known.set(key, found)
    return found
  }
  const applyOne = async (object: KubernetesObject): Promise<void> => {
    const resource = await resourceOf(object)
    const namespace = object.metadata.namespace ?? options.namespace ?? 'default'
    const target = { name: object.metadata.name, ...(resource.namespaced && { namespace }) }
    const body = resource.namespaced ? { ...object, metadata: { ...object.metadata, namespace } } : object
    // A server that has just started, on a machine with other work, is slow and not broken.
    const patch = { type: 'apply', body, force: true, fieldManager, deadlineMs: 60_000 } as const
    await api.patch(resource, target, patch).catch((error: unknown) => {
      throw new LabError(`apply ${object.kind} ${object.metadata.name}`, [String(error)])
    })
  }
  for (const step of [0, 1, 2, 3]) await Promise.all(objects.filter((each) => rank(each) === step).map(applyOne))
}
