import { at, type Json, listAt, numberAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { deployments, endpointSlices, pods, services, virtualServices } from '@orbweaver/kube/resources'
import type { Caches } from '../actors/caches.ts'
import type { Istiod, Istiods } from '../actors/istiod/istiods.ts'

/** What a route needs of one cluster. */
export type RoutedCluster = { caches: Caches; istiods: Istiods }
export type RoutedFleet = ReadonlyMap<string, RoutedCluster>

export type ServicePort = { namespace: string; name: string; port: number }

/**
 * The istiod a Service leads to: of its own cluster by its selector, of another one by the LoadBalancer address in its
 * EndpointSlice or external name. This is the fleet's only network; no packet is sent.
 */
export function istiodBehind(fleet: RoutedFleet, cluster: string, target: ServicePort): Istiod | undefined {
  const member = fleet.get(cluster)
  const service = member?.caches.of(services).get(target.namespace, target.name)
  const port = portOf(service, target.port)
  if (member === undefined || service === undefined || port === undefined) return undefined
  const external = textAt(service, 'spec', 'externalName')
  if (external !== undefined) return behindAddress(fleet, external, target.port)
  if (hasSelector(service)) return localIstiod(member, service, port)
  for (const { address, number } of sliceEndpoints(member, target, textAt(port, 'name') ?? '')) {
    const found = behindAddress(fleet, address, number)
    if (found !== undefined) return found
  }
  return undefined
}

/** The istiod that runs in a Pod: that of the Deployment whose selector the Pod's labels fit. */
export function istiodIn(member: RoutedCluster, { namespace, name }: { namespace: string; name: string }) {
  const pod = member.caches.of(pods).get(namespace, name)
  if (pod === undefined || conditionOf(pod, 'Ready')?.status !== 'True') return undefined
  const labels = labelsOf(pod)
  for (const deployment of member.caches.of(deployments).list(namespace)) {
    const selector = Object.entries(stringsAt(deployment, 'spec', 'selector', 'matchLabels'))
    if (selector.length === 0 || !selector.every(([key, value]) => labels[key] === value)) continue
    const found = member.istiods.find(namespace, deployment.metadata.name)
    if (found !== undefined) return found
  }
  return undefined
}

function portOf(service: KubernetesObject | undefined, number: number): Json | undefined {
  return listAt(service, 'spec', 'ports').find((each) => numberAt(each, 'port') === number)
}

function hasSelector(service: KubernetesObject): boolean {
  return Object.keys(stringsAt(service, 'spec', 'selector')).length > 0
}

function sliceEndpoints(
  member: RoutedCluster,
  { namespace, name }: ServicePort,
  portName: string,
): { address: string; number: number }[] {
  const slices = member.caches.of(endpointSlices).list(namespace)
  return slices
    .filter((slice) => labelsOf(slice)['kubernetes.io/service-name'] === name)
    .flatMap((slice) => {
      const port = listAt(slice, 'ports').find((each) => (textAt(each, 'name') ?? '') === portName)
      const number = numberAt(port, 'port')
      const addresses = listAt(slice, 'endpoints').flatMap((each) => listAt(each, 'addresses'))
      if (number === undefined) return []
      return addresses.filter((each) => typeof each === 'string').map((address) => ({ address, number }))
    })
}

/** A LoadBalancer (or `externalIPs`) Service of any cluster that answers at this address and port. */
function behindAddress(fleet: RoutedFleet, address: string, number: number): Istiod | undefined {
  for (const member of fleet.values()) {
    for (const service of member.caches.of(services).list()) {
      const port = portOf(service, number)
      if (port === undefined || !publishedAt(service).includes(address)) continue
      const found = localIstiod(member, service, port) ?? throughGateway(member, service, number)
      if (found !== undefined) return found
    }
  }
  return undefined
}

function publishedAt(service: KubernetesObject): string[] {
  const ingress = listAt(service, 'status', 'loadBalancer', 'ingress')
  const given = ingress.flatMap((each) => [textAt(each, 'ip'), textAt(each, 'hostname')])
  return [...given, ...listAt(service, 'spec', 'externalIPs')].filter((each) => typeof each === 'string')
}

/** Only the port of the webhooks counts: by number, or by the name the charts give it. */
function localIstiod(member: RoutedCluster, service: KubernetesObject, port: Json): Istiod | undefined {
  const target = at(port, 'targetPort') ?? at(port, 'port')
  if (target !== 15017 && target !== 'https-webhooks') return undefined
  const { namespace = '' } = service.metadata
  const selector = Object.entries(stringsAt(service, 'spec', 'selector'))
  if (selector.length === 0) return undefined
  for (const deployment of member.caches.of(deployments).list(namespace)) {
    const labels = stringsAt(deployment, 'spec', 'template', 'metadata', 'labels')
    if (!selector.every(([key, value]) => labels[key] === value)) continue
    const found = member.istiods.find(namespace, deployment.metadata.name)
    if (found !== undefined) return found
  }
  return undefined
}

/** East-west gateway: a TLS route of a VirtualService names the istiod Service behind this port. */
function throughGateway(member: RoutedCluster, service: KubernetesObject, number: number): Istiod | undefined {
  const selector = Object.entries(stringsAt(service, 'spec', 'selector'))
  const serves = member.caches
    .of(pods)
    .list(service.metadata.namespace)
    .some((pod) => selector.length > 0 && selector.every(([key, value]) => labelsOf(pod)[key] === value))
  if (!serves) return undefined
  for (const rule of member.caches.of(virtualServices).list(service.metadata.namespace)) {
    const destination = destinationFor(rule, number)
    const [name, namespace] = (textAt(destination, 'host') ?? '').split('.')
    const place = namespace ?? rule.metadata.namespace ?? ''
    const behind = member.caches.of(services).get(place, name ?? '')
    const port = portOf(behind, numberAt(destination, 'port', 'number') ?? 0)
    const found = behind === undefined || port === undefined ? undefined : localIstiod(member, behind, port)
    if (found !== undefined) return found
  }
  return undefined
}

function destinationFor(rule: KubernetesObject, number: number): Json | undefined {
  const routes = listAt(rule, 'spec', 'tls')
  const route = routes.find((each) => listAt(each, 'match').some((match) => numberAt(match, 'port') === number))
  return at(route, 'route', 0, 'destination')
}
