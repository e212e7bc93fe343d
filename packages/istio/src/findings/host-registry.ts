import { listAt, numberAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { exportToOf } from '../world/hosts.ts'
import { kinds } from '../world/kinds.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import { defineIndex, type Index } from './index-of.ts'

export type HostPort = { number: number; name: string; protocol: string }

/** One object that makes a name known: a Service of one cluster, or a ServiceEntry. */
export type HostOwner = {
  cluster: string
  object: KubernetesObject
  kind: 'Service' | 'ServiceEntry'
  namespace: string
  exportTo: readonly string[]
  ports: readonly HostPort[]
}

/** One name traffic can be sent to, and from where it may be. */
export type Host = {
  name: string
  namespace: string
  owners: readonly HostOwner[]
  /** The Kubernetes Services behind it, one a cluster; none for a ServiceEntry's host. */
  services: readonly { cluster: string; service: KubernetesObject }[]
}

export type HostRegistry = {
  /** The host that a name means to someone in this namespace; undefined where istiod has none. */
  find(name: string, namespace: string): Host | undefined
}

/** Services by name and namespace, whatever the cluster domain. */
export const servicesByName: Index<HostOwner> = defineIndex({
  name: 'services by name',
  kinds: [kinds.service],
  where: 'every',
  entries: (object, cluster) => [
    [serviceKey(object.metadata.name, namespaceOf(object)), serviceOwner(object, cluster)],
  ],
})

/** Services by their bare name, whatever the namespace. */
export const servicesByBareName: Index<HostOwner> = defineIndex({
  name: 'services by bare name',
  kinds: [kinds.service],
  where: 'every',
  entries: (object, cluster) => [[object.metadata.name, serviceOwner(object, cluster)]],
})

/** ServiceEntries by each of their hosts. */
export const entriesByHost: Index<HostOwner> = defineIndex({
  name: 'service entries by host',
  kinds: [kinds.serviceEntry],
  entries: (object, cluster) => {
    const owner = entryOwner(object, cluster)
    return [...new Set(textsAt(object, 'spec', 'hosts'))].map((host): [string, HostOwner] => [host, owner])
  },
})

function serviceKey(name: string, namespace: string): string {
  return `${name}.${namespace}`
}

function serviceOwner(object: KubernetesObject, cluster: string): HostOwner {
  const text = annotationsOf(object)['networking.istio.io/exportTo'] ?? ''
  const exportTo = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  const ports = listAt(object, 'spec', 'ports').map((each) => ({
    number: numberAt(each, 'port') ?? 0,
    name: textAt(each, 'name') ?? '',
    protocol: textAt(each, 'protocol') ?? 'TCP',
  }))
  return { cluster, object, kind: 'Service', namespace: namespaceOf(object), exportTo, ports }
}

function entryOwner(object: KubernetesObject, cluster: string): HostOwner {
  const ports = listAt(object, 'spec', 'ports').map((each) => ({
    number: numberAt(each, 'number') ?? 0,
    name: textAt(each, 'name') ?? '',
    protocol: textAt(each, 'protocol') ?? '',
  }))
  return { cluster, object, kind: 'ServiceEntry', namespace: namespaceOf(object), exportTo: exportToOf(object), ports }
}
