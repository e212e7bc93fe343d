import { z } from 'zod'
import { Truths } from './envelope.ts'
import { notFound, operation } from './errors.ts'
import { ClusterSpec } from './fleet-objects.ts'
import { KubeconfigOrigin, KubeconfigSource } from './intent.ts'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'
import { ClusterName } from './names.ts'
import { PageQuery } from './page.ts'
import { heldCredentials } from './prometheus-credentials.ts'
import { Stay } from './removal.ts'

/** An object that was looked at, and what was read there, as it is written there. */
const CheckEvidence = z.object({ ref: ObjectRef, value: z.string().optional() })
export type CheckEvidence = z.infer<typeof CheckEvidence>

/** One thing that was checked: what was found, how bad it is, and what to do about it. Worded by packages/istio. */
export const Check = z.object({
  id: z.string(),
  cluster: z.string().optional(),
  severity: z.enum(['ok', 'info', 'warning', 'blocking', 'unknown']),
  params: Message.shape.params,
  /** What it was found in, as far as the viewer may know of it. */
  evidence: z.array(CheckEvidence).optional(),
  /** Code of what to do, and the commands that do it. */
  fix: z.object({ code: z.string(), commands: z.array(z.string()) }).optional(),
})
export type Check = z.infer<typeof Check>

export const FoundIstio = z.object({
  namespace: z.string(),
  revision: z.string(),
  version: z.string().optional(),
  /** By the traces that installers leave: packages/istio, meshes/installer.ts. */
  installer: z.string(),
  /** Other names it goes by in injection labels. */
  tags: z.array(z.string()).optional(),
  /** Its istiod is in another cluster: here are only the webhooks that call it. */
  remote: z.boolean().optional(),
  /** The mesh that governs it already. */
  mesh: z.string().optional(),
})
export type FoundIstio = z.infer<typeof FoundIstio>

/** One thing the console reaches a cluster by, and when it is over. Nothing else of it is ever told. */
export const CredentialEnd = z.object({
  of: z.enum(['token', 'client-certificate', 'certificate-authority']),
  /** `exp` of the token, `notAfter` of the certificate; absent where it does not say. */
  at: z.string().optional(),
  /** By the server's clock: over, over in less than 30 days, not for long, or not known. */
  state: z.enum(['over', 'soon', 'later', 'unsaid']),
})
export type CredentialEnd = z.infer<typeof CredentialEnd>

const Condition = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  since: z.string().optional(),
})

export const Cluster = z.object({
  name: z.string(),
  spec: ClusterSpec,
  server: z.string().optional(),
  /** Of the credentials in use; empty while there is no way to the cluster, and where it is reached without any. */
  ends: z.array(CredentialEnd),
  /** What the console proves itself by to the Prometheus that has an address; absent where it holds none for that one. */
  prometheusHolds: z.array(z.enum(heldCredentials)).optional(),
  /** What a control plane in it calls the cluster, where that is not its name. */
  clusterId: z.string().optional(),
  kubernetesVersion: z.string().optional(),
  nodes: z.number().optional(),
  namespaces: z.number().optional(),
  pods: z.number().optional(),
  operator: z.object({ found: z.boolean(), version: z.string().optional(), versions: z.array(z.string()) }).optional(),
  /** Those that the viewer may know of. */
  istio: z.array(FoundIstio),
  /** Whether there are others. */
  istioHidden: z.boolean().optional(),
  conditions: z.array(Condition),
  mesh: z.string().optional(),
  role: z.enum(['control-plane', 'member', 'none']),
  registeredAt: z.string().optional(),
  deleting: z.boolean(),
})
export type Cluster = z.infer<typeof Cluster>

/**
 * What a cluster has, as read of it and as far as the viewer may list it. A part that is absent is not known: not read
 * yet, or of a kind in `hidden`.
 */
export const Capabilities = z.object({
  /** Kinds of which the viewer may not list all; what is said of Services counts those that may be seen. */
  hidden: z.array(z.enum(['nodes', 'services', 'definitions'])),
  kubelets: z
    .object({
      oldest: z.string(),
      newest: z.string(),
      /** Against the API server: `within` while none is newer, or more than three minors older. */
      skew: z.enum(['within', 'older', 'newer', 'unknown']),
    })
    .optional(),
  /** Nodes by the labels that Istio takes for their locality; most nodes first. */
  localities: z
    .array(
      z.object({
        region: z.string().optional(),
        zone: z.string().optional(),
        subzone: z.string().optional(),
        nodes: z.number(),
      }),
    )
    .optional(),
  /** `spec.podCIDRs` of the nodes: the first few, and of how many. None where the network plugin has ranges of its own. */
  podRanges: z.object({ first: z.array(z.string()), total: z.number() }).optional(),
  /** Addresses of the Service default/kubernetes: each the first of a range of Services whose size nobody tells. */
  serviceAddresses: z.array(z.string()).optional(),
  /** Services of type LoadBalancer: the evidence there is. */
  loadBalancers: z.object({ assigned: z.number(), total: z.number() }).optional(),
  /** Services that may be its Prometheus, by name, labels and ports; the likeliest first. */
  prometheus: z
    .object({ candidates: z.array(z.object({ namespace: z.string(), name: z.string(), port: z.number() })) })
    .optional(),
  /** API groups that matter to a mesh, with the versions served; none is served where it is not installed. */
  apis: z.array(z.object({ group: z.string(), served: z.array(z.string()) })).optional(),
  /** As its definitions are annotated; absent where it is not installed, or not known. */
  gatewayApi: z.object({ version: z.string().optional(), channel: z.string().optional() }).optional(),
})
export type Capabilities = z.infer<typeof Capabilities>

