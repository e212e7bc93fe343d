import type { Resource } from '@orbweaver/kube/client'

const core = (plural: string, kind: string, namespaced = true): Resource => ({
  group: '',
  version: 'v1',
  plural,
  kind,
  namespaced,
})

export const pods = core('pods', 'Pod')
export const services = core('services', 'Service')
export const secrets = core('secrets', 'Secret')
export const configMaps = core('configmaps', 'ConfigMap')
export const serviceAccounts = core('serviceaccounts', 'ServiceAccount')
export const namespaces = core('namespaces', 'Namespace', false)
export const nodes = core('nodes', 'Node', false)
export const endpointSlices: Resource = {
  group: 'discovery.k8s.io',
  version: 'v1',
  plural: 'endpointslices',
  kind: 'EndpointSlice',
  namespaced: true,
}
export const portForwards: Resource = {
  group: 'kwok.x-k8s.io',
  version: 'v1alpha1',
  plural: 'portforwards',
  kind: 'PortForward',
  namespaced: true,
}
