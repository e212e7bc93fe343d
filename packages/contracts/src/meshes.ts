import { z } from 'zod'
import { MeshCertificates, Pem } from './certificates.ts'
import { ClusterChoice } from './cluster-choice.ts'
import { Check } from './clusters.ts'
import { DriftField } from './drift.ts'
import { Truths } from './envelope.ts'
import { notFound, operation } from './errors.ts'
import { MeshKind, MeshSpec } from './fleet-objects.ts'
import { ObjectRef } from './kubernetes.ts'
import { MemberSync } from './member-sync.ts'
import { MeshClusterView } from './mesh-cluster.ts'
import { Message } from './message.ts'
import { ControlPlaneNumbers } from './control-plane-numbers.ts'
import { ClusterName, MeshName } from './names.ts'
import { Exposure, NetworkCluster, SharedService } from './networks.ts'
import { PageQuery } from './page.ts'
import { Removal } from './removal.ts'
import { MeshRevision, RunningControlPlane } from './running-control-plane.ts'
import { DerivedObject } from './plan.ts'
import { MeshNumbers } from './mesh-numbers.ts'
import { StageEvidence } from './stage-evidence.ts'
import { Step } from './learning-path.ts'
import { ExportedFile, Stray } from './portable-mesh.ts'

export const MeshPhase = z.enum(['pending', 'progressing', 'ready', 'degraded', 'failed', 'terminating', 'suspended'])
export type MeshPhase = z.infer<typeof MeshPhase>

export const Stage = z.object({
  name: z.string(),
  cluster: z.string(),
  state: z.enum(['pending', 'running', 'done', 'failed', 'blocked']),
  since: z.string().optional(),
  /** What it waits for, or why it failed; with what to do. */
  reason: Message.optional(),
  objects: z.array(ObjectRef),
})
export type Stage = z.infer<typeof Stage>

export const MeshSummary = z.object({
  name: z.string(),
  displayName: z.string().optional(),
  kind: MeshKind,
  version: z.string().optional(),
  /** The newest version that it can be moved to next: every operator of it can install that one. */
  upgrade: z.string().optional(),
  /** Day (YYYY-MM-DD) since which Istio mends nothing in its version. */
  endOfLife: z.string().optional(),
  controlPlaneCluster: z.string(),
  phase: MeshPhase,
  reason: Message.optional(),
  since: z.string().optional(),
  clusters: z.object({ healthy: z.number(), total: z.number() }),
  pods: z.object({ injected: z.number(), total: z.number(), pendingRestart: z.number() }),
  /** Of the proxies in these Pods, as far as their images tell; without the v. */
  proxies: z.object({ oldest: z.string(), newest: z.string() }).optional(),
  /** Whether deleting it is refused. */
  protected: z.boolean().optional(),
  createdAt: z.string().optional(),
})
export type MeshSummary = z.infer<typeof MeshSummary>

export const MeshDetail = z.object({
  mesh: MeshSummary,
  spec: MeshSpec,
  generation: z.number(),
  observedGeneration: z.number(),
  stages: z.array(Stage),
  revisions: z.array(MeshRevision),
  /** Why `meshes.move-default` cannot be planned now; absent where it can, and of external meshes. */
  defaultStays: Message.optional(),
  members: z.array(MeshClusterView),
  entrance: z.object({ address: z.string() }).optional(),
  numbers: MeshNumbers,
  /** Absent where none was found, or the viewer may not know of it. */
  running: RunningControlPlane.optional(),
  components: z.array(
    z.object({ ref: ObjectRef, ready: z.number(), desired: z.number(), version: z.string().optional() }),
  ),
  /** Differences between what the Mesh says and what its clusters hold: reported, never fought. */
  drift: z.array(z.object({ ref: ObjectRef, pointers: z.array(z.string()), missing: z.boolean() })),
  leftovers: z.array(ObjectRef),
  attention: z.array(Message),
})
export type MeshDetail = z.infer<typeof MeshDetail>

