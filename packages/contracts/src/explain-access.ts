import { z } from 'zod'
import { Place, TrailStep } from './explain.ts'
import { isJson, type Json } from './json.ts'
import { ObjectRef } from './kubernetes.ts'
import { Params } from './message.ts'
import { Fix } from './plan.ts'

const text = z.string().max(4096)

/** Who calls: something that runs in the mesh, or an identity and an address as somebody names them. */
export const AccessSource = z.discriminatedUnion('kind', [
  /** A Pod, or a workload that makes Pods. */
  z.object({ kind: z.literal('workload'), ref: ObjectRef }),
  z.object({
    kind: z.literal('identity'),
    /** `cluster.local/ns/shop/sa/web`, without `spiffe://`; absent with a namespace: some account of that namespace. */
    principal: text.optional(),
    namespace: z.string().max(63).optional(),
    /** The address that the connection comes from. */
    ip: z.string().max(64).optional(),
  }),
])
export type AccessSource = z.infer<typeof AccessSource>

/** What a token says (RFC 7519): `iss`, `sub`, `aud`, `azp` and any other claim. */
export const Claims = z.record(z.string().max(253), z.custom<Json>(isJson))
export type Claims = z.infer<typeof Claims>

/**
 * One call of a workload. Of what is left out nothing is assumed: the answer then holds for every value, or is
 * `depends`.
 */
export const AccessCall = z.object({
  from: AccessSource,
  /** A Pod or a workload, with a port of its containers; a Service, with a port of its own; a Gateway, with a listener's. */
  to: z.object({ ref: ObjectRef, port: z.number().int().min(1).max(65535) }),
  /** A gateway that it arrives at, with a listener's port; that one then calls `to` by itself, with its own identity. */
  through: z.object({ ref: ObjectRef, port: z.number().int().min(1).max(65535) }).optional(),
  /** What is spoken on the connection: `tcp` is anything that is not HTTP. */
  protocol: z.enum(['http', 'tcp']),
  method: text.optional(),
  /** As it is on the request line, with its query. */
  path: text.optional(),
  host: text.optional(),
  /** All headers the request has, by name; without a value for `:method` and the like. */
  headers: z.record(text, text).optional(),
  /** What a token with a good signature says; null without a token. */
  claims: Claims.nullable().optional(),
  /** The server name that the client's TLS asks for. */
  sni: text.optional(),
  /** The client's address as X-Forwarded-For or PROXY tell it to a gateway; the connection's own where absent. */
  remoteIp: z.string().max(64).optional(),
  /** Whether the connection is mutual TLS of the mesh; `auto`: as the client's side does it. */
  mtls: z.union([z.boolean(), z.literal('auto')]),
})
export type AccessCall = z.infer<typeof AccessCall>

export const AccessVerdict = z.enum([
  'allowed',
  'denied',
  /** Denied, and allowed with some token that the mesh accepts. */
  'needs-token',
  /** The token is of an issuer or audience that the mesh does not take: refused (401) before any policy. */
  'invalid-token',
  /** Denied for want of an identity, and allowed with one. */
  'needs-mtls',
  /** PeerAuthentication takes mutual TLS only: the connection is closed. */
  'refused-plaintext',
  /** The server takes plain text only, and the client begins TLS. */
  'refused-tls',
  /** An authorization provider outside the mesh's configuration decides (action CUSTOM). */
  'asks-provider',
  /** Some values of what the call leaves out are allowed and some are not. */
  'depends',
  /** What decides it was not read. */
  'unknown',
])
export type AccessVerdict = z.infer<typeof AccessVerdict>

/** What enforces: the sidecar of the destination, ztunnel of its node, a waypoint before it, a gateway; or nothing. */
export const Enforcer = z.enum(['sidecar', 'ztunnel', 'waypoint', 'gateway', 'none'])
export type Enforcer = z.infer<typeof Enforcer>

