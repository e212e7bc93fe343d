import { z } from 'zod'
import { InjectionBeside, InjectionComparison, mostCompared } from './compare.ts'
import { Truths } from './envelope.ts'
import { clusterFault, notFound, operation, writing } from './errors.ts'
import { Found } from './findings.ts'
import { InjectionExplanation } from './explain-access.ts'
import { Intent } from './intent.ts'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'
import { ClusterName, DnsLabel, MeshName } from './names.ts'
import { PageQuery } from './page.ts'

/** What a namespace's labels ask for. `blocked` = an `istio-injection` value other than enabled; nobody injects. */
export const Policy = z.enum(['enabled', 'disabled', 'revision', 'none', 'blocked', 'conflict'])
export type Policy = z.infer<typeof Policy>

export const InjectedNamespace = z.object({
  cluster: z.string(),
  namespace: z.string(),
  policy: Policy,
  /** Revision or tag the label names. */
  revision: z.string().optional(),
  /** The revision that serves it, absent when nobody does. */
  servedBy: z.string().optional(),
  why: Message.optional(),
  /** Absent when the viewer may not list the Pods there. */
  pods: z.object({ injected: z.number(), total: z.number(), pendingRestart: z.number() }).optional(),
  workloads: z.number().optional(),
  system: z.boolean(),
  /** About the namespace itself. */
  findings: Found,
})
export type InjectedNamespace = z.infer<typeof InjectedNamespace>

export const InjectedWorkload = z.object({
  ref: ObjectRef,
  policy: z.enum(['enabled', 'disabled', 'none']),
  pods: z.object({ injected: z.number(), total: z.number(), pendingRestart: z.number(), ready: z.number() }),
  proxyVersions: z.array(z.string()),
  revisions: z.array(z.string()),
  /** Why a restart is due or impossible. */
  why: Message.optional(),
  restartable: z.boolean(),
  findings: Found,
})
export type InjectedWorkload = z.infer<typeof InjectedWorkload>

/** A namespace that could be injected, in a mesh or not yet. */
export const InjectableNamespace = InjectedNamespace.pick({ namespace: true, policy: true, revision: true })
export type InjectableNamespace = z.infer<typeof InjectableNamespace>

const missing = { 'meshes.not_found': notFound }

export const sidecars = {
  explain: operation
    .route({
      method: 'POST',
      path: '/meshes/{mesh}/sidecars/explain',
      summary: 'Who injects Pods of a namespace or workload, and why',
      tags: ['sidecars'],
    })
    .input(z.object({ mesh: MeshName, ref: ObjectRef }))
    .output(z.object({ explanation: InjectionExplanation, clusters: Truths }))
    .errors({ 'meshes.not_found': notFound, 'objects.not_found': notFound, 'objects.unreadable': clusterFault }),
  /** Of the namespaces and workloads that the plan changes, and of the workloads of these namespaces. Nothing is written. */
  compare: operation
    .route({
      method: 'POST',
      path: '/meshes/{mesh}/sidecars/compare',
      summary: 'Whose new Pods get another sidecar, or none, with a plan',
      tags: ['sidecars'],
    })
    .input(z.object({ mesh: MeshName, intent: Intent }))
    .output(
      z.object({
        /** 200 at most. */
        changes: z.array(InjectionComparison),
        /** Of all that the viewer may see. */
        total: z.number(),
        clusters: Truths,
      }),
    )
    .errors({ ...missing, 'plan.invalid': writing['plan.invalid'] }),
  /** Nothing is written. */
  comparePods: operation
    .route({
      method: 'POST',
      path: '/meshes/{mesh}/sidecars/compare-pods',
      summary: 'What new Pods of namespaces or workloads get with a plan, and why',
      tags: ['sidecars'],
    })
    .input(z.object({ mesh: MeshName, intent: Intent, refs: z.array(ObjectRef).min(1).max(mostCompared) }))
    .output(
      z.object({
        /** In the order of the references; null where what is asked about is not there for the viewer. */
        answers: z.array(InjectionBeside.nullable()),
        clusters: Truths,
      }),
    )
    .errors({ ...missing, 'plan.invalid': writing['plan.invalid'] }),
  /** Before a cluster joins: what its namespaces ask for, as far as the viewer may know of them. */
  injectable: operation
    .route({
      method: 'GET',
      path: '/clusters/{cluster}/injectable-namespaces',
      summary: 'Namespaces of a cluster that could be injected',
      tags: ['sidecars'],
    })
    .input(z.object({ cluster: ClusterName }))
    .output(z.object({ items: z.array(InjectableNamespace), clusters: Truths }))
    .errors({ 'clusters.not_found': notFound }),
  namespaces: operation
    .route({
      method: 'GET',
      path: '/meshes/{mesh}/sidecars/namespaces',
      summary: 'Injection by namespace',
      tags: ['sidecars'],
    })
    .input(
      PageQuery.extend({
        mesh: MeshName,
        cluster: z.string().max(63).optional(),
        policy: Policy.optional(),
        system: z.boolean().optional(),
      }),
    )
    .output(z.object({ items: z.array(InjectedNamespace), total: z.number(), clusters: Truths }))
    .errors(missing),
  workloads: operation
    .route({
      method: 'GET',
      path: '/meshes/{mesh}/sidecars/workloads',
      summary: 'Injection by workload',
      tags: ['sidecars'],
    })
    .input(
      PageQuery.extend({
        mesh: MeshName,
        cluster: z.string().max(63).optional(),
        namespace: DnsLabel.optional(),
        /** Those of system namespaces too; a namespace that is named is listed whatever it is. */
        system: z.boolean().optional(),
      }),
    )
    .output(z.object({ items: z.array(InjectedWorkload), total: z.number(), clusters: Truths }))
    .errors(missing),
}
