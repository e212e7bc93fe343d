import { z } from 'zod'
import { MeshSettings, patterns } from './mesh-settings.ts'
import { ClusterName, DnsLabel } from './names.ts'

/** What a Mesh object says: deploy/crds/meshes.yaml in zod. The cluster's copy is the truth, this is how we read it. */
export const MeshKind = z.enum(['Managed', 'Dedicated', 'External'])
export type MeshKind = z.infer<typeof MeshKind>

const Entrance = z.object({
  type: z.enum(['LoadBalancer', 'Address']).default('LoadBalancer'),
  address: z.string().max(253).regex(patterns.address).optional(),
  /** The address the load balancer is asked for; who gives addresses may refuse it. */
  loadBalancerIP: z.string().max(45).regex(patterns.ipAddress).optional(),
  annotations: z.record(z.string(), z.string().max(1024)).optional(),
})

const MeshSize = z.enum(['S50P200', 'S200P1000', 'S500P2000', 'S2000P8000', 'S5000P20000', 'Custom'])

const Quantities = z.object({
  cpu: z.string().max(20).regex(patterns.cpu).optional(),
  memory: z.string().max(20).regex(patterns.istiodMemory).optional(),
})

const ControlPlane = z.object({
  cluster: ClusterName,
  namespace: DnsLabel.default('istio-system'),
  /** External meshes only: the adopted revision. */
  revision: z.string().max(63).optional(),
  entrance: Entrance.optional(),
  replicas: z.number().int().min(1).max(20).optional(),
  /** Instead of a number of replicas. */
  autoscaling: z
    .object({ min: z.number().int().min(1).max(50), max: z.number().int().min(1).max(50) })
    .refine(({ min, max }) => min <= max, { path: ['max'] })
    .optional(),
  size: MeshSize.optional(),
  /** With size Custom, and only then. */
  resources: z.object({ requests: Quantities.optional(), limits: Quantities.optional() }).optional(),
  imageHub: z.string().max(253).regex(patterns.imageHub).optional(),
})

/** Without a network of its own a member is on its FleetCluster's. */
export const MeshMember = z.object({
  cluster: ClusterName,
  network: z.string().min(1).max(63).optional(),
  /** Helm values of this member's part of the control plane, over what it inherits from the mesh; null clears. */
  values: z.record(z.string(), z.json()).optional(),
})
export type MeshMember = z.infer<typeof MeshMember>

export const MeshSpec = z.object({
  kind: MeshKind,
  displayName: z.string().max(63).optional(),
  version: z.string().max(63).optional(),
  controlPlane: ControlPlane,
  members: z.array(MeshMember).max(100).default([]),
  settings: MeshSettings.default({}),
  values: z.record(z.string(), z.json()).default({}),
  deletionPolicy: z.enum(['Retain', 'Uninstall']).default('Retain'),
  repair: z.number().int().min(0).default(0),
})
export type MeshSpec = z.infer<typeof MeshSpec>

export const ClusterSpec = z.object({
  displayName: z.string().max(63).optional(),
  provider: z.string().max(63).optional(),
  region: z.string().max(63).optional(),
  network: z.string().max(63).optional(),
  /** API address as other clusters' istiods see it; the kubeconfig's server when absent. */
  peerAddress: z.url().max(253).optional(),
  identity: z
    .object({ userPrefix: z.string().max(63).optional(), groupPrefix: z.string().max(63).optional() })
    .optional(),
})
export type ClusterSpec = z.infer<typeof ClusterSpec>