/** One place on the way where the mesh decides. */
export const AccessHop = z.object({
  at: Enforcer,
  /** The workload whose proxy it is. */
  ref: ObjectRef.optional(),
  /** HTTP rules are looked at, or those of connections only. */
  layer: z.enum(['http', 'tcp']),
  /** Mode of PeerAuthentication in effect on the port; absent at gateways, which have TLS of their own. */
  peer: z.enum(['STRICT', 'PERMISSIVE', 'DISABLE']).optional(),
  mtls: z.boolean(),
  verdict: AccessVerdict,
  decidedBy: Place.nullable(),
  trail: z.array(TrailStep),
})
export type AccessHop = z.infer<typeof AccessHop>

export const AccessExplanation = z.object({
  verdict: AccessVerdict,
  /** Null where nothing decides: there is no policy, or none of the policies that allow matches. */
  decidedBy: Place.nullable(),
  /**
   * What a `depends` depends on: `path`, `method`, `host`, `headers`, `claims`, `ip`, `principal`, `sni`; `workload`,
   * `waypoint`: which of several the call comes to.
   */
  depends: z.array(z.string()),
  /** Why an `unknown`, and what else was not read. */
  unknown: z.array(TrailStep),
  /** The identity that the destination sees; null without mutual TLS. */
  principal: z.string().nullable(),
  hops: z.array(AccessHop),
  trail: z.array(TrailStep),
  /** What policies on trial (`istio.io/dry-run`) would do, were they in force with the others. */
  dryRun: z.array(Place.extend({ action: z.string(), matches: z.enum(['yes', 'no', 'depends']) })),
  /** Who is asked where the answer is `asks-provider`. */
  providers: z.array(z.string()),
  /** Rules of action AUDIT that match. */
  audits: z.array(Place),
})
export type AccessExplanation = z.infer<typeof AccessExplanation>

/** Workloads that policies cannot tell apart: of one identity, in or out of the mesh. */
export const AccessPeer = z.object({
  /** Null for those outside the mesh: they have no identity. */
  principal: z.string().nullable(),
  cluster: z.string(),
  namespace: z.string(),
  workloads: z.array(ObjectRef),
})
export type AccessPeer = z.infer<typeof AccessPeer>

/** Whether a peer may call a port of a workload, whatever it asks for there. */
export const AccessCell = z.object({
  from: AccessPeer,
  to: z.object({ ref: ObjectRef, port: z.number() }),
  verdict: AccessVerdict,
  decidedBy: Place.nullable(),
  depends: z.array(z.string()),
})
export type AccessCell = z.infer<typeof AccessCell>

/** A cell that a change makes another one; without `before` or `after` where the one or the other end is not there. */
export const AccessChange = z.object({ before: AccessCell.optional(), after: AccessCell.optional() })
export type AccessChange = z.infer<typeof AccessChange>

/** One webhook that could inject, and whether it is asked. */
export const InjectionHook = z.object({
  config: z.string(),
  webhook: z.string(),
  revision: z.string(),
  tag: z.string().optional(),
  matches: z.boolean(),
  /** The condition that fails, as `istio-injection In (enabled)`, and whose labels fail it. */
  fails: z.array(z.object({ of: z.enum(['namespace', 'pod']), condition: z.string(), value: z.string().optional() })),
})
export type InjectionHook = z.infer<typeof InjectionHook>

/** Whether a Pod of a namespace or workload, or a Pod made anew in the place of this one, gets a sidecar, and why. */
export const InjectionExplanation = z.object({
  ref: ObjectRef,
  /** `refused`: the API server makes no Pod, as a webhook says no or nobody answers it. */
  outcome: z.enum(['injected', 'not-injected', 'injected-twice', 'refused', 'unknown']),
  /** Who injects; null when nobody does. */
  by: z
    .object({ config: z.string(), webhook: z.string(), revision: z.string(), tag: z.string().optional() })
    .nullable(),
  /** What decides: the label, annotation or selector, where it is an object's. */
  decidedBy: Place.nullable(),
  hooks: z.array(InjectionHook),
  trail: z.array(TrailStep),
  /** What a Pod that is there has, against what it would get now. */
  state: z.object({ code: z.string(), params: Params, pendingRestart: z.boolean() }).optional(),
  /** Ways to the other outcome, or out of a fault. */
  changes: z.array(Fix),
})
export type InjectionExplanation = z.infer<typeof InjectionExplanation>
