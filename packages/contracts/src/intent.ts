import { z } from 'zod'
import { Pem, PluggedCa } from './certificates.ts'
import { DriftPlace } from './drift.ts'
import { findingIntents } from './finding-intents.ts'
import { ClusterLocalHost, ClusterSpec, EastWestGateway, MeshMember, MeshSpec, NetworkName } from './fleet-objects.ts'
import { KubernetesObject, ObjectRef } from './kubernetes.ts'
import { ClusterName, DnsLabel, DnsName, MeshName } from './names.ts'
import { PrometheusCredentials } from './prometheus-credentials.ts'
import { securityIntents } from './security-intents.ts'

/** A pasted kubeconfig, at most 1 MiB. The one secret an intent can carry; never stored in or told by a Change. */
const Kubeconfig = z.string().min(1).max(1_048_576)

/** Where a cluster's credentials come from: what was pasted, or another context of the console's own kubeconfig. */
export const KubeconfigSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pasted'), kubeconfig: Kubeconfig, context: z.string().max(253).optional() }),
  z.object({ kind: z.literal('offered'), context: z.string().max(253) }),
])
export type KubeconfigSource = z.infer<typeof KubeconfigSource>

/** A kubeconfig with all of its contexts: what was pasted, or the console's own. */
export const KubeconfigOrigin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pasted'), kubeconfig: Kubeconfig }),
  z.object({ kind: z.literal('offered') }),
])
export type KubeconfigOrigin = z.infer<typeof KubeconfigOrigin>

/** One context of it, under the name that it is registered by. */
const Registration = z.object({ name: ClusterName, spec: ClusterSpec, context: z.string().max(253) })
export type Registration = z.infer<typeof Registration>
/** Region, zone or subzone: a label value, and no `/`, which parts them in Istio's localities. */
const LocalityPart = z
  .string()
  .min(1)
  .max(63)
  .regex(/^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/)

const clusters = [
  z.object({ type: z.literal('clusters.prepare-hub') }),
  z.object({
    type: z.literal('clusters.register'),
    source: KubeconfigOrigin,
    clusters: z.array(Registration).min(1).max(50),
  }),
  z.object({
    type: z.literal('clusters.edit'),
    name: ClusterName,
    /** The whole of what may be edited: what is left out is taken away. */
    spec: ClusterSpec,
    /** New credentials of the same cluster; without it the present ones stay. */
    source: KubeconfigSource.optional(),
    /** For `spec.prometheus.url`; without them the present ones stay, null takes them away. */
    prometheusCredentials: PrometheusCredentials.nullable().optional(),
  }),
  z.object({ type: z.literal('clusters.remove'), name: ClusterName }),
  z.object({
    type: z.literal('clusters.locality'),
    cluster: ClusterName,
    nodes: z.array(DnsName).min(1).max(200),
    /** Absent: stays as it is on each node; null: the label is taken away. */
    region: LocalityPart.nullable().optional(),
    zone: LocalityPart.nullable().optional(),
    subzone: LocalityPart.nullable().optional(),
  }),
  /** Takes away what is left of Istio in it; only what `clusters.leftovers` names. */
  z.object({ type: z.literal('clusters.clean'), name: ClusterName, objects: z.array(ObjectRef).min(1).max(200) }),
] as const

const NamespaceTarget = z.object({ cluster: ClusterName, namespace: DnsLabel })

