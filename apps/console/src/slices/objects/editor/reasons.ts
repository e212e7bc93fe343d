import type { Message } from '@orbweaver/contracts/message'
import type { Plan } from '@orbweaver/contracts/plan'
import { isRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'

/** Why a check says no: the plan's own reasons, or those for which no plan could be made (`plan.invalid`). */
export function reasonsOf(result: { plan: Plan | undefined; error: unknown }): Message[] {
  const refused = isRecord(result.error) ? listAt(result.error, 'data', 'reasons') : []
  // What the API server refuses stands at its item, word by word.
  const own = (result.plan?.blocked ?? []).filter(({ code }) => code !== 'plan.refused')
  return [...own, ...refused.map(messageOf)]
}

function messageOf(value: unknown): Message {
  const params: Message['params'] = {}
  for (const [name, each] of Object.entries(recordAt(value, 'params'))) {
    if (typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean') params[name] = each
  }
  return { code: textAt(value, 'code') ?? '', params }
}
