import { z } from 'zod'
import { Truths } from './envelope.ts'
import { ClusterName, DnsLabel, MeshName } from './names.ts'
import { PageQuery } from './page.ts'
import { Finding, Severity } from './plan.ts'

/** Why a finding is not shown unasked: the annotation that says so, its reason, and its last day (ISO 8601, UTC). */
export const Mute = z.object({ by: z.string(), reason: z.string(), until: z.string().optional() })
export type Mute = z.infer<typeof Mute>

/** A finding as it stands: with what Istio does with such an object, where Istio explains it, and whether it is muted. */
export const KnownFinding = Finding.extend({
  istio: z.enum(['rejects', 'ignores', 'accepts']),
  docs: z.string().optional(),
  mute: Mute.optional(),
})
export type KnownFinding = z.infer<typeof KnownFinding>

/** One kind of finding: its usual severity, and whom it is about. */
export const FindingCode = z.object({
  code: z.string(),
  severity: Severity,
  istio: z.enum(['rejects', 'ignores', 'accepts']),
  aliases: z.array(z.string()),
  docs: z.string().optional(),
  kinds: z.array(z.string()),
  /** Slugs of ways out. */
  fixes: z.array(z.string()),
})
export type FindingCode = z.infer<typeof FindingCode>

/** How much is found about one row of a list, muted findings left out. */
export const Found = z.object({ count: z.number(), worst: Severity.optional() })
export type Found = z.infer<typeof Found>

export const FindingsQuery = PageQuery.extend({
  mesh: MeshName,
  severities: z.array(Severity).max(4).optional(),
  /** Slugs, or codes of istioctl analyze and of Kiali. */
  codes: z.array(z.string().max(128)).max(50).optional(),
  kinds: z.array(z.string().max(63)).max(50).optional(),
  cluster: ClusterName.optional(),
  namespace: DnsLabel.optional(),
  /** Of the object. */
  name: z.string().max(253).optional(),
  muted: z.enum(['without', 'only', 'with']).default('without'),
})
export type FindingsQuery = z.infer<typeof FindingsQuery>

/** Counts obey all filters but the one that they are choices of. */
export const FindingsPage = z.object({
  items: z.array(KnownFinding),
  total: z.number(),
  counts: z.object({
    severities: z.record(Severity, z.number()),
    codes: z.array(z.object({ code: z.string(), severity: Severity, count: z.number() })),
    kinds: z.array(z.object({ kind: z.string(), count: z.number() })),
    namespaces: z.array(z.object({ namespace: z.string(), count: z.number() })),
    muted: z.number(),
  }),
  /** Whether the viewer may list every kind of rule in all of the mesh: where not, there may be more than is told. */
  everything: z.boolean(),
  clusters: Truths,
})
export type FindingsPage = z.infer<typeof FindingsPage>
