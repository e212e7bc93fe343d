import { z } from 'zod'
import { Certificate, IstiodCertificates, ProxyCertificate } from './certificates.ts'
import { AccessComparison, mostCompared, ReachChange } from './compare.ts'
import { Truths } from './envelope.ts'
import { clusterFault, notFound, operation, writing } from './errors.ts'
import { AccessCall, AccessCell, AccessExplanation } from './explain-access.ts'
import { Intent } from './intent.ts'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'
import { ClusterName, DnsLabel, DnsName, MeshName } from './names.ts'
import { PageQuery } from './page.ts'
import { Keeper } from './plan.ts'

/** `missing`: a rule names it and no such Secret is there. Thresholds: packages/istio/src/certificates/trust.ts. */
export const TlsState = z.enum(['missing', 'expired', 'unreadable', 'not-yet', 'expiring', 'valid'])
export type TlsState = z.infer<typeof TlsState>

/** One rule that names it, as far as the viewer may know the rule. */
export const TlsUse = z.object({
  by: ObjectRef,
  /** In the rule. */
  pointer: z.string(),
  side: z.enum(['server', 'client']),
  /** Cluster of the proxies that want it. */
  cluster: z.string(),
  fault: z.enum(['missing', 'incomplete', 'not-granted']).optional(),
})
export type TlsUse = z.infer<typeof TlsUse>

const Facts = Certificate.omit({ pem: true })

export const TlsSecret = z.object({
  ref: ObjectRef,
  /** Absent where it is missing. */
  uid: z.string().optional(),
  createdAt: z.string().optional(),
  labels: z.record(z.string(), z.string()),
  /** Whether it has a certificate with key, and whether a CA. */
  holds: z.object({ pair: z.boolean(), ca: z.boolean() }),
  state: TlsState,
  /** When the first of its certificates is over (ISO 8601). */
  endsAt: z.string().optional(),
  certificate: Facts.optional(),
  usedBy: z.array(TlsUse),
  /** Whether rules use it that the viewer may not see. */
  usedHidden: z.boolean(),
  managedBy: Keeper.optional(),
})
export type TlsSecret = z.infer<typeof TlsSecret>

/** A cluster of which not all Secrets are told, and the right that is missing. */
export const Withheld = z.object({ cluster: z.string(), why: Message })
export type Withheld = z.infer<typeof Withheld>

export const TlsFilter = z.enum(['missing', 'expired', 'expiring', 'unreadable', 'unused'])
export type TlsFilter = z.infer<typeof TlsFilter>

const unknown = { 'meshes.not_found': notFound, 'objects.not_found': notFound, 'objects.unreadable': clusterFault }

const unplanned = { 'meshes.not_found': notFound, 'plan.invalid': writing['plan.invalid'] }

