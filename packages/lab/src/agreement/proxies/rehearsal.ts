import type { Answer, Call } from '../../envoy/answer.ts'
import { agrees, type Stage } from '../../envoy/plain.ts'
import type { Observed } from '../../envoy/plain-client.ts'

/** A call that a plain Envoy answers otherwise than the reader of its configuration. */
type Otherwise = { readonly world: string; readonly call: Call; readonly answer: Answer; readonly seen: Observed }

export type Programs = { readonly proxies: string; readonly envoy: string }
export type Rehearsed = { readonly asked: number; readonly otherwise: readonly Otherwise[] }
export type Staged = Stage & { readonly world: string; readonly answers: readonly Answer[] }

export function compared(stages: readonly Staged[], seen: readonly (readonly Observed[])[]): Rehearsed {
  const all = stages.flatMap(({ world, calls, answers }, stage) =>
    calls.flatMap((call, index) => {
      const [answer, observed] = [answers[index], seen[stage]?.[index]]
      return answer === undefined || observed === undefined ? [] : [{ world, call, answer, seen: observed }]
    }),
  )
  return { asked: all.length, otherwise: all.filter((each) => !agrees(each.answer, each.seen)) }
}
