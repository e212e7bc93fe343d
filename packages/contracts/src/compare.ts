import { z } from 'zod'
import { RouteDestination, RouteExplanation, RoutePolicy } from './explain.ts'
import { AccessChange, AccessExplanation, InjectionExplanation } from './explain-access.ts'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'

/** How many requests or calls one question is about at most. */
export const mostCompared = 20

/** Share of 100 and, where nothing arrives there, why. */
const Share = z.object({ weight: z.number(), fails: Message.optional() })

/** A destination before and after; absent on the side where nothing is sent there. */
const ComparedDestination = RouteDestination.pick({ host: true, port: true, subset: true, cluster: true }).extend({
  before: Share.optional(),
  after: Share.optional(),
})
export type ComparedDestination = z.infer<typeof ComparedDestination>

const PolicyWord = RoutePolicy.pick({ value: true, by: true })

/** A policy that is another one, or is there on one side only. */
const ComparedPolicy = RoutePolicy.pick({ name: true, cluster: true }).extend({
  before: PolicyWord.optional(),
  after: PolicyWord.optional(),
})
export type ComparedPolicy = z.infer<typeof ComparedPolicy>

/** What a plan makes of one request. Whether parts differ was asked before names were hidden from the viewer. */
export const RouteComparison = z.object({
  before: RouteExplanation,
  after: RouteExplanation,
  differs: z.object({ outcome: z.boolean(), decidedBy: z.boolean() }),
  /** All of both sides. */
  destinations: z.array(ComparedDestination),
  /** Those that differ. */
  policies: z.array(ComparedPolicy),
})
export type RouteComparison = z.infer<typeof RouteComparison>

/** What a plan makes of one call. */
export const AccessComparison = z.object({
  before: AccessExplanation,
  after: AccessExplanation,
  differs: z.object({ verdict: z.boolean(), decidedBy: z.boolean() }),
})
export type AccessComparison = z.infer<typeof AccessComparison>

/** Pairs whose verdict changes. Of the callers the first are named; `callers` counts all that the viewer may see. */
export const ReachChange = AccessChange.extend({ callers: z.number() })
export type ReachChange = z.infer<typeof ReachChange>

/** What a plan makes of new Pods of one namespace or workload. */
export const InjectionBeside = z.object({
  before: InjectionExplanation,
  after: InjectionExplanation,
  differs: z.object({ outcome: z.boolean(), decidedBy: z.boolean() }),
})
export type InjectionBeside = z.infer<typeof InjectionBeside>

const Injected = InjectionExplanation.pick({ outcome: true, by: true, decidedBy: true })

/** What new Pods of a namespace or workload get before and after. */
export const InjectionComparison = z.object({ ref: ObjectRef, before: Injected, after: Injected })
export type InjectionComparison = z.infer<typeof InjectionComparison>
