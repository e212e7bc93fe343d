import type { AccessCall } from '@orbweaver/contracts/explain-access'
import { isRecord, listAt, numberAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { hasLabels } from '@orbweaver/istio/world/labels'
import { answerOf, type Call } from '../../envoy/answer.ts'
import { listenerOfPort } from '../../envoy/chains.ts'
import type { ProxyConfiguration, ProxyWorld } from '../../envoy/configuration.ts'
import { LabError } from '../../lab-error.ts'
import { targetPort } from '../routes/dialled.ts'
import { both, isPass } from './both.ts'
import { type Known, opened } from './dialled.ts'
import { callerOf, opening, proxyOf, requestOf, type Said, saidOf, tlsOf } from './reference.ts'
import { sentBy } from './sent.ts'

/** What becomes of a call that comes by a gateway: what its listener says, then what the destination's says of it; undefined where it has no way there. */
export function byGateway(known: Known, call: AccessCall): Said | undefined {
  const { proxy, pod } = gatewayOf(known, call)
  const arriving = callAt(known.world, proxy, call)
  const answer = answerOf(proxy, listenerOfPort(proxy.listeners, arriving.connection.destination.port), arriving)
  const first = saidOf(opening(answer), call)
  if (!isPass(first)) return first
  const onward = { client: proxy, ref: refOf('default', pod), sent: sentBy(answer, arriving) }
  const all = endsOf(known.world, call).map((each) => opened(known, each, onward))
  const [second] = all
  if (second === undefined) return undefined
  return all.some((each) => each?.verdict !== second.verdict) ? { verdict: 'depends', by: [] } : both(first, second)
}

/** The same call of each Pod behind a Service, at the port that its own leads to. */
function endsOf(world: ProxyWorld, call: AccessCall): readonly AccessCall[] {
  const { ref, port } = call.to
  if (ref.kind !== 'Service') return [call]
  const isIn = ({ metadata }: KubernetesObject) => metadata.namespace === ref.namespace
  const service = world.objects.find((each) => each.kind === 'Service' && isIn(each) && each.metadata.name === ref.name)
  const target = listAt(service, 'spec', 'ports').find((each) => numberAt(each, 'port') === port)
  return world.objects
    .filter((each) => each.kind === 'Pod' && isIn(each) && hasLabels(each, stringsAt(service, 'spec', 'selector')))
    .map((each) => ({ ...call, to: { ref: refOf('default', each), port: numberAt(target, 'targetPort') ?? port } }))
}

/** The Pod that serves the Gateway that the call is through. */
export function gatewayPodOf({ objects }: ProxyWorld, { through }: AccessCall): KubernetesObject | undefined {
  const gateway = objects.find(
    ({ apiVersion, kind, metadata }) =>
      kind === 'Gateway' &&
      apiVersion.startsWith(`${through?.ref.group ?? ''}/`) &&
      metadata.name === through?.ref.name &&
      metadata.namespace === through.ref.namespace,
  )
  const selector = stringsAt(gateway, 'spec', 'selector')
  const own = { 'gateway.networking.k8s.io/gateway-name': through?.ref.name ?? '' }
  const wanted = Object.keys(selector).length > 0 ? selector : own
  return objects.find((each) => each.kind === 'Pod' && hasLabels(each, wanted))
}

function gatewayOf({ world, configured }: Known, call: AccessCall) {
  const pod = gatewayPodOf(world, call)
  const proxy = pod === undefined ? undefined : proxyOf(configured.proxies, refOf('default', pod))
  if (pod === undefined || proxy === undefined) throw new LabError(`world ${world.id}`, ['no such gateway'])
  return { pod, proxy }
}

/** The call as it comes to a gateway. */
export function callAt(world: ProxyWorld, gateway: ProxyConfiguration, call: AccessCall): Call {
  const { from, through, protocol, claims } = call
  const { source, principal } = callerOf(world, from)
  const tls = clientTls(call, principal)
  return {
    connection: {
      destination: {
        address: textAt(gatewayPodOf(world, call), 'status', 'podIP') ?? '',
        port: targetPort(world, gateway, through?.port ?? 0),
      },
      source,
      speaks: protocol === 'http' && tls === undefined ? 'http' : 'other',
      ...(tls !== undefined && { tls }),
    },
    ...(protocol === 'http' && { request: requestOf(call) }),
    ...(isRecord(claims) && { claims }),
  }
}

/** Who shows a certificate, or asks for a server's name, begins TLS. */
function clientTls(call: AccessCall, principal: string): Call['connection']['tls'] {
  const { mtls, sni = '', protocol } = call
  if (mtls !== true && sni === '') return undefined
  const { principal: own = '', ...named } = tlsOf(call, principal)
  return { ...named, alpn: protocol === 'http' ? ['http/1.1'] : [], ...(mtls === true && { principal: own }) }
}
