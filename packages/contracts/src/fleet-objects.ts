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

/** Name of an Istio network: a label value (deploy/crds/meshes.yaml). */
export const NetworkName = z
  .string()
  .min(1)
  .max(63)
  .regex(/^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/)

/** How one cluster is entered from the other networks of its mesh. */
export const EastWestGateway = z.object({
  cluster: ClusterName,
  replicas: z.number().int().min(1).max(50).optional(),
  resources: z.object({ requests: Quantities.optional(), limits: Quantities.optional() }).optional(),
  /** Of its Service, which cloud load balancers read. */
  annotations: z.record(z.string(), z.string()).optional(),
  /** What leads to it instead of a load balancer: IP addresses or host names. */
  addresses: z.array(z.string().min(1).max(253)).max(8).optional(),
  /** The port at these addresses; 15443 when absent. */
  port: z.number().int().min(1).max(65_535).optional(),
})
export type EastWestGateway = z.infer<typeof EastWestGateway>

/** A service or, with `*.` before it, all of a namespace, as MeshConfig.serviceSettings takes hosts. */
export const ClusterLocalHost = z
  .string()
  .max(253)
  .regex(/^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/)

/** What lies between the clusters of a managed mesh. */
const Networks = z.object({
  /** Network of the control-plane cluster; its FleetCluster's when absent. */
  controlPlane: NetworkName.optional(),
  /** Whether services can be reached from other networks; true when absent. */
  exposeServices: z.boolean().optional(),
  eastWestGateways: z.array(EastWestGateway).max(101).optional(),
  /** Hosts that are reached in the caller's own cluster alone. */
  clusterLocal: z.array(ClusterLocalHost).max(200).optional(),
})

export const MeshSpec = z.object({
  kind: MeshKind,
  displayName: z.string().max(63).optional(),
  version: z.string().max(63).optional(),
  controlPlane: ControlPlane,
  members: z.array(MeshMember).max(100).default([]),
  settings: MeshSettings.default({}),
  networks: Networks.optional(),
  values: z.record(z.string(), z.json()).default({}),
  deletionPolicy: z.enum(['Retain', 'Uninstall']).default('Retain'),
  /** Deleting is refused, by whoever and however, while this is set (deploy/rbac/mesh-guard.yaml). */
  protected: z.boolean().optional(),
  /** Clusters that are not waited for when they are left. */
  leaveBehind: z.array(ClusterName).max(101).optional(),
  repair: z.number().int().min(0).default(0),
  /** While it is true nothing of the mesh is written, whatever it says. */
  suspend: z.boolean().optional(),
})
export type MeshSpec = z.infer<typeof MeshSpec>

/** `..` would lead to another place of the same server than the one that was named. */
const leadsDown = (path: string) => !path.includes('/..')

/** Where the Prometheus is that scrapes the proxies of a cluster: an address, or a Service in the cluster itself. */
export const PrometheusSource = z
  .object({
    /** Base address of its API, without `/api/v1`. */
    url: z
      .string()
      .max(512)
      .regex(/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/)
      .refine(leadsDown)
      .optional(),
    /** Reached through one of its ready Pods, as istiods are: nothing needs to be exposed. */
    service: z
      .object({ namespace: DnsLabel, name: DnsLabel, port: z.number().int().min(1).max(65_535).default(9_090) })
      .optional(),
    /** What comes before `/api/v1`, as `/prometheus`; after the address, where there is one. */
    path: z
      .string()
      .max(253)
      .regex(/^\/[-A-Za-z0-9._~/]*$/)
      .refine(leadsDown)
      .optional(),
    /** `X-Scope-OrgID` (Mimir, Cortex). */
    tenant: z
      .string()
      .max(150)
      .regex(/^[-A-Za-z0-9!_.*'()|]+$/)
      .optional(),
    /**
     * Label by which it tells clusters apart, where it has the series of several: its values are names of clusters, here or as
     * Istio calls them. Absent: all it has are this cluster's.
     */
    clusterLabel: z
      .string()
      .max(63)
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
      .optional(),
  })
  .refine(({ url, service }) => (url === undefined) !== (service === undefined), { path: ['url'] })
export type PrometheusSource = z.infer<typeof PrometheusSource>

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
  prometheus: PrometheusSource.optional(),
})
export type ClusterSpec = z.infer<typeof ClusterSpec>