const draft = z.object({ name: MeshName, spec: MeshSpec })

export const meshes = {
  list: operation
    .route({ method: 'GET', path: '/meshes', summary: 'Meshes, problems first', tags: ['meshes'] })
    .input(PageQuery.extend({ kind: MeshKind.optional() }))
    .output(z.object({ items: z.array(MeshSummary), total: z.number(), clusters: Truths })),
  get: operation
    .route({
      method: 'GET',
      path: '/meshes/{name}',
      summary: 'One mesh: stages, revisions, clusters',
      tags: ['meshes'],
    })
    .input(z.object({ name: MeshName }))
    .output(MeshDetail.extend({ clusters: Truths }))
    .errors({ 'meshes.not_found': notFound }),
  /** Read now, as the person; takes some seconds at most. */
  stage: operation
    .route({
      method: 'GET',
      path: '/meshes/{name}/stages/{cluster}/{stage}',
      summary: 'Why a stage of a mesh stands as it does: objects, events, log lines',
      tags: ['meshes'],
    })
    .input(z.object({ name: MeshName, cluster: ClusterName, stage: z.string().max(63) }))
    .output(StageEvidence)
    .errors({ 'meshes.not_found': notFound }),
  /** Asked of each istiod by the console's own account, for who may list the Pods it runs in; takes a second at most. */
  controlPlane: operation
    .route({
      method: 'GET',
      path: '/meshes/{name}/control-plane',
      summary: 'What the istiods of a mesh say of themselves: proxies, push time, refusals, resources',
      tags: ['meshes'],
    })
    .input(z.object({ name: MeshName }))
    .output(ControlPlaneNumbers.extend({ clusters: Truths }))
    .errors({ 'meshes.not_found': notFound }),
  /** What lies between the clusters of a mesh: facts; packages/istio/src/networks judges them. */
  networks: operation
    .route({
      method: 'GET',
      path: '/meshes/{name}/networks',
      summary: 'Networks of one mesh, with the ways between its clusters',
      tags: ['meshes'],
    })
    .input(z.object({ name: MeshName }))
    .output(
      z.object({
        kind: MeshKind,
        /** The mesh is being deleted: nothing of this can be changed any more. */
        deleting: z.boolean(),
        members: z.array(NetworkCluster.extend({ sync: MemberSync.optional() })),
        /** Of managed meshes alone. */
        exposure: Exposure.optional(),
        clusters: Truths,
      }),
    )
    .errors({ 'meshes.not_found': notFound }),
  /** Services that several clusters of a mesh have under one name, as far as the viewer sees them; problems first. */
  sameServices: operation
    .route({
      method: 'GET',
      path: '/meshes/{name}/same-services',
      summary: 'Services of one name in several clusters of a mesh',
      tags: ['meshes'],
    })
    .input(PageQuery.extend({ name: MeshName, show: z.enum(['problems', 'local']).optional() }))
    .output(
      z.object({
        items: z.array(SharedService),
        total: z.number(),
        /** Of all, whatever is shown. */
        inconsistent: z.number(),
        clusters: Truths,
      }),
    )
    .errors({ 'meshes.not_found': notFound }),
  /** What stands in the way of taking it apart, each with the intent that takes it away; asked again after each. */
  removal: operation
    .route({
      method: 'GET',
      path: '/meshes/{name}/removal',
      summary: 'What must be done before a mesh, or some of its members, can go',
      tags: ['meshes'],
    })
    /** With clusters, separated by commas: of taking these members out. */
    .input(z.object({ name: MeshName, leaving: z.string().max(4_096).optional() }))
    .output(Removal.extend({ clusters: Truths }))
    .errors({ 'meshes.not_found': notFound }),
  /** The first 300 of them. */
  strays: operation
    .route({
      method: 'GET',
      path: '/meshes/{name}/strays',
      summary: 'Istio rules in members of a managed mesh, which have no effect there',
      tags: ['meshes'],
    })
    .input(z.object({ name: MeshName }))
    .output(z.object({ items: z.array(Stray), total: z.number(), clusters: Truths }))
    .errors({ 'meshes.not_found': notFound }),
  /** Never a Secret; at most 4 MiB of YAML. */
  export: operation
    .route({
      method: 'GET',
      path: '/meshes/{name}/export',
      summary: 'One mesh as YAML for kubectl, by cluster',
      tags: ['meshes'],
    })
    .input(z.object({ name: MeshName }))
    .output(z.object({ files: z.array(ExportedFile), clusters: Truths }))
    .errors({
      'meshes.not_found': notFound,
      'meshes.export_too_large': { status: 422, data: z.object({ limitBytes: z.number() }) },
    }),
  /**
   * One gzipped tar archive for whoever helps with a mesh: what the mesh, its clusters and the console say, with the rights
   * of the person who asks; README.txt in it says what is there and what could not be read. Never a secret. At most 16 MiB
   * before it is compressed; after 20 seconds nothing more is asked.
   */
  supportBundle: operation
    .route({
      method: 'GET',
      path: '/meshes/{name}/support-bundle',
      summary: 'What helps to find out what is wrong with a mesh, as one archive',
      tags: ['meshes'],
    })
    .input(z.object({ name: MeshName }))
    .output(z.file().mime('application/gzip'))
    .errors({ 'meshes.not_found': notFound }),
  /** The first 100, of objects that the viewer may see. */
  drift: operation
    .route({
      method: 'GET',
      path: '/meshes/{name}/drift',
      summary: 'Where clusters are not as a mesh says, and which of it the mesh can adopt',
      tags: ['meshes'],
    })
    .input(z.object({ name: MeshName }))
    .output(z.object({ fields: z.array(DriftField), total: z.number(), clusters: Truths }))
    .errors({ 'meshes.not_found': notFound }),
  /** Never a key. */
  certificates: operation
    .route({
      method: 'GET',
      path: '/meshes/{name}/certificates',
      summary: 'Roots, intermediates and their life, by cluster',
      tags: ['meshes'],
    })
    .input(z.object({ name: MeshName }))
    .output(MeshCertificates.extend({ clusters: Truths }))
    .errors({ 'meshes.not_found': notFound }),
  /** Runs while the form is open; writes nothing. */
  preflight: operation
    .route({
      method: 'POST',
      path: '/mesh-preflight',
      summary: 'Checks for a mesh that may be made',
      tags: ['meshes'],
    })
    /** `only`: that one thing again, in one cluster or in none; then without the objects. */
    .input(
      draft.extend({
        /** What a new mesh is to trust from the beginning; without it istiod makes its own. */
        roots: Pem.optional(),
        only: z.object({ topic: z.string().max(63), cluster: ClusterName.optional() }).optional(),
      }),
    )
    .output(z.object({ checks: z.array(Check), objects: z.array(DerivedObject), clusters: Truths })),
  /** Clusters and versions to choose from, those that cannot be chosen with the reason. */
  choices: operation
    .route({
      method: 'GET',
      path: '/mesh-choices',
      summary: 'Clusters and versions for a new mesh',
      tags: ['meshes'],
    })
    .input(z.object({ kind: MeshKind }))
    .output(
      z.object({
        clusters: z.array(ClusterChoice),
        truths: Truths,
      }),
    ),
  /** The learning path of the start page. */
  path: operation
    .route({
      method: 'GET',
      path: '/start',
      summary: 'The learning path with the state of each step',
      tags: ['meshes'],
    })
    .output(
      z.object({
        steps: z.array(Step),
        hub: z.object({ name: z.string(), prepared: z.boolean(), missing: z.array(z.string()) }),
        clusters: Truths,
      }),
    ),
}
