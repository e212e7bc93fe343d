import type { AccessCall } from '@orbweaver/contracts/explain-access'
import { listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refKey } from '@orbweaver/contracts/kubernetes'
import { type Answer, answerOf } from '../../envoy/answer.ts'
import { listenerOf } from '../../envoy/chains.ts'
import type { ProxyConfiguration, ProxyWorld } from '../../envoy/configuration.ts'
import { LabError } from '../../lab-error.ts'
import { calledBy, entryOf } from './entries.ts'
import { callerOf, podOf, requestOf } from './reference.ts'

/** How a client's own proxy lets a call out; untold where it takes it for another protocol. */
type WayOut = 'known' | 'as-it-is' | 'stopped' | 'untold'

/**
 * By the listener that takes what is sent to the Service, and its routes: the cluster of the Service, or another way. What
 * is no HTTP at a port of HTTP may find the chains of others there, and a Pod's call of its own address no proxy at all.
 */
export function wayOut(world: ProxyWorld, client: ProxyConfiguration, { call, cluster }: Called): WayOut {
  const [, number = '', , host = ''] = cluster.split('|')
  const port = Number(number)
  const service = serviceOf(world, client, host)
  const isThere = client.clusters.some((each) => textAt(each, 'name') === cluster)
  const isHttp = call.protocol === 'http'
  if (isPast(call, service)) return 'untold'
  if (!isHttp && isOfHttp(service, port)) return isThere ? 'known' : 'untold'
  const destination = { address: addressOf(world, call, service), port }
  const { source } = callerOf(world, call.from)
  const answer = answerOf(client, listenerOf(client.listeners, 'outbound', destination), {
    connection: { destination, source, speaks: isHttp ? 'http' : 'other' },
    ...(isHttp && { request: { ...requestOf(call), authority: `${host}:${port}` } }),
  })
  return told(answer, cluster)
}

/** Of a Service without an address who calls dials a Pod: of one that is not said, or its own, nothing is told. */
function isPast({ from, to }: AccessCall, service: KubernetesObject | undefined): boolean {
  const isItself = from.kind === 'workload' && refKey(from.ref) === refKey(to.ref)
  return textAt(service, 'spec', 'clusterIP') === 'None' && (isItself || to.ref.kind === 'Service')
}

function isOfHttp(service: KubernetesObject | undefined, port: number): boolean {
  const declared = listAt(service, 'spec', 'ports').find((each) => numberAt(each, 'port') === port)
  return /^(?:http|grpc)/u.test(textAt(declared, 'name') ?? '')
}

type Called = { readonly call: AccessCall; readonly cluster: string }

function told(answer: Answer, cluster: string): WayOut {
  if (answer.kind === 'not-http') return 'untold'
  if (answer.kind === 'tcp') return named(answer.clusters, cluster)
  if (answer.kind === 'http' && answer.routed.kind === 'clusters') return named(answer.routed.clusters, cluster)
  return 'stopped'
}

function named(clusters: readonly { readonly name: string }[], cluster: string): WayOut {
  const [first] = clusters
  if (first?.name === cluster) return 'known'
  if (first?.name === 'PassthroughCluster') return 'as-it-is'
  if (first?.name === 'BlackHoleCluster') return 'stopped'
  throw new LabError('way out', [`${first?.name ?? 'nowhere'}, not ${cluster}`])
}

/** What its name is resolved to: the address of a Service or of a ServiceEntry, or else the Pod's. */
function addressOf(world: ProxyWorld, { to }: AccessCall, host: KubernetesObject | undefined): string {
  if (host?.kind === 'ServiceEntry') return calledBy(host).address
  const own = textAt(host, 'spec', 'clusterIP') ?? 'None'
  return own === 'None' ? (textAt(podOf(world, to.ref), 'status', 'podIP') ?? '') : own
}

/** As a cluster knows it, or another cluster where it does not. */
function serviceOf({ objects, remotes = {} }: ProxyWorld, { cluster }: ProxyConfiguration, host: string) {
  const own = cluster === 'default' ? objects : (remotes[cluster] ?? [])
  const [name = '', namespace] = host.split('.')
  const all = [...own, ...objects, ...Object.values(remotes).flat()]
  if (host.endsWith('.internal')) return entryOf(all, { name, namespace })
  return all.find(
    ({ kind, metadata }) => kind === 'Service' && metadata.name === name && metadata.namespace === namespace,
  )
}
