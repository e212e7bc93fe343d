import { answerOf } from '../../envoy/answer.ts'
import { listenerOf } from '../../envoy/chains.ts'
import { configurations } from '../../envoy/configuration.ts'
import { plainly } from '../../envoy/plain.ts'
import { compared, type Programs, type Rehearsed, type Staged } from '../proxies/rehearsal.ts'
import type { AccessWorld } from './generate.ts'
import { callOf, proxyFor } from './reference.ts'

/** Whether a plain Envoy that runs the generated configuration answers the worlds' calls as the reader says. */
export async function rehearse({ proxies, envoy }: Programs, worlds: readonly AccessWorld[]): Promise<Rehearsed> {
  const configured = await configurations(proxies, worlds)
  const stages = worlds.flatMap((world, index) => stagesOf(world, configured[index]?.proxies ?? []))
  return compared(stages, await plainly(envoy, stages))
}

function stagesOf(world: AccessWorld, proxies: Parameters<typeof proxyFor>[0]): readonly Staged[] {
  return proxies.flatMap((proxy) => {
    const calls = world.calls.filter((each) => proxyFor([proxy], each) !== undefined).map((each) => callOf(world, each))
    if (calls.length === 0) return []
    const answers = calls.map((call) =>
      answerOf(proxy, listenerOf(proxy.listeners, 'inbound', call.connection.destination), call),
    )
    return [{ world: world.id, proxy, way: 'inbound' as const, calls, answers }]
  })
}
