import type { Resource } from './client.ts'

type Group = { group: string; version: string }
type Names = [kind: string, plural: string]

const namespaced = ({ group, version }: Group, [kind, plural]: Names): Resource => ({
  group,
  version,
  plural,
  kind,
  namespaced: true,
})
const clusterWide = ({ group, version }: Group, [kind, plural]: Names): Resource => ({
  group,
  version,
  plural,
  kind,
  namespaced: false,
})

const core: Group = { group: '', version: 'v1' }
export const namespaces = clusterWide(core, ['Namespace', 'namespaces'])
export const nodes = clusterWide(core, ['Node', 'nodes'])
export const pods = namespaced(core, ['Pod', 'pods'])
export const services = namespaced(core, ['Service', 'services'])
export const secrets = namespaced(core, ['Secret', 'secrets'])
export const configMaps = namespaced(core, ['ConfigMap', 'configmaps'])
export const serviceAccounts = namespaced(core, ['ServiceAccount', 'serviceaccounts'])
export const events = namespaced(core, ['Event', 'events'])
export const endpoints = namespaced(core, ['Endpoints', 'endpoints'])

export const resourceQuotas = namespaced(core, ['ResourceQuota', 'resourcequotas'])
export const limitRanges = namespaced(core, ['LimitRange', 'limitranges'])

export const endpointSlices = namespaced({ group: 'discovery.k8s.io', version: 'v1' }, [
  'EndpointSlice',
  'endpointslices',
])

const apps: Group = { group: 'apps', version: 'v1' }
export const deployments = namespaced(apps, ['Deployment', 'deployments'])
export const statefulSets = namespaced(apps, ['StatefulSet', 'statefulsets'])
export const daemonSets = namespaced(apps, ['DaemonSet', 'daemonsets'])
export const replicaSets = namespaced(apps, ['ReplicaSet', 'replicasets'])

const batch: Group = { group: 'batch', version: 'v1' }
export const jobs = namespaced(batch, ['Job', 'jobs'])
export const cronJobs = namespaced(batch, ['CronJob', 'cronjobs'])

export const horizontalPodAutoscalers = namespaced({ group: 'autoscaling', version: 'v2' }, [
  'HorizontalPodAutoscaler',
  'horizontalpodautoscalers',
])
export const podDisruptionBudgets = namespaced({ group: 'policy', version: 'v1' }, [
  'PodDisruptionBudget',
  'poddisruptionbudgets',
])

const rbac: Group = { group: 'rbac.authorization.k8s.io', version: 'v1' }
export const roles = namespaced(rbac, ['Role', 'roles'])
export const roleBindings = namespaced(rbac, ['RoleBinding', 'rolebindings'])
export const clusterRoles = clusterWide(rbac, ['ClusterRole', 'clusterroles'])
export const clusterRoleBindings = clusterWide(rbac, ['ClusterRoleBinding', 'clusterrolebindings'])

const admission: Group = { group: 'admissionregistration.k8s.io', version: 'v1' }
export const mutatingWebhookConfigurations = clusterWide(admission, [
  'MutatingWebhookConfiguration',
  'mutatingwebhookconfigurations',
])
export const validatingWebhookConfigurations = clusterWide(admission, [
  'ValidatingWebhookConfiguration',
  'validatingwebhookconfigurations',
])
export const validatingAdmissionPolicies = clusterWide(admission, [
  'ValidatingAdmissionPolicy',
  'validatingadmissionpolicies',
])
export const validatingAdmissionPolicyBindings = clusterWide(admission, [
  'ValidatingAdmissionPolicyBinding',
  'validatingadmissionpolicybindings',
])

export const customResourceDefinitions = clusterWide({ group: 'apiextensions.k8s.io', version: 'v1' }, [
  'CustomResourceDefinition',
  'customresourcedefinitions',
])
export const leases = namespaced({ group: 'coordination.k8s.io', version: 'v1' }, ['Lease', 'leases'])

const networking: Group = { group: 'networking.istio.io', version: 'v1' }
export const virtualServices = namespaced(networking, ['VirtualService', 'virtualservices'])
export const destinationRules = namespaced(networking, ['DestinationRule', 'destinationrules'])
export const istioGateways = namespaced(networking, ['Gateway', 'gateways'])
export const serviceEntries = namespaced(networking, ['ServiceEntry', 'serviceentries'])
export const sidecars = namespaced(networking, ['Sidecar', 'sidecars'])
export const workloadEntries = namespaced(networking, ['WorkloadEntry', 'workloadentries'])
export const workloadGroups = namespaced(networking, ['WorkloadGroup', 'workloadgroups'])
export const envoyFilters = namespaced({ ...networking, version: 'v1alpha3' }, ['EnvoyFilter', 'envoyfilters'])
export const proxyConfigs = namespaced({ ...networking, version: 'v1beta1' }, ['ProxyConfig', 'proxyconfigs'])

const security: Group = { group: 'security.istio.io', version: 'v1' }
export const peerAuthentications = namespaced(security, ['PeerAuthentication', 'peerauthentications'])
export const requestAuthentications = namespaced(security, ['RequestAuthentication', 'requestauthentications'])
export const authorizationPolicies = namespaced(security, ['AuthorizationPolicy', 'authorizationpolicies'])

export const telemetries = namespaced({ group: 'telemetry.istio.io', version: 'v1' }, ['Telemetry', 'telemetries'])
export const wasmPlugins = namespaced({ group: 'extensions.istio.io', version: 'v1alpha1' }, [
  'WasmPlugin',
  'wasmplugins',
])

const gatewayApi: Group = { group: 'gateway.networking.k8s.io', version: 'v1' }
export const gatewayClasses = clusterWide(gatewayApi, ['GatewayClass', 'gatewayclasses'])
export const gateways = namespaced(gatewayApi, ['Gateway', 'gateways'])
export const httpRoutes = namespaced(gatewayApi, ['HTTPRoute', 'httproutes'])
export const grpcRoutes = namespaced(gatewayApi, ['GRPCRoute', 'grpcroutes'])
/** Served as v1 since Gateway API 1.5 only; v1beta1 is served by every release that has it. */
export const referenceGrants = namespaced({ ...gatewayApi, version: 'v1beta1' }, ['ReferenceGrant', 'referencegrants'])
/** Served as v1 since Gateway API 1.4, and read by Istio as v1 since 1.28. */
export const backendTlsPolicies = namespaced(gatewayApi, ['BackendTLSPolicy', 'backendtlspolicies'])

const sail: Group = { group: 'sailoperator.io', version: 'v1' }
export const istios = clusterWide(sail, ['Istio', 'istios'])
export const istioRevisions = clusterWide(sail, ['IstioRevision', 'istiorevisions'])
export const istioRevisionTags = clusterWide(sail, ['IstioRevisionTag', 'istiorevisiontags'])
export const istioCnis = clusterWide(sail, ['IstioCNI', 'istiocnis'])
export const ztunnels = clusterWide(sail, ['ZTunnel', 'ztunnels'])

const orbweaver: Group = { group: 'orbweaver.dev', version: 'v1alpha1' }
export const fleetClusters = clusterWide(orbweaver, ['FleetCluster', 'fleetclusters'])
export const meshes = clusterWide(orbweaver, ['Mesh', 'meshes'])
export const changes = clusterWide(orbweaver, ['Change', 'changes'])
