import { z } from 'zod'
import { EastWestGateway } from './fleet-objects.ts'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'

/** A Service that istiod takes for the entrance of a network: one that carries the network label. */
export const NetworkGateway = z.object({
  ref: ObjectRef,
  network: z.string(),
  type: z.string(),
  /** `address:port` as proxies in other networks dial it. */
  addresses: z.array(z.string()),
  /** Who gave them: the load balancer, or the mesh. */
  given: z.boolean(),
  /** Ready endpoints; absent where they may not be listed. */
  ready: z.number().optional(),
  annotations: z.record(z.string(), z.string()),
})
export type NetworkGateway = z.infer<typeof NetworkGateway>

/** Running Pods whose proxy still announces another network than their cluster is on. */
const StalePods = z.object({
  pods: z.number(),
  /** At most two hundred: as many as one plan restarts. */
  workloads: z.array(z.object({ ref: ObjectRef, pods: z.number(), restartable: z.boolean() })),
})

export const NodeLocality = z.object({
  name: z.string(),
  region: z.string().optional(),
  zone: z.string().optional(),
  subzone: z.string().optional(),
})
export type NodeLocality = z.infer<typeof NodeLocality>

/** One cluster of a mesh with what is known of the ways into it. What the viewer may not list is absent, never empty. */
export const NetworkCluster = z.object({
  cluster: z.string(),
  role: z.enum(['control-plane', 'member']),
  /** Absent where nobody named one. */
  network: z.string().optional(),
  /** Who named it; `assumed`: nobody did, and the mesh takes its clusters to be on one. */
  source: z.enum(['mesh', 'cluster', 'assumed']),
  /** Why nothing is known of what runs there. */
  unread: Message.optional(),
  /** The network label of its control-plane namespace, by which istiod goes. */
  label: z.string().optional(),
  gateways: z.array(NetworkGateway).optional(),
  settings: EastWestGateway.omit({ cluster: true }).optional(),
  stale: StalePods.optional(),
  nodes: z.object({ total: z.number(), items: z.array(NodeLocality).max(500) }).optional(),
  /** Address ranges of its Pods, as its nodes say. */
  podCidrs: z.array(z.string()),
})
export type NetworkCluster = z.infer<typeof NetworkCluster>

/** Whether the Gateway stands that lets other networks in. */
export const Exposure = z.object({
  wanted: z.boolean(),
  found: z.enum(['yes', 'no', 'unknown']),
  ref: ObjectRef,
})
export type Exposure = z.infer<typeof Exposure>

/** A name that is one service to a mesh because several of its clusters have it (packages/istio/src/meshes/same-services.ts). */
export const SharedService = z.object({
  namespace: z.string(),
  name: z.string(),
  /** As MeshConfig.serviceSettings names it. */
  host: z.string(),
  refs: z.array(ObjectRef),
  differences: z.array(
    z.object({
      aspect: z.enum(['type', 'headless', 'external-name', 'ports', 'session-affinity', 'selector']),
      says: z.array(z.object({ cluster: z.string(), value: z.string() })),
    }),
  ),
  /** Callers are treated differently by where they are (IST0170). */
  inconsistent: z.boolean(),
  /** The host by which callers are kept in their own cluster; absent where they reach all. */
  local: z.string().optional(),
})
export type SharedService = z.infer<typeof SharedService>
