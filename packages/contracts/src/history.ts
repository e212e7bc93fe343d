import { z } from 'zod'
import { Truths } from './envelope.ts'
import { notFound, operation, writing } from './errors.ts'
import { Intent } from './intent.ts'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'
import { DnsName } from './names.ts'
import { PageQuery } from './page.ts'
import { Op, Plan, TouchedPath } from './plan.ts'

export const ItemState = z.enum(['waiting', 'running', 'done', 'failed', 'skipped', 'conflict'])
export type ItemState = z.infer<typeof ItemState>

export const ChangePhase = z.enum(['pending', 'running', 'paused', 'succeeded', 'failed', 'stopped'])
export type ChangePhase = z.infer<typeof ChangePhase>

export const ChangeItem = z.object({
  id: z.string(),
  ref: ObjectRef,
  op: Op,
  touched: z.array(TouchedPath),
  state: ItemState,
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  /** Why it failed or conflicts; the server's own words are in `message`. */
  code: z.string().optional(),
  message: z.string().optional(),
  warnings: z.array(z.string()),
  /** A restart's progress: Pods renewed of all. */
  progress: z.object({ done: z.number(), total: z.number() }).optional(),
  /** Deletes an object that was not kept (larger than 64 KiB, or a Secret): nothing can make it again. */
  gone: z.boolean().optional(),
})
export type ChangeItem = z.infer<typeof ChangeItem>

export const ChangeSummary = z.object({
  name: z.string(),
  title: Message,
  actor: z.string(),
  reason: z.string().optional(),
  createdAt: z.string(),
  finishedAt: z.string().optional(),
  phase: ChangePhase,
  word: z.string(),
  mesh: z.string().optional(),
  counts: z.object({ total: z.number(), done: z.number(), failed: z.number() }),
  undo: z.discriminatedUnion('possible', [
    z.object({ possible: z.literal(true) }),
    z.object({ possible: z.literal(false), why: Message }),
  ]),
})
export type ChangeSummary = z.infer<typeof ChangeSummary>

export const Change = ChangeSummary.extend({
  /** One page of the items that the viewer may see, in the order in which they are carried out. */
  items: z.array(ChangeItem),
  page: z.number(),
  size: z.number(),
  /** How many items the viewer may see, on all pages. */
  visible: z.number(),
  /** Items of clusters or namespaces the viewer may not see: counted, not shown. */
  hidden: z.number(),
  undoes: z.string().optional(),
  /** Why it is not carried out any further, where that is no item's fault. */
  problem: Message.optional(),
})
export type Change = z.infer<typeof Change>

const ChangeName = z.object({ name: DnsName })
const ItemName = ChangeName.extend({ item: z.string().min(1).max(63) })
const missing = { 'history.not_found': notFound }
const notNow = { 'history.not_now': { status: 409, data: z.object({ phase: z.string() }) } } as const

export const history = {
  plan: operation
    .route({ method: 'POST', path: '/plans', summary: 'What an intent would change', tags: ['history'] })
    .input(z.object({ intent: Intent }))
    .output(Plan)
    .errors({ 'plan.invalid': writing['plan.invalid'] }),
  execute: operation
    .route({ method: 'POST', path: '/changes', summary: 'Execute a plan that was shown', tags: ['history'] })
    .input(
      z.object({
        intent: Intent,
        fingerprint: z.string().max(128),
        acknowledged: z.array(z.string().max(2_000)).max(1_000).default([]),
        reason: z.string().max(500).optional(),
      }),
    )
    .output(Change)
    .errors(writing),
  list: operation
    .route({ method: 'GET', path: '/changes', summary: 'Changes, newest first', tags: ['history'] })
    .input(PageQuery.extend({ mesh: z.string().max(63).optional(), phase: ChangePhase.optional() }))
    .output(z.object({ items: z.array(ChangeSummary), total: z.number(), clusters: Truths })),
  get: operation
    .route({
      method: 'GET',
      path: '/changes/{name}',
      summary: 'One change with a page of its items',
      tags: ['history'],
    })
    .input(
      ChangeName.extend({
        /** Without one: the page of the first item that is not done. */
        page: PageQuery.shape.page.unwrap().optional(),
        size: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(Change)
    .errors(missing),
  retry: operation
    .route({
      method: 'POST',
      path: '/changes/{name}/items/{item}/retry',
      summary: 'Run a failed item again',
      tags: ['history'],
    })
    .input(ItemName)
    .output(Change)
    .errors({ ...missing, ...notNow }),
  skip: operation
    .route({
      method: 'POST',
      path: '/changes/{name}/items/{item}/skip',
      summary: 'Leave a failed item out',
      tags: ['history'],
    })
    .input(ItemName)
    .output(Change)
    .errors({ ...missing, ...notNow }),
  stop: operation
    .route({ method: 'POST', path: '/changes/{name}/stop', summary: 'Stop before the next write', tags: ['history'] })
    .input(ChangeName)
    .output(Change)
    .errors({ ...missing, ...notNow }),
  resume: operation
    .route({ method: 'POST', path: '/changes/{name}/resume', summary: 'Go on with a paused change', tags: ['history'] })
    .input(ChangeName)
    .output(Change)
    .errors({ ...missing, ...notNow }),
}
