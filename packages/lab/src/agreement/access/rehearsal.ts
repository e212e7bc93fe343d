import type { AccessCall } from '@orbweaver/contracts/explain-access'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { answerOf, type Call } from '../../envoy/answer.ts'
import { listenerOf, listenerOfPort } from '../../envoy/chains.ts'
import { configurations, type ProxyConfiguration } from '../../envoy/configuration.ts'
import { plainly } from '../../envoy/plain.ts'
import { compared, type Programs, type Rehearsed, type Staged } from '../proxies/rehearsal.ts'
import type { AccessWorld } from './generate.ts'
import { callOf, proxyFor, proxyOf } from './reference.ts'
import { callAt, gatewayPodOf } from './through.ts'

/** Whether a plain Envoy that runs the generated configuration answers the worlds' calls as the reader says. */
export async function rehearse({ proxies, envoy }: Programs, worlds: readonly AccessWorld[]): Promise<Rehearsed> {
  const configured = await configurations(proxies, worlds)
  const stages = worlds.flatMap((world, index) => stagesOf(world, configured[index]?.proxies ?? []))
  return compared(stages, await plainly(envoy, stages))
}

function stagesOf(world: AccessWorld, proxies: readonly ProxyConfiguration[]): readonly Staged[] {
  return proxies.flatMap((proxy) => [...inbound(world, proxy), ...atGateway(world, proxy)])
}

/** What comes to a workload as the call says, and not as a client would have it. */
function inbound(world: AccessWorld, proxy: ProxyConfiguration): readonly Staged[] {
  const isSaid = ({ through, mtls }: AccessCall) => through === undefined && mtls !== 'auto'
  const calls = world.calls
    .filter((each) => isSaid(each) && proxyFor([proxy], each) !== undefined)
    .map((each) => callOf(world, each))
  if (calls.length === 0) return []
  const answers = calls.map((call) =>
    answerOf(proxy, listenerOf(proxy.listeners, 'inbound', call.connection.destination), call),
  )
  return [{ world: world.id, proxy, way: 'inbound', calls, answers }]
}

/** What comes to the ports of a gateway. */
function atGateway(world: AccessWorld, proxy: ProxyConfiguration): readonly Staged[] {
  const isIts = (call: AccessCall) => {
    const pod = call.through === undefined ? undefined : gatewayPodOf(world, call)
    return pod !== undefined && proxyOf([proxy], refOf('default', pod)) !== undefined
  }
  const byPort = new Map<number, Call[]>()
  for (const call of world.calls.filter(isIts).map((each) => callAt(world, proxy, each))) {
    const { port } = call.connection.destination
    byPort.set(port, [...(byPort.get(port) ?? []), call])
  }
  return [...byPort].map(([port, calls]) => {
    const answers = calls.map((call) => answerOf(proxy, listenerOfPort(proxy.listeners, port), call))
    return { world: world.id, proxy, way: { port }, calls, answers }
  })
}
