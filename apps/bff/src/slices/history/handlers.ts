import type { ChangeSummary } from '@orbweaver/contracts/history'
import { pageOf, sorted } from '@orbweaver/contracts/page'
import type { SteerOrder } from '../../changes/changes.ts'
import type { Context } from '../../http/context.ts'
import { server } from '../../http/server.ts'

const { history } = server

export const historyHandlers = {
  plan: history.plan.handler(async ({ context, input, errors }) => {
    const outcome = await context.changes.plan(context.viewer, input.intent)
    if (outcome.ok) return outcome.plan
    throw errors['plan.invalid']({ data: { reasons: outcome.reasons } })
  }),
  execute: history.execute.handler(async ({ context, input, errors }) => {
    const { intent, fingerprint, acknowledged, reason } = input
    const outcome = await context.changes.execute(context.viewer, { intent, fingerprint, acknowledged, reason })
    if (outcome.ok) {
      context.notices.say({ word: 'history' })
      return outcome.change
    }
    if (outcome.why === 'forbidden') throw errors['access.forbidden']({ data: outcome.right })
    const { reasons } = outcome
    if (outcome.why === 'outdated') throw errors['plan.outdated']({ data: { plan: outcome.plan, why: reasons } })
    if (outcome.why === 'invalid') throw errors['plan.invalid']({ data: { reasons } })
    throw errors['plan.blocked']({ data: { reasons } })
  }),
  list: history.list.handler(async ({ context, input }) => {
    const { mesh, phase, search } = input
    const filter = {
      ...(mesh !== undefined && { mesh }),
      ...(phase !== undefined && { phase }),
      ...(search !== undefined && { search }),
    }
    const found = await context.changes.list(context.viewer, filter)
    const ordered =
      input.sort === undefined ? found : sorted(found, (row) => [column(row, input.sort), row.name], input.order)
    return { ...pageOf(ordered, input), clusters: context.viewer.truths([context.fleet.hub.name]) }
  }),
  get: history.get.handler(async ({ context, input, errors }) => {
    const { name, page, size } = input
    const change = await context.changes.get(context.viewer, name, { page, size })
    if (change === undefined) throw errors['history.not_found']({ data: { name } })
    return change
  }),
  retry: history.retry.handler(({ context, input, errors }) =>
    steered(context, { name: input.name, order: 'retry', item: input.item }, errors),
  ),
  skip: history.skip.handler(({ context, input, errors }) =>
    steered(context, { name: input.name, order: 'skip', item: input.item }, errors),
  ),
  stop: history.stop.handler(({ context, input, errors }) =>
    steered(context, { name: input.name, order: 'stop' }, errors),
  ),
  resume: history.resume.handler(({ context, input, errors }) =>
    steered(context, { name: input.name, order: 'resume' }, errors),
  ),
}

function column(row: ChangeSummary, sort: string | undefined): string | number {
  switch (sort) {
    case 'phase':
      return row.phase
    case 'mesh':
      return row.mesh ?? ''
    case 'actor':
      return row.actor
    default:
      return row.createdAt
  }
}

type SteerErrors = {
  'history.not_found': (with_: { data: { name: string } }) => Error
  'history.not_now': (with_: { data: { phase: string } }) => Error
}

async function steered(context: Context, order: SteerOrder, errors: SteerErrors) {
  const outcome = await context.changes.steer(context.viewer, order)
  if (outcome.ok) return outcome.change
  if (outcome.why === 'not_found') throw errors['history.not_found']({ data: { name: order.name } })
  throw errors['history.not_now']({ data: { phase: outcome.phase } })
}
