import { flagAt, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient, Resource } from '@orbweaver/kube/client'

/** What controllers and the API server itself make and end as they go, and what runs in a lab alone. */
const passing = new Set([
  'APIService',
  'ComponentStatus',
  'ControllerRevision',
  'EndpointSlice',
  'Endpoints',
  'Event',
  'FlowSchema',
  'IPAddress',
  'Node',
  'Pod',
  'PortForward',
  'PriorityLevelConfiguration',
  'ReplicaSet',
])

/** The names of all that lasts in a cluster, of every kind that it serves: `Kind namespace/name`. */
export async function everyObject(api: KubeClient): Promise<ReadonlySet<string>> {
  const lists = await Promise.all((await served(api)).map((each) => api.list(each)))
  const resources = lists.flatMap(({ items }) => items)
  return new Set(resources.filter((each) => !isPassing(each)).map(nameOf))
}

function nameOf({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`
}

function isPassing({ kind, metadata }: KubernetesObject): boolean {
  const isNodes = kind === 'Lease' && ['kube-node-lease', 'kube-system'].includes(metadata.namespace ?? '')
  return passing.has(kind) || isNodes
}

async function served(api: KubeClient): Promise<Resource[]> {
  const { body } = await api.raw('/apis')
  const versions = listAt(body, 'groups').flatMap((each) => textAt(each, 'preferredVersion', 'groupVersion') ?? [])
  const found = await Promise.all(['v1', ...versions].map((each) => resourcesOf(api, each)))
  return found.flat().filter(({ kind }) => !passing.has(kind))
}

async function resourcesOf(api: KubeClient, groupVersion: string): Promise<Resource[]> {
  const [version = '', group = ''] = groupVersion.split('/').toReversed()
  const { body } = await api.raw(group === '' ? `/api/${version}` : `/apis/${groupVersion}`)
  return listAt(body, 'resources').flatMap((each) => {
    const [plural = '', kind = ''] = [textAt(each, 'name'), textAt(each, 'kind')]
    if (plural.includes('/') || !listAt(each, 'verbs').includes('list')) return []
    return [{ group, version, plural, kind, namespaced: flagAt(each, 'namespaced') === true }]
  })
}
