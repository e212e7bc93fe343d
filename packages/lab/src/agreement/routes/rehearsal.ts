import { type Answer, answerOf, type Call } from '../../envoy/answer.ts'
import { isTwofold } from '../../envoy/chains.ts'
import { configurations } from '../../envoy/configuration.ts'
import { plainly, type Stage } from '../../envoy/plain.ts'
import { compared, type Programs, type Rehearsed, type Staged } from '../proxies/rehearsal.ts'
import type { RouteWorld } from './generate.ts'
import { callOf, proxyFor } from './reference.ts'

/** Whether a plain Envoy that runs the generated configuration answers the worlds' requests as the reader says. */
export async function rehearse({ proxies, envoy }: Programs, worlds: readonly RouteWorld[]): Promise<Rehearsed> {
  const configured = await configurations(proxies, worlds)
  const stages = worlds.flatMap((world, index) => stagesOf(world, configured[index]?.proxies ?? []))
  return compared(stages, await plainly(envoy, stages))
}

/** The calls of a world, one list for each listener that is dialled. */
function stagesOf(world: RouteWorld, proxies: Parameters<typeof proxyFor>[0]): readonly Staged[] {
  const stages = new Map<string, { stage: Staged; calls: Call[]; answers: Answer[] }>()
  for (const request of world.requests) {
    const proxy = proxyFor(proxies, request)
    // What comes out of a tunnel has no address that a plain Envoy could listen at, and ztunnel is none.
    if (proxy === undefined || proxy.type === 'waypoint') continue
    const { call, listener } = callOf(world, proxy, request)
    if (proxy.type === 'router' && listener === undefined) continue // nobody listens there
    if (isTwofold(listener)) continue
    const key = `${proxy.namespace}/${proxy.name} ${proxy.type === 'router' ? call.connection.destination.port : ''}`
    const [calls, answers]: [Call[], Answer[]] = [[], []]
    const fresh = { stage: { world: world.id, proxy, way: wayOf(proxy.type, call), calls, answers }, calls, answers }
    const found = stages.get(key) ?? fresh
    found.calls.push(call)
    found.answers.push(answerOf(proxy, listener, call))
    stages.set(key, found)
  }
  return [...stages.values()].map(({ stage }) => stage)
}

const wayOf = (type: string, call: Call): Stage['way'] =>
  type === 'router' ? { port: call.connection.destination.port } : 'outbound'
