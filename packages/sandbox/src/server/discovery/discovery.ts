import type { JsonRecord } from '@orbweaver/contracts/json'
import type { Cluster } from '../cluster.ts'
import type { Definition, Subresource } from '../definition.ts'
import { type Call, jsonReply, type Reply, textReply } from '../http/call.ts'
import { unknownPath } from '../status.ts'
import { compareVersions } from '../version-order.ts'

/** /api, /apis and what is below them. Source: apiserver pkg/endpoints/discovery v0.36. */
export function discoveryReply(cluster: Cluster, call: Call): Reply {
  const [root, ...rest] = call.info.path.split('/').filter((each) => each !== '')
  const wish = aggregatedWish(call.headers.accept)
  if (root === 'api') return coreReply(cluster, rest, wish)
  const [group = '', version = ''] = rest
  if (root !== 'apis' || rest.length > 2) return textReply(404, '404 page not found\n')
  if (rest.length === 0) return wish === undefined ? groupList(cluster) : aggregated(cluster, wish, false)
  return rest.length === 1 ? oneGroup(cluster, group) : resources(cluster, group, version)
}

function coreReply(cluster: Cluster, rest: string[], wish: string | undefined): Reply {
  if (rest.length > 1) return textReply(404, '404 page not found\n')
  if (rest.length === 1) return resources(cluster, '', rest[0] ?? '')
  return wish === undefined ? coreVersions() : aggregated(cluster, wish, true)
}

function aggregatedWish(accept: string | undefined): string | undefined {
  for (const each of (accept ?? '').split(',')) {
    if (!each.includes('g=apidiscovery.k8s.io') || !each.includes('as=APIGroupDiscoveryList')) continue
    const version = /v=(v2beta1|v2)(;|$)/.exec(each.trim())?.[1]
    if (version !== undefined) return version
  }
  return undefined
}

function coreVersions(): Reply {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1:443' }]
  return jsonReply(200, JSON.stringify({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs }))
}

/** The order in which the real server lists its groups; custom ones follow by name. */
const builtinOrder = [
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
]

type Group = { name: string; versions: Map<string, Definition[]> }

function groupsOf(cluster: Cluster): Group[] {
  const groups = new Map<string, Group>()
  for (const definition of cluster.registry.all()) {
    const group = groups.get(definition.group) ?? { name: definition.group, versions: new Map<string, Definition[]>() }
    groups.set(definition.group, group)
    for (const { name } of definition.versions) {
      group.versions.set(name, [...(group.versions.get(name) ?? []), definition])
    }
  }
  const rank = (name: string): number =>
    builtinOrder.includes(name) ? builtinOrder.indexOf(name) : builtinOrder.length
  const sorted = [...groups.values()].sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1))
  for (const group of sorted) group.versions = new Map([...group.versions].sort(([a], [b]) => compareVersions(a, b)))
  return sorted
}

function groupEntry(group: Group): JsonRecord {
  const versions = [...group.versions.keys()].map((version) => ({ groupVersion: `${group.name}/${version}`, version }))
  return { name: group.name, versions, preferredVersion: versions[0] ?? {} }
}

function groupList(cluster: Cluster): Reply {
  const groups = groupsOf(cluster)
    .filter((each) => each.name !== '')
    .map(groupEntry)
  return jsonReply(200, JSON.stringify({ kind: 'APIGroupList', apiVersion: 'v1', groups }))
}

function oneGroup(cluster: Cluster, name: string): Reply {
  const group = groupsOf(cluster).find((each) => each.name === name)
  if (group === undefined) return textReply(404, '404 page not found\n')
  return jsonReply(200, JSON.stringify({ kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(group) }))
}

function subresourcesOf(definition: Definition, version: string): Subresource[] {
  if (definition.builtin) return definition.subresources
  const found = definition.versions.find((each) => each.name === version)
  const out: Subresource[] = []
  const verbs = ['get', 'patch', 'update']
  if (found?.status === true)
    out.push({ name: 'status', group: definition.group, version, kind: definition.kind, verbs })
  if (found?.scale !== undefined) out.push({ name: 'scale', group: 'autoscaling', version: 'v1', kind: 'Scale', verbs })
  return out
}

function resources(cluster: Cluster, group: string, version: string): Reply {
  const versions = groupsOf(cluster).find((each) => each.name === group)?.versions
  const definitions = versions?.get(version)
  if (definitions === undefined) {
    if ([...(versions?.values() ?? [])].flat().some((each) => each.builtin)) throw unknownPath()
    return textReply(404, '404 page not found\n')
  }
  const list = definitions.flatMap((definition) => plainEntries(definition, version))
  const groupVersion = group === '' ? version : `${group}/${version}`
  return jsonReply(200, JSON.stringify({ kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: list }))
}

function plainEntries(definition: Definition, version: string): JsonRecord[] {
  const { plural, singular, namespaced, kind, shortNames, categories, hash } = definition
  const main: JsonRecord = {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs: definition.verbs,
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
    ...(hash === '' ? {} : { storageVersionHash: hash }),
  }
  const below = subresourcesOf(definition, version).map((each) => {
    const foreign = each.group !== definition.group || each.version !== version
    return {
      name: `${plural}/${each.name}`,
      singularName: '',
      namespaced,
      ...(foreign ? { group: each.group, version: each.version } : {}),
      kind: each.kind,
      verbs: each.verbs,
    }
  })
  return [main, ...below]
}

function aggregated(cluster: Cluster, apiVersion: string, core: boolean): Reply {
  const items = groupsOf(cluster)
    .filter((each) => (each.name === '') === core)
    .map((group) => ({
      metadata: core ? {} : { name: group.name },
      versions: [...group.versions].map(([version, definitions]) => ({
        version,
        resources: definitions.map((each) => aggregatedEntry(each, version)),
        freshness: 'Current',
      })),
    }))
  const body = { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${apiVersion}`, metadata: {}, items }
  const type = `application/json;g=apidiscovery.k8s.io;v=${apiVersion};as=APIGroupDiscoveryList`
  return { status: 200, body: JSON.stringify(body), headers: { 'Content-Type': type, Vary: 'Accept' } }
}

function aggregatedEntry(definition: Definition, version: string): JsonRecord {
  const { group, kind, plural, singular, shortNames, categories } = definition
  // Built-in kinds are told without their group and version there, unless they are of another one than the resource.
  const own = definition.builtin ? { group: '', version: '' } : { group, version }
  const below = subresourcesOf(definition, version).map((each) => ({
    subresource: each.name,
    responseKind: {
      ...(each.group === group && each.version === version ? own : { group: each.group, version: each.version }),
      kind: each.kind,
    },
    verbs: each.verbs,
  }))
  return {
    resource: plural,
    responseKind: { ...own, kind },
    scope: definition.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs: definition.verbs,
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
    ...(below.length === 0 ? {} : { subresources: below }),
  }
}
