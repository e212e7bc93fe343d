import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Message } from './message.ts'
import { MissingRight } from './missing-right.ts'
import { Plan } from './plan.ts'

const params = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

/**
 * Every error the API can answer, its HTTP status and what it carries. `request` is the id to look for in the logs;
 * sentences are the reader's (text.en.ts, text.zh.ts), so the wire carries only codes and params.
 */
export const common = {
  'request.invalid': {
    status: 400,
    data: z.object({ issues: z.array(z.object({ path: z.string(), code: z.string() })) }),
  },
  'request.too_large': { status: 413, data: z.object({ limitBytes: z.number() }) },
  'request.rate_limited': { status: 429, data: z.object({ retryAfterSeconds: z.number() }) },
  'access.signed_out': { status: 401, data: z.object({ mode: z.string() }) },
  'access.csrf': { status: 403, data: params },
  'access.forbidden': {
    status: 403,
    /** Of a missing right what is known: an API server that refuses says less than a question that was asked before. */
    data: MissingRight.partial({ group: true }),
  },
  'access.read_only': { status: 403, data: params },
  'hub.unreachable': { status: 503, data: z.object({ reason: z.string() }) },
  'hub.unprepared': { status: 503, data: z.object({ missing: z.string() }) },
  /** What is named may be there: the records of clusters and meshes are still being read, just after a start. */
  'hub.unread': { status: 503, data: params },
  'server.draining': { status: 503, data: params },
  'server.failed': { status: 500, data: z.object({ request: z.string() }) },
} as const

export const notFound = { status: 404, data: z.object({ name: z.string() }) } as const
export const clusterFault = {
  status: 502,
  data: z.object({ cluster: z.string(), reason: z.string(), message: z.string() }),
} as const

/** Refusals of plans and changes, shared by all that write. */
export const writing = {
  'plan.invalid': { status: 422, data: z.object({ reasons: z.array(Message) }) },
  'plan.outdated': { status: 409, data: z.object({ plan: Plan, why: z.array(Message) }) },
  'plan.blocked': { status: 409, data: z.object({ reasons: z.array(Message) }) },
} as const

/** Where every operation of the contract begins: with the errors all of them share. */
export const operation = oc.errors(common)