const Rule = z.object({ apiGroups: z.array(z.string()), resources: z.array(z.string()), verbs: z.array(z.string()) })

/** Of all that its manifest grants: what the console's own account may do in a cluster, and what it may not. */
export const Rights = z.object({
  has: z.array(Rule),
  lacks: z.array(Rule),
  /** ClusterRole and binding that grant what it lacks; absent where it lacks nothing. */
  manifest: z.string().optional(),
})
export type Rights = z.infer<typeof Rights>

/** What a pasted kubeconfig turned out to be. Nothing of it is stored. */
export const KubeconfigTest = z.object({
  accepted: z.boolean(),
  /** Why it cannot be taken at all, as `kubeconfig.exec`. */
  refusal: Message.optional(),
  warnings: z.array(Message),
  contexts: z.array(z.string()),
  context: z.string().optional(),
  server: z.string().optional(),
  ends: z.array(CredentialEnd),
  kubernetesVersion: z.string().optional(),
  /** kube-system's uid; the same cluster under another name is found by it. */
  uid: z.string().optional(),
  checks: z.array(Check),
  istio: z.array(FoundIstio),
})
export type KubeconfigTest = z.infer<typeof KubeconfigTest>

/** One context of a kubeconfig, before anybody asked the cluster. */
export const FoundContext = z.object({
  context: z.string(),
  server: z.string().optional(),
  /** Why it cannot be taken, as `kubeconfig.exec`; the others of the same file still can. */
  refusal: Message.optional(),
})
export type FoundContext = z.infer<typeof FoundContext>

export const clusters = {
  list: operation
    .route({ method: 'GET', path: '/clusters', summary: 'Registered clusters', tags: ['clusters'] })
    .input(PageQuery)
    .output(z.object({ items: z.array(Cluster), total: z.number(), clusters: Truths })),
  get: operation
    .route({ method: 'GET', path: '/clusters/{name}', summary: 'One cluster', tags: ['clusters'] })
    .input(z.object({ name: ClusterName }))
    .output(
      z.object({
        cluster: Cluster,
        checks: z.array(Check),
        capabilities: Capabilities,
        /** Absent where the cluster did not say. */
        rights: Rights.optional(),
        /** What the viewer lacks to save an edit; planning one is open to everybody. */
        editing: z.array(Message),
        clusters: Truths,
      }),
    )
    .errors({ 'clusters.not_found': notFound }),
  /** Only what nothing needs any more: see `clusters.clean`. */
  leftovers: operation
    .route({
      method: 'GET',
      path: '/clusters/{name}/leftovers',
      summary: 'What is left of Istio in a cluster',
      tags: ['clusters'],
    })
    .input(z.object({ name: ClusterName }))
    /** `unread`: what could not be looked for, and the rights that lack. */
    .output(z.object({ stays: z.array(Stay), unread: z.array(Message), clusters: Truths }))
    .errors({ 'clusters.not_found': notFound }),
  test: operation
    .route({
      method: 'POST',
      path: '/kubeconfig/test',
      summary: 'Test a kubeconfig; stores nothing',
      tags: ['clusters'],
    })
    /** With a name: as new credentials of that registered cluster. */
    .input(z.object({ source: KubeconfigSource, name: ClusterName.optional() }))
    .output(KubeconfigTest)
    .errors({ 'clusters.not_found': notFound }),
  /** Reads a kubeconfig: no cluster is asked, nothing is stored. */
  contexts: operation
    .route({
      method: 'POST',
      path: '/kubeconfig/read',
      summary: 'Contexts of a kubeconfig, those that cannot be used with the reason',
      tags: ['clusters'],
    })
    .input(z.object({ source: KubeconfigOrigin }))
    .output(
      z.object({
        /** Why it is no kubeconfig at all. */
        refusal: Message.optional(),
        contexts: z.array(FoundContext),
      }),
    ),
  /** The least-privilege account to apply by hand, and the three commands that make its kubeconfig. */
  manifest: operation
    .route({
      method: 'GET',
      path: '/kubeconfig/manifest',
      summary: 'ServiceAccount manifest for a member',
      tags: ['clusters'],
    })
    .input(z.object({ name: ClusterName.optional() }))
    .output(z.object({ manifest: z.string(), commands: z.array(z.string()) })),
  /** Contexts of the console's own kubeconfig that are not registered yet. */
  offered: operation
    .route({
      method: 'GET',
      path: '/kubeconfig/contexts',
      summary: 'Contexts that could be registered',
      tags: ['clusters'],
    })
    .output(z.object({ contexts: z.array(z.object({ context: z.string(), server: z.string() })) })),
}
