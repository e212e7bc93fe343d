import { type Json, listAt, numberAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { hasLabels } from '@orbweaver/istio/world/labels'
import type { ProxyWorld } from '../../envoy/configuration.ts'

/** Where names lead that only somebody outside knows. */
const elsewhere = '203.0.113.99'

const domain = 'cluster.local'

type Client = { readonly namespace: string; readonly name: string; readonly isAmbient?: boolean }

/**
 * The address that a client in a namespace dials: an address itself; of a Service, found by the search list of its Pod,
 * the ClusterIP or without one an endpoint's that is not its own; of a ServiceEntry the first address, or for clients that
 * ask ztunnel the one that istiod has given it; else some address outside.
 */
export function addressOf(world: ProxyWorld, { namespace, name, isAmbient = false }: Client, host: string): string {
  if (/^\d+\.\d+\.\d+\.\d+$/u.test(host)) return host
  const service = serviceOf(world, namespace, host)
  if (service !== undefined) {
    const own = textAt(service, 'spec', 'clusterIP') ?? ''
    return own !== '' && own !== 'None' ? own : (endpointOf(world, service, { namespace, name }) ?? elsewhere)
  }
  const entry = entryOf(world, namespace, host)
  const own = textsAt(entry, 'spec', 'addresses').find((each) => !each.includes('/'))
  const given = listAt(entry, 'status', 'addresses')[0]
  return own ?? (isAmbient ? textAt(given, 'value') : undefined) ?? elsewhere
}

/** Of the ServiceEntry of the host, or of the nearest wildcard over it; the client's own namespace first. */
function entryOf({ objects }: ProxyWorld, namespace: string, host: string): KubernetesObject | undefined {
  const labels = host.split('.')
  const names = [host, ...labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`)]
  const isOwn = ({ metadata }: KubernetesObject) => metadata.namespace === namespace
  const entries = objects.filter(
    (each) => each.kind === 'ServiceEntry' && (isOwn(each) || !textsAt(each, 'spec', 'exportTo').includes('.')),
  )
  for (const name of names) {
    const named = entries.filter((each) => textsAt(each, 'spec', 'hosts').includes(name))
    const entry = named.find(isOwn) ?? named[0]
    if (entry !== undefined) return entry
  }
  return undefined
}

function serviceOf(world: ProxyWorld, namespace: string, host: string): KubernetesObject | undefined {
  const names = [`${host}.${namespace}.svc.${domain}`, `${host}.svc.${domain}`, `${host}.${domain}`, host]
  return names
    .map((name) =>
      world.objects.find(
        ({ kind, metadata }) =>
          kind === 'Service' && `${metadata.name}.${metadata.namespace ?? ''}.svc.${domain}` === name,
      ),
    )
    .find((each) => each !== undefined)
}

function endpointOf({ objects }: ProxyWorld, { metadata }: KubernetesObject, client: Client): string | undefined {
  const isClient = (each: Json) =>
    textAt(each, 'targetRef', 'name') === client.name && metadata.namespace === client.namespace
  const slice = objects.find(
    ({ kind, metadata: own }) =>
      kind === 'EndpointSlice' &&
      own.namespace === metadata.namespace &&
      own.labels?.['kubernetes.io/service-name'] === metadata.name,
  )
  const others = listAt(slice, 'endpoints').filter((each) => !isClient(each))
  return textsAt(others[0], 'addresses')[0]
}

/** The port that a gateway's Pod listens on for a port of a Service before it. */
export function targetPort({ objects }: ProxyWorld, { namespace, name }: Client, port: number): number {
  const isIn = ({ metadata }: KubernetesObject) => metadata.namespace === namespace
  const pod = objects.find((each) => each.kind === 'Pod' && isIn(each) && each.metadata.name === name)
  const selects = (service: KubernetesObject) => {
    const selector = stringsAt(service, 'spec', 'selector')
    return pod !== undefined && Object.keys(selector).length > 0 && hasLabels(pod, selector)
  }
  const found = objects
    .filter((each) => each.kind === 'Service' && isIn(each) && selects(each))
    .flatMap((each) => listAt(each, 'spec', 'ports'))
    .find((each) => numberAt(each, 'port') === port)
  return numberAt(found, 'targetPort') ?? port
}