export const security = {
  explain: operation
    .route({
      method: 'POST',
      path: '/meshes/{mesh}/security/explain',
      summary: 'Whether a call is let in, by whose word, and why',
      tags: ['security'],
    })
    .input(z.object({ mesh: MeshName, call: AccessCall }))
    .output(z.object({ explanation: AccessExplanation, clusters: Truths }))
    .errors(unknown),
  reach: operation
    .route({
      method: 'POST',
      path: '/meshes/{mesh}/security/reach',
      summary: 'Who may call a workload, or what it may call',
      tags: ['security'],
    })
    .input(z.object({ mesh: MeshName, ref: ObjectRef, direction: z.enum(['callers', 'callees']) }))
    .output(z.object({ cells: z.array(AccessCell), clusters: Truths }))
    .errors(unknown),
  /** Nothing is written, and no dry run asked for. */
  compare: operation
    .route({
      method: 'POST',
      path: '/meshes/{mesh}/security/compare',
      summary: 'What a plan makes of calls',
      tags: ['security'],
    })
    .input(z.object({ mesh: MeshName, intent: Intent, calls: z.array(AccessCall).min(1).max(mostCompared) }))
    .output(
      z.object({
        /** In the order of the calls; null where an end is not there for the viewer. */
        answers: z.array(AccessComparison.nullable()),
        clusters: Truths,
      }),
    )
    .errors(unplanned),
  /** Asked only of the namespaces that the plan can touch. */
  compareReach: operation
    .route({
      method: 'POST',
      path: '/meshes/{mesh}/security/compare-reach',
      summary: 'Who could call which workload and can no longer with a plan, and the reverse',
      tags: ['security'],
    })
    .input(z.object({ mesh: MeshName, intent: Intent }))
    .output(
      z.object({
        /** Those that lose first; 100 at most. */
        changes: z.array(ReachChange),
        /** Of all that the viewer may see. */
        total: z.number(),
        /** Whether there were too many pairs to ask about: nothing is told of them then. */
        tooMany: z.boolean(),
        clusters: Truths,
      }),
    )
    .errors(unplanned),
  /** As far as the viewer may list Secrets; problems first. No private key is ever told, by no operation. */
  secrets: operation
    .route({ method: 'GET', path: '/meshes/{mesh}/tls-secrets', summary: 'TLS Secrets of a mesh', tags: ['security'] })
    .input(
      PageQuery.extend({
        mesh: MeshName,
        cluster: ClusterName.optional(),
        namespace: DnsLabel.optional(),
        show: TlsFilter.optional(),
      }),
    )
    .output(
      z.object({
        items: z.array(TlsSecret),
        total: z.number(),
        /** Of all, whatever is shown. */
        counts: z.record(TlsFilter, z.number()),
        namespaces: z.array(z.string()),
        withheld: z.array(Withheld),
        clusters: Truths,
      }),
    )
    .errors({ 'meshes.not_found': notFound }),
  /** Read from the cluster now, as the viewer. */
  secret: operation
    .route({
      method: 'GET',
      path: '/meshes/{mesh}/tls-secrets/{cluster}/{namespace}/{name}',
      summary: 'One TLS Secret: its certificates, whether its key fits, who uses it',
      tags: ['security'],
    })
    .input(z.object({ mesh: MeshName, cluster: ClusterName, namespace: DnsLabel, name: DnsName }))
    .output(
      z.object({
        secret: TlsSecret,
        /** The certificate itself, then its chain. */
        certificates: z.array(Certificate),
        ca: z.array(Certificate),
        key: z.enum(['fits', 'mismatch', 'unreadable', 'absent']),
        /** What clients may stumble over. */
        notes: z.array(Message),
        /** What an access review says the viewer may do with it. */
        permitted: z.object({ update: z.boolean(), delete: z.boolean() }),
        clusters: Truths,
      }),
    )
    .errors({
      'meshes.not_found': notFound,
      'security.secret_not_found': notFound,
      'security.secret_unreadable': clusterFault,
    }),
  /** Asked by a handshake now, as the viewer: needs `pods/portforward` in the namespace of istiod. Takes some seconds at most. */
  istiodCertificates: operation
    .route({
      method: 'GET',
      path: '/meshes/{mesh}/istiod-certificates',
      summary: 'What each istiod of a mesh shows to those who connect to it',
      tags: ['security'],
    })
    .input(z.object({ mesh: MeshName }))
    .output(IstiodCertificates.extend({ clusters: Truths }))
    .errors({ 'meshes.not_found': notFound }),
  /**
   * Of 40 proxies at most, gateways or others, asked now as the viewer: needs `pods/portforward` in their namespaces. Takes
   * some seconds.
   */
  proxyCertificates: operation
    .route({
      method: 'GET',
      path: '/meshes/{mesh}/proxy-certificates',
      summary: 'Which certificates proxies of a mesh hold, and which roots they trust',
      tags: ['security'],
    })
    .input(
      z.object({
        mesh: MeshName,
        of: z.enum(['gateways', 'workloads']).default('gateways'),
        cluster: ClusterName.optional(),
        namespace: DnsLabel.optional(),
        workload: DnsName.optional(),
      }),
    )
    .output(
      z.object({
        items: z.array(ProxyCertificate),
        /** Of all that the viewer may list. */
        total: z.number(),
        clusters: Truths,
      }),
    )
    .errors({ 'meshes.not_found': notFound }),
}
