import { type Answer, answerOf, type Call } from '../../envoy/answer.ts'
import { configurations } from '../../envoy/configuration.ts'
import { agrees, plainly, type Stage } from '../../envoy/plain.ts'
import type { Observed } from '../../envoy/plain-client.ts'
import type { RouteWorld } from './generate.ts'
import { callOf, proxyFor } from './reference.ts'

/** A call that a plain Envoy answers otherwise than the reader of its configuration. */
export type Otherwise = {
  readonly world: string
  readonly call: Call
  readonly answer: Answer
  readonly seen: Observed
}

type Programs = { readonly proxies: string; readonly envoy: string }
type Rehearsed = { readonly asked: number; readonly otherwise: readonly Otherwise[] }
type Staged = Stage & { readonly world: string; readonly answers: readonly Answer[] }

/** Whether a plain Envoy that runs the generated configuration answers the worlds' requests as the reader says. */
export async function rehearse({ proxies, envoy }: Programs, worlds: readonly RouteWorld[]): Promise<Rehearsed> {
  const configured = await configurations({ program: proxies }, worlds)
  const stages = worlds.flatMap((world, index) => stagesOf(world, configured[index]?.proxies ?? []))
  return compared(stages, await plainly(envoy, stages))
}

export function compared(stages: readonly Staged[], seen: readonly (readonly Observed[])[]): Rehearsed {
  const all = stages.flatMap(({ world, calls, answers }, stage) =>
    calls.flatMap((call, index) => {
      const [answer, observed] = [answers[index], seen[stage]?.[index]]
      return answer === undefined || observed === undefined ? [] : [{ world, call, answer, seen: observed }]
    }),
  )
  return { asked: all.length, otherwise: all.filter((each) => !agrees(each.answer, each.seen)) }
}

/** The calls of a world, one list for each listener that is dialled. */
function stagesOf(world: RouteWorld, proxies: Parameters<typeof proxyFor>[0]): readonly Staged[] {
  const stages = new Map<string, { stage: Staged; calls: Call[]; answers: Answer[] }>()
  for (const request of world.requests) {
    const proxy = proxyFor(proxies, request)
    if (proxy === undefined) continue
    const { call, listener } = callOf(world, proxy, request)
    if (proxy.type === 'router' && listener === undefined) continue // nobody listens there
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
