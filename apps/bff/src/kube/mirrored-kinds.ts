import type { Json } from '@orbweaver/contracts/json'
import { writesData } from '@orbweaver/istio/certificates/secret'
import { configMapSelector } from '@orbweaver/istio/meshes/config-maps'
import type { Resource } from '@orbweaver/kube/client'
import * as kinds from '@orbweaver/kube/resources'
import * as project from './projections.ts'

/**
 * One kind that the mirror watches. `always` is served by every cluster; `crd` comes and goes with its definition.
 * A cluster is as true as its `vital` kinds: the others may be forbidden or late without saying anything about the rest.
 */
export type MirroredKind = {
  resource: Resource
  project: project.Projection
  served: 'always' | 'crd'
  vital: boolean
  fieldSelector?: string
  labelSelector?: string
  /** Entries of managedFields that the projection is given; otherwise those of meshes' blueprints. */
  keepsWriter?: (entry: Json) => boolean
}

type Kept = Omit<MirroredKind, 'resource' | 'served'>
const builtIn = (resource: Resource, kept: Kept): MirroredKind => ({ resource, served: 'always', ...kept })
const custom = (resource: Resource): MirroredKind => ({ resource, served: 'crd', project: project.whole, vital: false })

const definitions = builtIn(kinds.customResourceDefinitions, { project: project.customResourceDefinition, vital: true })
const namespaces = builtIn(kinds.namespaces, { project: project.whole, vital: true })

/** What istiod reads: in the order in which a person would apply it. */
export const istioKinds: readonly Resource[] = [
  kinds.istioGateways,
  kinds.virtualServices,
  kinds.destinationRules,
  kinds.serviceEntries,
  kinds.workloadGroups,
  kinds.workloadEntries,
  kinds.sidecars,
  kinds.envoyFilters,
  kinds.proxyConfigs,
  kinds.peerAuthentications,
  kinds.requestAuthentications,
  kinds.authorizationPolicies,
  kinds.telemetries,
  kinds.wasmPlugins,
]
const gatewayApi = [
  kinds.gatewayClasses,
  kinds.gateways,
  kinds.httpRoutes,
  kinds.grpcRoutes,
  kinds.referenceGrants,
  kinds.backendTlsPolicies,
]
const sail = [kinds.istios, kinds.istioRevisions, kinds.istioRevisionTags, kinds.istioCnis, kinds.ztunnels]

/** A cluster with workloads: what deploy/rbac/member.yaml lets the console's own account list. */
export const memberKinds: readonly MirroredKind[] = [
  definitions,
  namespaces,
  builtIn(kinds.services, { project: project.whole, vital: true }),
  builtIn(kinds.pods, { project: project.pod, vital: true }),
  builtIn(kinds.deployments, { project: project.workload, vital: true }),
  builtIn(kinds.statefulSets, { project: project.workload, vital: false }),
  builtIn(kinds.daemonSets, { project: project.workload, vital: false }),
  builtIn(kinds.replicaSets, { project: project.workload, vital: false }),
  builtIn(kinds.jobs, { project: project.workload, vital: false }),
  builtIn(kinds.cronJobs, { project: project.cronJob, vital: false }),
  builtIn(kinds.nodes, { project: project.node, vital: false }),
  builtIn(kinds.endpointSlices, { project: project.endpointSlice, vital: false }),
  builtIn(kinds.mutatingWebhookConfigurations, { project: project.whole, vital: false }),
  builtIn(kinds.validatingWebhookConfigurations, { project: project.whole, vital: false }),
  // Helm keeps every release of everything in Secrets of up to 1 MiB, and none concerns a mesh.
  builtIn(kinds.secrets, {
    project: project.secret,
    vital: false,
    fieldSelector: 'type!=helm.sh/release.v1',
    keepsWriter: writesData,
  }),
  // Istio's own, some three a control plane, and never the others of a cluster.
  builtIn(kinds.configMaps, { project: project.configMap, vital: false, labelSelector: configMapSelector }),
  ...[...istioKinds, ...gatewayApi, ...sail].map(custom),
]

/** The hub as hub: deploy/rbac/hub.yaml. Where it carries workloads too it is registered, and mirrored as a member. */
export const hubKinds: readonly MirroredKind[] = [
  definitions,
  namespaces,
  ...[kinds.fleetClusters, kinds.meshes, kinds.changes].map(custom),
]

/** Kinds whose objects in the mirror are complete: only these can be compared with what somebody wants. */
const whole = new Set(
  [...memberKinds, ...hubKinds].filter((each) => each.project === project.whole).map(({ resource }) => keyOf(resource)),
)

export function isKeptWhole(resource: Resource): boolean {
  return whole.has(keyOf(resource))
}

function keyOf({ group, plural }: Resource): string {
  return `${plural}.${group}`
}
