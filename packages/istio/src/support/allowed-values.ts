import { tracingProviders } from '@orbweaver/contracts/mesh-settings'
import { meshPaths, valuePaths } from '../meshes/config-maps.ts'
import { everySetting } from '../meshes/settings.ts'
import { type Allowed, allowing } from './redact.ts'

/** Settings that are no plain text: parts of them are below, and commands of a lifecycle hook may hold anything. */
const open = new Set(['lifecycle', 'tracingProvider', 'distribute', 'failover'])
const settings = everySetting.filter(({ id }) => !open.has(id)).map(({ setting }) => setting)

/** Below `governance.locality` of a Mesh as below `localityLbSetting` of Istio. */
const localityPaths = ['distribute.from', 'failover.from', 'failover.to']

/** Of meshConfig beyond the settings of a Mesh. Of tracers it is told where they are: headers may hold tokens. */
const morePaths = [
  ...meshPaths.filter((path) => !/(discoverySelectors|serviceSettings)$/.test(path)),
  'discoverySelectors.matchLabels.*',
  'discoverySelectors.matchExpressions.*',
  'defaultProviders.*',
  'defaultConfig.discoveryAddress',
  'defaultConfig.tracing.zipkin.address',
  'extensionProviders.name',
  ...tracingProviders.map((each) => `extensionProviders.${each}.service`),
  ...localityPaths.map((path) => `localityLbSetting.${path}`),
  'serviceSettings.hosts',
]

const configPrefix = 'meshConfig.'
const written = settings.map(({ to }) => to).filter((to) => to !== undefined)

/** `istio.mesh.v1alpha1.MeshConfig`, as a ConfigMap holds it. */
export const meshConfigAllowed: Allowed = allowing([
  ...morePaths,
  ...written.filter((to) => to.startsWith(configPrefix)).map((to) => to.slice(configPrefix.length)),
])

/** Helm values of Istio's charts: what is a setting of a Mesh or is judged by. Anything else may be a secret. */
export const valuesAllowed: Allowed = allowing([
  ...written,
  ...valuePaths.filter((path) => !/(discoverySelectors|serviceSettings)$/.test(path)),
  ...morePaths.map((path) => `${configPrefix}${path}`),
  'defaultRevision',
  'profile',
  'revision',
  'revisionTags',
  'global.hub',
  'global.tag',
  'global.variant',
  'global.platform',
  'global.istioNamespace',
  'global.meshNetworks.*.endpoints.fromRegistry',
  'global.meshNetworks.*.gateways.address',
  'istiodRemote.injectionPath',
  'pilot.hub',
  'pilot.image',
  'pilot.tag',
  'pilot.resources.requests.*',
  'pilot.resources.limits.*',
])

/** `spec.settings` of a Mesh. */
export const settingsAllowed: Allowed = allowing([
  ...settings.map(({ path }) => path.join('.')),
  ...localityPaths.map((path) => `governance.locality.${path}`),
  'system.tracing.provider.type',
  'system.tracing.provider.service',
])