const meshes = [
  /** With an authority of its own istiod begins with it; without, it makes one. */
  z.object({ type: z.literal('meshes.create'), name: MeshName, spec: MeshSpec, ca: PluggedCa.optional() }),
  z.object({ type: z.literal('meshes.update'), name: MeshName, spec: MeshSpec }),
  z.object({
    type: z.literal('meshes.join'),
    name: MeshName,
    members: z.array(MeshMember).min(1).max(50),
    /** Namespaces of these members that ask for sidecars from the first moment on. */
    inject: z.array(NamespaceTarget).max(200).optional(),
  }),
  z.object({
    type: z.literal('meshes.leave'),
    name: MeshName,
    clusters: z.array(ClusterName).min(1).max(50),
    /** Those of them that are not waited for. */
    leaveBehind: z.array(ClusterName).max(50).optional(),
  }),
  z.object({ type: z.literal('meshes.repair'), name: MeshName }),
  /** The mesh comes to say what its clusters have in these places. */
  z.object({ type: z.literal('meshes.adopt-drift'), name: MeshName, places: z.array(DriftPlace).min(1).max(100) }),
  /** `istio-injection=enabled` comes to mean the mesh's version in the control plane's cluster: its tag `default` moves. */
  z.object({ type: z.literal('meshes.move-default'), name: MeshName }),
  z.object({ type: z.literal('meshes.suspend'), name: MeshName }),
  z.object({ type: z.literal('meshes.resume'), name: MeshName }),
  z.object({ type: z.literal('meshes.plug-ca'), name: MeshName, ca: PluggedCa }),
  /** Which roots are trusted, while what signs stays; or signs again what istiod once made itself. */
  z.object({
    type: z.literal('meshes.trust-roots'),
    name: MeshName,
    roots: Pem,
    signer: z.literal('self-signed').optional(),
  }),
  /** Puts clusters of a managed mesh on a network, which is new if nobody else is on it. */
  z.object({
    type: z.literal('meshes.move-network'),
    name: MeshName,
    clusters: z.array(ClusterName).min(1).max(101),
    network: NetworkName,
  }),
  /** The whole of what is said of one east-west gateway: what is left out goes back to its default. */
  z.object({ type: z.literal('meshes.east-west-gateway'), name: MeshName, gateway: EastWestGateway }),
  z.object({ type: z.literal('meshes.expose-services'), name: MeshName, expose: z.boolean() }),
  /** Hosts that callers reach in their own cluster alone, or in every cluster again. */
  z.object({
    type: z.literal('meshes.keep-local'),
    name: MeshName,
    hosts: z.array(ClusterLocalHost).min(1).max(100),
    local: z.boolean(),
  }),
  z.object({
    type: z.literal('meshes.delete'),
    name: MeshName,
    uninstall: z.boolean(),
    /** Clusters that uninstalling does not wait for; of a mesh that is being deleted already it goes on without them. */
    leaveBehind: z.array(ClusterName).max(101).optional(),
  }),
  z.object({ type: z.literal('meshes.protect'), name: MeshName, protected: z.boolean() }),
  /** Namespaces and rules of an exported mesh; of what is there in another form it is chosen what stays. */
  z.object({
    type: z.literal('meshes.import'),
    name: MeshName,
    objects: z
      .array(
        z.object({
          cluster: ClusterName,
          object: KubernetesObject,
          /** A member where it lies without effect: deleted there once it is here. */
          from: ClusterName.optional(),
        }),
      )
      .min(1)
      .max(200),
    conflicts: z.enum(['keep', 'replace']),
  }),
  /** Gateway workloads of the mesh, or the Gateways for which istiod made them. */
  z.object({ type: z.literal('meshes.delete-gateways'), name: MeshName, gateways: z.array(ObjectRef).min(1).max(200) }),
] as const

const sidecars = [
  z.object({
    type: z.literal('sidecars.namespaces'),
    mesh: MeshName,
    namespaces: z.array(NamespaceTarget).min(1).max(200),
    action: z.enum(['enable', 'disable', 'clear']),
    /** Restart the workloads whose Pods do not yet have what the namespace will say. */
    restart: z.boolean(),
  }),
  z.object({
    type: z.literal('sidecars.workloads'),
    mesh: MeshName,
    workloads: z.array(ObjectRef).min(1).max(200),
    action: z.enum(['enable', 'disable', 'clear']),
  }),
  z.object({ type: z.literal('sidecars.restart'), mesh: MeshName, workloads: z.array(ObjectRef).min(1).max(200) }),
] as const

const objects = [
  z.object({ type: z.literal('objects.create'), mesh: MeshName, cluster: ClusterName, object: KubernetesObject }),
  z.object({
    type: z.literal('objects.edit'),
    mesh: MeshName,
    ref: ObjectRef,
    /** The object as the editor opened it: what the edit is measured against when it has changed since. */
    base: KubernetesObject,
    object: KubernetesObject,
  }),
  z.object({ type: z.literal('objects.delete'), mesh: MeshName, ref: ObjectRef, uid: z.string().max(63) }),
] as const

const history = [z.object({ type: z.literal('history.undo'), change: DnsName })] as const

/** Everything a person can cause. Each becomes a plan before it becomes a change. */
export const Intent = z.discriminatedUnion('type', [
  ...clusters,
  ...meshes,
  ...sidecars,
  ...securityIntents,
  ...objects,
  ...findingIntents,
  ...history,
])
export type Intent = z.infer<typeof Intent>
export type IntentType = Intent['type']
export type IntentOf<Type extends IntentType> = Extract<Intent, { type: Type }>
