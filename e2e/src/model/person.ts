import { findingKey, Plan } from '@orbweaver/contracts/plan'
import { at, isRecord, listAt, textAt } from '@orbweaver/contracts/json'
import type { Answer } from '../harness/person.ts'
import { createPatience } from './patience.ts'
import type { Shown } from './rules/shown.ts'
import type { Universe } from './universe.ts'
import { Violation } from './violation.ts'

/** What became of an intent: the name of its Change, or why there is none. */
export type Outcome = { change: string } | { refused: string[] }

/** Somebody who uses the console as people do: reads a plan, confirms it, and never sees an answer that says nothing. */
export type Operator = {
  get(path: string): Promise<unknown>
  post(path: string, body: object): Promise<Answer>
  plan(intent: object): Promise<Plan | { refused: string[] }>
  carryOut(intent: object): Promise<Outcome>
}

export function createOperator(universe: Universe, shown: Shown): Operator {
  const ask = async (method: string, path: string, body?: object): Promise<Answer> => {
    const answer = checked(`${method} ${path}`, await (await universe.ada()).send(method, path, body))
    // A session that was not stored before the console died is over: the person signs in again.
    if (answer.status !== 401) return answer
    await universe.signOut()
    return checked(`${method} ${path}`, await (await universe.ada()).send(method, path, body))
  }
  const plan: Operator['plan'] = async (intent) => {
    const answer = await ask('POST', '/plans', { intent })
    const parsed = Plan.safeParse(answer.body)
    if (answer.status !== 200 || !parsed.success) return { refused: reasonsIn('a plan', answer) }
    if (parsed.data.blocked.length === 0) return parsed.data
    return { refused: parsed.data.blocked.map(({ code }) => code) }
  }
  return {
    get: async (path) => (await ask('GET', path)).body,
    post: (path, body) => ask('POST', path, body),
    plan,
    async carryOut(intent) {
      const planned = await plan(intent)
      if ('refused' in planned) return planned
      shown.add(planned)
      const acknowledged = planned.findings.introduced.map(findingKey)
      const answer = await ask('POST', '/changes', { intent, fingerprint: planned.fingerprint, acknowledged })
      const change = textAt(answer.body, 'name')
      return answer.status === 200 && change !== undefined ? { change } : { refused: reasonsIn('a change', answer) }
    },
  }
}

/** An answer for which nobody has words is a dead end. */
function checked(what: string, answer: Answer): Answer {
  const { status, body } = answer
  const code = textAt(body, 'code')
  if (status === 500 || (status >= 400 && code === undefined))
    throw new Violation('dead end', `${what}: ${status} ${JSON.stringify(body ?? null).slice(0, 1_000)}`)
  return answer
}

function reasonsIn(what: string, { status, body }: Answer): string[] {
  const data = isRecord(body) ? at(body, 'data') : undefined
  if (textAt(body, 'code') === 'request.invalid')
    throw new Error(`the model asks for ${what} as nobody can: ${JSON.stringify(body)}`)
  const reasons = [...listAt(data, 'reasons'), ...listAt(data, 'why')].map((each) => textAt(each, 'code') ?? '')
  const code = textAt(body, 'code') ?? ''
  if (code === '' || reasons.includes(''))
    throw new Violation('dead end', `${what} was refused without a reason: ${status} ${JSON.stringify(body)}`)
  return reasons.length > 0 ? reasons : [code]
}

/** Waits until a console that was just started has met its clusters, or has said of each what is in the way. */
export async function settleIn(operator: Operator, patienceMs: number): Promise<void> {
  const patience = createPatience(30)
  while (patience.waited() < patienceMs) {
    const truths = listAt(await operator.get('/clusters'), 'clusters')
    if (truths.length > 0 && truths.every((each) => textAt(each, 'state') !== 'syncing')) return
    await patience.pause()
  }
}

/** Nothing is wrong with any cluster any more, and the console says so. */
export async function allFresh(operator: Operator): Promise<void> {
  const patience = createPatience(30)
  for (;;) {
    const truths = listAt(await operator.get('/clusters'), 'clusters')
    if (truths.length > 0 && truths.every((each) => textAt(each, 'state') === 'fresh')) return
    if (patience.waited() > 60_000) throw new Violation('does not converge', `clusters: ${JSON.stringify(truths)}`)
    await patience.pause()
  }
}
