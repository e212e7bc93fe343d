import { z } from 'zod'
import { Truths } from './envelope.ts'
import { FindingCode, FindingsPage, FindingsQuery, KnownFinding } from './findings.ts'
import { RouteProtocol } from './explain.ts'
import { clusterFault, notFound, operation } from './errors.ts'
import { isRecord, type JsonRecord } from './json.ts'
import { KubernetesObject, ObjectRef } from './kubernetes.ts'
import { ClusterName, DnsLabel, MeshName } from './names.ts'
import { PageQuery } from './page.ts'
import { Keeper, Severity } from './plan.ts'

/** The rules a mesh is governed by. */
export const RuleKind = z.enum([
  'VirtualService',
  'DestinationRule',
  'Gateway',
  'ServiceEntry',
  'PeerAuthentication',
  'RequestAuthentication',
  'AuthorizationPolicy',
])
export type RuleKind = z.infer<typeof RuleKind>

/**
 * What a rule is about, as far as it says so and the viewer may know it: what a question about it (explain.ts,
 * explain-access.ts) begins with. No field says that a question of that kind has an answer.
 */
export const RuleSubject = z.object({
  /** Without wildcards, as the rule writes it. */
  host: z.string().optional(),
  port: z.number().optional(),
  protocol: RouteProtocol.optional(),
  /** The Istio Gateway that requests arrive at; none for rules that count inside the mesh. */
  gateway: ObjectRef.optional(),
  /** One of those whom a policy protects: a workload, Service or Kubernetes Gateway. */
  protects: ObjectRef.optional(),
})
export type RuleSubject = z.infer<typeof RuleSubject>

export const RuleRow = z.object({
  ref: ObjectRef,
  uid: z.string(),
  createdAt: z.string().optional(),
  /** Hosts, selector or target in one line, as the kind has it. */
  summary: z.string(),
  worst: Severity.optional(),
  /** Muted ones left out. */
  findings: z.number(),
  managedBy: Keeper.optional(),
  subject: RuleSubject,
})
export type RuleRow = z.infer<typeof RuleRow>

const missing = { 'meshes.not_found': notFound, 'objects.not_found': notFound }

export const objects = {
  list: operation
    .route({ method: 'GET', path: '/meshes/{mesh}/objects', summary: 'Istio rules of a mesh', tags: ['objects'] })
    .input(
      PageQuery.extend({
        mesh: MeshName,
        kinds: z.array(RuleKind).max(7).optional(),
        cluster: z.string().max(63).optional(),
        namespace: DnsLabel.optional(),
      }),
    )
    .output(z.object({ items: z.array(RuleRow), total: z.number(), clusters: Truths }))
    .errors({ 'meshes.not_found': notFound }),
  get: operation
    .route({ method: 'POST', path: '/objects/read', summary: 'One object, with its findings', tags: ['objects'] })
    .input(z.object({ mesh: MeshName, ref: ObjectRef }))
    .output(
      z.object({
        object: KubernetesObject,
        /** Muted ones too. */
        findings: z.array(KnownFinding),
        /** What an access review says the viewer may do with it. The dry run of a plan has the last word. */
        permitted: z.object({ update: z.boolean(), delete: z.boolean() }),
        /** Whether it is a rule: other objects are looked at here, with what is wrong with them. */
        rule: z.boolean(),
        /** Who else keeps it, and would write it back. */
        managedBy: Keeper.optional(),
        clusters: Truths,
      }),
    )
    .errors({ ...missing, 'objects.unreadable': clusterFault }),
  findings: operation
    .route({ method: 'GET', path: '/meshes/{mesh}/findings', summary: 'What is wrong in a mesh', tags: ['objects'] })
    .input(FindingsQuery)
    .output(FindingsPage)
    .errors({ 'meshes.not_found': notFound }),
  /** Everything that can be found; the same for everybody. */
  findingCodes: operation
    .route({ method: 'GET', path: '/finding-codes', summary: 'What the console finds', tags: ['objects'] })
    .output(z.object({ items: z.array(FindingCode) })),
  /** The schema the connected cluster serves for a kind: what the editor completes and hovers from. */
  schema: operation
    .route({
      method: 'GET',
      path: '/clusters/{cluster}/schema',
      summary: "A kind's schema from its CRD",
      tags: ['objects'],
    })
    .input(z.object({ cluster: ClusterName, group: z.string().max(253), kind: z.string().max(63) }))
    .output(z.object({ version: z.string(), schema: z.custom<JsonRecord>(isRecord) }))
    .errors({ 'objects.no_schema': notFound, 'objects.unreadable': clusterFault }),
  /** Where a rule of this mesh may be written: its config cluster's namespaces. */
  places: operation
    .route({
      method: 'GET',
      path: '/meshes/{mesh}/places',
      summary: 'Clusters and namespaces for rules',
      tags: ['objects'],
    })
    .input(z.object({ mesh: MeshName }))
    .output(
      z.object({
        places: z.array(z.object({ cluster: z.string(), namespaces: z.array(z.string()) })),
        clusters: Truths,
      }),
    )
    .errors({ 'meshes.not_found': notFound }),
}
