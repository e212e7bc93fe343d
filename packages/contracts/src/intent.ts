import { z } from 'zod'
import { PluggedCa } from './certificates.ts'
import { ClusterSpec, MeshMember, MeshSpec } from './fleet-objects.ts'
import { KubernetesObject, ObjectRef } from './kubernetes.ts'
import { ClusterName, DnsLabel, DnsName, MeshName } from './names.ts'

/** A pasted kubeconfig, at most 1 MiB. The one secret an intent can carry; never stored in or told by a Change. */
const Kubeconfig = z.string().min(1).max(1_048_576)

/** Where a cluster's credentials come from: what was pasted, or another context of the console's own kubeconfig. */
export const KubeconfigSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pasted'), kubeconfig: Kubeconfig, context: z.string().max(253).optional() }),
  z.object({ kind: z.literal('offered'), context: z.string().max(253) }),
])
export type KubeconfigSource = z.infer<typeof KubeconfigSource>

const clusters = [
  z.object({ type: z.literal('clusters.prepare-hub') }),
  z.object({
    type: z.literal('clusters.register'),
    name: ClusterName,
    spec: ClusterSpec,
    source: KubeconfigSource,
  }),
  z.object({
    type: z.literal('clusters.edit'),
    name: ClusterName,
    /** The whole of what may be edited: what is left out is taken away. */
    spec: ClusterSpec,
    /** New credentials of the same cluster; without it the present ones stay. */
    source: KubeconfigSource.optional(),
  }),
  z.object({ type: z.literal('clusters.remove'), name: ClusterName }),
] as const

const meshes = [
  z.object({
    type: z.literal('meshes.create'),
    name: MeshName,
    spec: MeshSpec,
    /** The authority that its istiod begins with; without it istiod makes one of its own. */
    ca: PluggedCa.optional(),
  }),
  z.object({ type: z.literal('meshes.update'), name: MeshName, spec: MeshSpec }),
  z.object({ type: z.literal('meshes.join'), name: MeshName, members: z.array(MeshMember).min(1).max(50) }),
  z.object({ type: z.literal('meshes.leave'), name: MeshName, clusters: z.array(ClusterName).min(1).max(50) }),
  z.object({ type: z.literal('meshes.repair'), name: MeshName }),
  z.object({ type: z.literal('meshes.plug-ca'), name: MeshName, ca: PluggedCa }),
  z.object({ type: z.literal('meshes.delete'), name: MeshName, uninstall: z.boolean() }),
] as const

const NamespaceTarget = z.object({ cluster: ClusterName, namespace: DnsLabel })
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
export const Intent = z.discriminatedUnion('type', [...clusters, ...meshes, ...sidecars, ...objects, ...history])
export type Intent = z.infer<typeof Intent>
export type IntentType = Intent['type']
export type IntentOf<Type extends IntentType> = Extract<Intent, { type: Type }>
