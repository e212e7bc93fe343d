import { z } from 'zod'
import { isJson, type Json } from './json.ts'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'

const Port = z.int().min(1).max(65_535)

/** An object that says something, and where in it: a JSON pointer (RFC 6901), empty for the whole. */
export const Place = z.object({ ref: ObjectRef, pointer: z.string() })
export type Place = z.infer<typeof Place>

/**
 * Who asks: a workload of the mesh (a Pod, or what makes Pods), or somebody outside, whose request arrives at a gateway:
 * an Istio or a Kubernetes Gateway, or a workload that serves as one. A waypoint too is asked like a gateway.
 */
export const RouteSource = z.object({ kind: z.enum(['workload', 'gateway']), ref: ObjectRef })
export type RouteSource = z.infer<typeof RouteSource>

export const RouteProtocol = z.enum(['http', 'https', 'tls', 'tcp'])
export type RouteProtocol = z.infer<typeof RouteProtocol>

/**
 * What is asked of a route. `https` is HTTP inside TLS that the gateway ends; `tls` goes through by its server name
 * without being opened. Of `tcp` only host and port count.
 */
export const RouteRequest = z.object({
  from: RouteSource,
  /** As the client writes it: a Service's short name counts in the client's namespace. An address for `tcp`. */
  host: z.string().min(1).max(253),
  port: Port,
  protocol: RouteProtocol.default('http'),
  method: z.string().min(1).max(32).default('GET'),
  /** With its query. */
  path: z.string().max(8192).default('/'),
  /** Names in any case. */
  headers: z.record(z.string(), z.string()).default({}),
  /** Server name of TLS; the host where it is not given. */
  sni: z.string().max(253).optional(),
})
export type RouteRequest = z.infer<typeof RouteRequest>

export const RouteEndpoint = z.object({
  /** Of the mesh, where the workload runs; the config cluster for addresses that a ServiceEntry lists. */
  cluster: z.string(),
  namespace: z.string(),
  pod: z.string().optional(),
  /** WorkloadEntry that it comes from. */
  entry: z.string().optional(),
  /** Address and port as the client's proxy dials it. */
  address: z.string(),
  port: z.number(),
  /** `region/zone/subzone`. */
  locality: z.string().optional(),
  network: z.string().optional(),
  /** Entrances of its network that are dialled in its place from another: Service or Gateway, its address and port. */
  gateways: z.array(z.object({ ref: ObjectRef, address: z.string() })).optional(),
  ready: z.boolean(),
})
export type RouteEndpoint = z.infer<typeof RouteEndpoint>

export const RouteDestination = z.object({
  /** Share of 100, with decimals. */
  weight: z.number(),
  host: z.string(),
  port: z.number(),
  subset: z.string().optional(),
  /**
   * As Envoy names it: `outbound|9080|v1|reviews.shop.svc.cluster.local`, of a waypoint's own hosts
   * `inbound-vip|9080|http/v1|…`. ztunnel has no such names: host and port.
   */
  cluster: z.string(),
  /** The waypoint that a gateway leaves it to: endpoints are the waypoint's, and its rules decide what follows. */
  waypoint: ObjectRef.optional(),
  /** Where the client's own load balancing ends: none where they are unknown or somebody else's. */
  endpoints: z.array(RouteEndpoint),
  /** How addresses are found: listed by istiod, looked up in DNS, or the one that the client dialled. */
  resolution: z.enum(['listed', 'dns', 'original']),
  /** Why nothing arrives there, where that is so: no such host, port or subset, or no ready endpoint. */
  fails: Message.optional(),
})
export type RouteDestination = z.infer<typeof RouteDestination>

const Answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('routed'), destinations: z.array(RouteDestination) }),
  z.object({
    kind: z.literal('redirect'),
    status: z.number(),
    /** The URL that the client is sent to. */
    location: z.string(),
  }),
  z.object({ kind: z.literal('direct'), status: z.number(), body: z.string().optional() }),
  /** To where the client dialled, unknown to the mesh. */
  z.object({ kind: z.literal('passthrough'), cluster: z.string() }),
  /** Refused because the mesh does not know it; with a status where it is HTTP. */
  z.object({ kind: z.literal('blackhole'), status: z.number().optional() }),
  /** Nothing says where to: an HTTP status, or none where the connection is closed. */
  z.object({ kind: z.literal('no-route'), status: z.number().optional() }),
  /** What would have to be known is not. */
  z.object({ kind: z.literal('unknown'), reason: Message }),
])
/** What a request comes to once no fault stops it. */
export type RouteAnswer = z.infer<typeof Answer>

export const RouteOutcome = z.discriminatedUnion('kind', [
  ...Answer.options,
  z.object({
    kind: z.literal('fault'),
    abort: z
      .object({ percentage: z.number(), status: z.number().optional(), grpcStatus: z.string().optional() })
      .optional(),
    delay: z.object({ percentage: z.number(), duration: z.string() }).optional(),
    /** What becomes of those that are not aborted. */
    otherwise: Answer,
  }),
])
export type RouteOutcome = z.infer<typeof RouteOutcome>

const policyNames = [
  'timeout',
  'retries',
  'fault',
  'mirror',
  'rewrite',
  'headers',
  'cors',
  'connectionPool',
  'outlierDetection',
  'loadBalancer',
  'tls',
  'tunnel',
  'proxyProtocol',
] as const

/** One policy in effect. `value` in the words of the rule that sets it; `tls` always has `mode`. */
export const RoutePolicy = z.object({
  name: z.enum(policyNames),
  value: z.custom<Json>(isJson, 'not JSON'),
  /** Who sets it; null for what Istio or the mesh's configuration does by itself. */
  by: Place.nullable(),
  /** Of one destination only, by Envoy's name of it. */
  cluster: z.string().optional(),
})
export type RoutePolicy = z.infer<typeof RoutePolicy>

/** One step of the way, in order: what was looked at and what it said. */
export const TrailStep = Message.extend({ ref: ObjectRef.optional(), pointer: z.string().optional() })
export type TrailStep = z.infer<typeof TrailStep>

export const RouteExplanation = z.object({
  outcome: RouteOutcome,
  /** The rule that wins; null where it is Istio's own default. */
  decidedBy: Place.nullable(),
  policies: z.array(RoutePolicy),
  /** Sentences: packages/istio, `route.step.<code>`. */
  trail: z.array(TrailStep),
})
export type RouteExplanation = z.infer<typeof RouteExplanation>
