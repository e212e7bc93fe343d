import { z } from 'zod'
import { Truths } from './envelope.ts'
import { notFound, operation } from './errors.ts'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'
import { MeshName } from './names.ts'

/** What the Prometheus of one cluster said. Each is asked by itself: one that is silent costs its own numbers alone. */
export const MetricsSource = z.object({
  cluster: z.string(),
  /**
   * `partial`: something of what it was asked for is missing: it says so itself (Thanos), or `why` does. `silent`: it was asked
   * and gave no answer; what is told of it is what it said at `asOf`, if that is no older than five minutes. `none`: nobody
   * said where its Prometheus is. `hidden`: there is nothing in the cluster of which the viewer may list Pods. Where the
   * cluster does not say what the viewer may, it is `silent`.
   */
  state: z.enum(['answered', 'partial', 'silent', 'none', 'hidden']),
  /** Why it is silent, none, or partial beyond its own words. */
  why: Message.optional(),
  /** Its own words. */
  warnings: z.array(z.string()),
  /** When it answered (ISO 8601). */
  asOf: z.string().optional(),
})
export type MetricsSource = z.infer<typeof MetricsSource>

/** Points in time that are `step` apart, the first at `start`. */
const Range = z.object({
  start: z.string(),
  end: z.string(),
  /** Seconds. */
  step: z.number(),
})
export type Range = z.infer<typeof Range>

/** What one cluster has of something at each point of a range; null where nothing was measured. */
const Line = z.object({ cluster: z.string(), points: z.array(z.number().nullable()) })
export type Line = z.infer<typeof Line>

/** A service by something that is counted of its requests. */
const Ranked = z.object({
  /** Host that was called, as Istio labels it: `destination_service`. */
  host: z.string(),
  namespace: z.string(),
  name: z.string(),
  /** Where it is, as far as the viewer sees it there. */
  refs: z.array(ObjectRef),
  /** Requests per second. */
  requests: z.number(),
  /** Share of requests that failed (HTTP 5xx, no answer, gRPC other than OK): 0 to 1. */
  errors: z.number(),
  /** Milliseconds, on average; absent where no duration was measured. */
  latency: z.number().optional(),
})
export type Ranked = z.infer<typeof Ranked>

/** Requests from one cluster to another, counted once: by the caller's proxy, or the callee's where that one is not heard. */
const Crossing = z.object({
  from: z.string(),
  to: z.string(),
  /** Per second. */
  requests: z.number(),
  /** Share that failed: 0 to 1. */
  errors: z.number(),
})
export type Crossing = z.infer<typeof Crossing>

/** Minutes back from now that can be looked at. */
export const metricsRanges = [15, 60, 360, 1_440, 10_080] as const

const answer = {
  sources: z.array(MetricsSource),
  /** There are namespaces the viewer may not list Pods in: what runs there is in none of the numbers. */
  hidden: z.boolean(),
  clusters: Truths,
}

export const metrics = {
  /** Of the namespaces whose Pods the viewer may list. Each Prometheus is asked a constant number of queries. */
  mesh: operation
    .route({
      method: 'GET',
      path: '/meshes/{name}/metrics',
      summary: 'Load of a mesh: sidecars, bytes, and the services that stand out',
      tags: ['metrics'],
    })
    .input(
      z.object({
        name: MeshName,
        minutes: z.coerce
          .number()
          .refine((each) => metricsRanges.some((range) => range === each))
          .default(60),
      }),
    )
    .output(
      z.object({
        ...answer,
        range: Range,
        /** Processors that proxies use. */
        cpu: z.array(Line),
        /** Bytes of memory that proxies hold. */
        memory: z.array(Line),
        /** Bytes per second that callers' proxies passed on, both ways: bodies of requests and answers, and TCP. */
        bytes: z.array(Line),
        /** At most five each, over the range: most requests per minute, most of its requests failed, slowest on average. */
        top: z.object({ requests: z.array(Ranked), errors: z.array(Ranked), latency: z.array(Ranked) }),
      }),
    )
    .errors({ 'meshes.not_found': notFound }),
  /** Over the last 5 minutes; of callers and services whose namespaces the viewer may both list Pods in. */
  crossings: operation
    .route({
      method: 'GET',
      path: '/meshes/{name}/metrics/crossings',
      summary: 'Requests between the clusters of a mesh',
      tags: ['metrics'],
    })
    .input(z.object({ name: MeshName }))
    .output(z.object({ ...answer, crossings: z.array(Crossing) }))
    .errors({ 'meshes.not_found': notFound }),
}
