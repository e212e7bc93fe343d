import { z } from 'zod'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'

/**
 * What went wrong between istiod and those it serves: configuration that proxies refused, that could not be sent or made,
 * that was not taken in time; servers of Gateways that were left out; rules that validation and Pods that injection refused.
 */
export const troubleKeys = [
  'proxy-rejects',
  'send-errors',
  'internal-errors',
  'write-timeouts',
  'gateway-rejects',
  'validation-refusals',
  'injection-failures',
] as const
export type TroubleKey = (typeof troubleKeys)[number]

/** What rules say that cannot hold together, as istiod found when it last read all of them. */
export const conflictKeys = [
  'inbound-listener',
  'outbound-listener',
  'duplicate-clusters',
  'duplicate-domains',
  'duplicate-subsets',
] as const
export type ConflictKey = (typeof conflictKeys)[number]

/** Seconds from a change until the proxies had it: a bound, `over` where it is more than the largest that istiod counts by. */
const Quantile = z.object({ seconds: z.number(), over: z.boolean() })
export type Quantile = z.infer<typeof Quantile>

/** Since when things were counted; `start`: since istiod started, for want of an earlier reading. */
const Since = z.object({ at: z.string().optional(), start: z.boolean() })

export const IstiodNumbers = z.object({
  since: Since,
  /** Connected now, by the version of the proxy. */
  proxies: z.array(z.object({ version: z.string(), count: z.number() })),
  services: z.number().optional(),
  pushes: z.number(),
  /** Absent where nothing was pushed to a proxy. */
  convergence: z.object({ p50: Quantile, p99: Quantile }).optional(),
  /** Those that happened since istiod started, `total` times, and `count` of them in the time told. */
  troubles: z.array(z.object({ key: z.enum(troubleKeys), count: z.number(), total: z.number() })),
  /** Those above zero alone. */
  conflicts: z.array(z.object({ key: z.enum(conflictKeys), count: z.number() })),
})
export type IstiodNumbers = z.infer<typeof IstiodNumbers>

/** Used, and what its container asked for and may have at most: cores or bytes; what is not there is not known or not set. */
const Use = z.object({ used: z.number().optional(), request: z.number().optional(), limit: z.number().optional() })
export type Use = z.infer<typeof Use>

const IstiodReplica = z.object({
  ref: ObjectRef,
  revision: z.string(),
  /** Why it told nothing. */
  why: Message.optional(),
  numbers: IstiodNumbers.optional(),
  cpu: Use,
  memory: Use,
  goroutines: z.number().optional(),
})
export type IstiodReplica = z.infer<typeof IstiodReplica>

/** What the istiods of a mesh say of themselves: metrics of port 15014 (Istio pilot/pkg/xds/monitoring.go, 1.30). */
export const ControlPlaneNumbers = z.object({
  /** Why nobody was asked. */
  why: Message.optional(),
  asOf: z.string().optional(),
  /** Of all replicas that told; each serves its own proxies. */
  all: IstiodNumbers.optional(),
  replicas: z.array(IstiodReplica),
})
export type ControlPlaneNumbers = z.infer<typeof ControlPlaneNumbers>
