import { flagAt, isRecord, type Json, type JsonRecord, plainRecord, sameJson, textAt } from '@orbweaver/contracts/json'
import { type Effect, effects, type SettingEffects } from '@orbweaver/contracts/plan'
import { clustersOf, type Mesh } from './mesh.ts'
import { controlPlaneValues, memberValues } from './values.ts'

export type EffectRule = {
  /** A path of the chart's values: it and everything below it. The longest that fits holds. */
  prefix: string
  effects: readonly Effect[]
  /** The file of istio (1.30) that makes it so. */
  source: string
}

const chart = 'manifests/charts/istio-control/istio-discovery'
const mesh = `${chart}/templates/configmap.yaml`
const injector = `${chart}/templates/istiod-injector-configmap.yaml`
const template = `${chart}/files/injection-template.yaml`
const deployment = `${chart}/templates/deployment.yaml`
const webhook = `${chart}/templates/mutatingwebhook.yaml`
const hpa = `${chart}/templates/autoscale.yaml`
const validation = `${chart}/templates/validatingwebhookconfiguration.yaml`
const bootstrap = 'pilot/pkg/bootstrap/server.go'

const rule = (prefix: string, source: string, ...what: Effect[]): EffectRule => ({ prefix, effects: what, source })

export const effectRules: readonly EffectRule[] = [
  rule('meshConfig', `${mesh}; pilot/pkg/bootstrap/mesh.go watches it`, 'live'),
  rule('meshConfig.defaultConfig', `${template} (PROXY_CONFIG)`, 'new-pods'),
  rule('meshConfig.proxyListenPort', `${template} (istio-init)`, 'new-pods'),
  rule('meshConfig.proxyInboundListenPort', `${template} (istio-init)`, 'new-pods'),
  rule(
    'meshConfig.trustDomain',
    `${bootstrap} (initSecureDiscoveryService); ${template}`,
    'istiod-restart',
    'new-pods',
  ),
  rule('meshConfig.rootNamespace', `${bootstrap} (RootNamespace)`, 'istiod-restart'),
  rule('meshConfig.configSources', 'pilot/pkg/bootstrap/configcontroller.go', 'istiod-restart'),
  rule('global.meshNetworks', `${mesh} (meshNetworks); pilot/pkg/bootstrap/mesh.go watches it`, 'live'),
  rule('global.meshID', `${mesh} (defaultConfig.meshId); ${template}`, 'new-pods'),
  rule('global.network', `${template} (ISTIO_META_NETWORK)`, 'new-pods'),
  rule('global.proxy', `${injector}; ${template}`, 'new-pods'),
  rule('global.proxy.clusterDomain', `${deployment} (args); ${template}`, 'istiod-rolls', 'new-pods'),
  rule('global.proxy_init', `${injector}; ${template}`, 'new-pods'),
  rule('global.hub', `${deployment} (image); ${template}`, 'istiod-rolls', 'new-pods'),
  rule('global.tag', `${deployment} (image); ${template}`, 'istiod-rolls', 'new-pods'),
  rule('global.variant', `${deployment} (image); ${template}`, 'istiod-rolls', 'new-pods'),
  rule('global.imagePullPolicy', `${deployment}; ${template}`, 'istiod-rolls', 'new-pods'),
  rule('global.imagePullSecrets', `${chart}/templates/serviceaccount.yaml; ${template}`, 'new-pods'),
  rule('global.logAsJson', `${deployment} (args); ${template}`, 'istiod-rolls', 'new-pods'),
  rule('global.logging', `${deployment} (args); ${template}`, 'istiod-rolls', 'new-pods'),
  rule('global.multiCluster', `${deployment} (CLUSTER_ID); ${template}`, 'istiod-rolls', 'new-pods'),
  rule('global.defaultResources', deployment, 'istiod-rolls'),
  rule('global.priorityClassName', deployment, 'istiod-rolls'),
  rule('global.waypoint', `${injector}; ${chart}/files/waypoint.yaml`, 'live'),
  rule('global.remotePilotAddress', `${chart}/templates/remote-istiod-service.yaml`, 'live'),
  rule('global.defaultPodDisruptionBudget', `${chart}/templates/poddisruptionbudget.yaml`, 'live'),
  ...['caAddress', 'caName', 'mountMtlsCerts', 'sts', 'nativeNftables'].map((each) =>
    rule(`global.${each}`, template, 'new-pods'),
  ),
  ...['pilotCertProvider', 'sds', 'trustBundleName'].map((each) =>
    rule(`global.${each}`, `${deployment}; ${template}`, 'istiod-rolls', 'new-pods'),
  ),
  rule('global.externalIstiod', deployment, 'istiod-rolls'),
  rule('global.istiod', `${deployment} (args)`, 'istiod-rolls'),
  rule('global.platform', `${deployment} (env)`, 'istiod-rolls'),
  rule('global.agentgateway', `${injector}; ${chart}/files/agentgateway.yaml`, 'live'),
  rule('global.certSigners', `${chart}/templates/clusterrole.yaml`, 'live'),
  rule('global.configCluster', `${chart}/templates/clusterrole.yaml`, 'live'),
  rule('global.configValidation', validation, 'live'),
  rule('global.enableReaderRBAC', `${chart}/templates/reader-clusterrole.yaml`, 'live'),
  rule('global.readerServiceAccount', `${chart}/templates/reader-clusterrolebinding.yaml`, 'live'),
  rule('global.ipFamilies', `${chart}/templates/remote-istiod-service.yaml`, 'live'),
  rule('global.ipFamilyPolicy', `${chart}/templates/remote-istiod-service.yaml`, 'live'),
  rule('global.networkPolicy', `${chart}/templates/networkpolicy.yaml`, 'live'),
  rule('global.operatorManageWebhooks', webhook, 'live'),
  rule('global.tracer', `${mesh} (defaultConfig.tracing); ${template}`, 'new-pods'),
  rule('base.validationURL', validation, 'live'),
  rule('base.validationCABundle', validation, 'live'),
  rule('experimental.stableValidationPolicy', `${chart}/templates/validatingadmissionpolicy.yaml`, 'live'),
  rule(
    'gatewayClasses',
    `${chart}/templates/gateway-class-configmap.yaml; pilot/pkg/config/kube/gateway watches it`,
    'live',
  ),
  rule('sidecarInjectorWebhook', `${injector}; ${template}`, 'new-pods'),
  rule('sidecarInjectorWebhook.enableNamespacesByDefault', webhook, 'new-pods'),
  rule('sidecarInjectorWebhook.reinvocationPolicy', webhook, 'new-pods'),
  rule('telemetry', `${mesh} (defaultProviders)`, 'live'),
  rule('pilot', deployment, 'istiod-rolls'),
  rule('pilot.autoscaleMin', hpa, 'live'),
  rule('pilot.autoscaleMax', hpa, 'live'),
  rule('pilot.autoscaleBehavior', hpa, 'live'),
  rule('pilot.cpu', hpa, 'live'),
  rule('pilot.memory', hpa, 'live'),
  rule('pilot.autoscaleEnabled', `${hpa}; ${deployment} (replicas)`, 'live'),
  rule('pilot.replicaCount', `${deployment} (replicas)`, 'live'),
  rule('pilot.serviceAnnotations', `${chart}/templates/service.yaml`, 'live'),
  rule('pilot.cni', `${template}`, 'new-pods'),
]

/** A value whose way into Istio is not known here: nothing less than everything can be promised. */
const unknown: EffectRule = { prefix: '', effects: ['istiod-restart', 'new-pods'], source: '' }

export function effectOf(path: string): EffectRule {
  const fitting = effectRules.filter(({ prefix }) => path === prefix || path.startsWith(`${prefix}.`))
  return fitting.reduce((best, each) => (each.prefix.length > best.prefix.length ? each : best), unknown)
}

type Changed = { path: string; cluster: string; rule: EffectRule }

/** What a change of a mesh's settings does, by when it does it; a value with two effects is in both groups. */
export function settingEffects(before: Mesh, after: Mesh): SettingEffects[] {
  const changed = [...primaryChanges(before, after), ...memberChanges(before, after)]
  return effects.flatMap((effect) => {
    const settings = changed
      .filter((each) => each.rule.effects.includes(effect))
      .map(({ path, cluster, rule: { source } }) => ({ path, cluster, source }))
    return settings.length === 0 ? [] : [{ effect, settings }]
  })
}

function primaryChanges(before: Mesh, after: Mesh): Changed[] {
  const { cluster } = after.controlPlane
  const paths = [
    ...changedPaths(controlPlaneValues(before), controlPlaneValues(after)),
    ...(meshIdOf(before) === meshIdOf(after) ? [] : ['global.meshID']),
  ]
  const changed = paths.map((path) => ({ path, cluster, rule: effectOf(path) }))
  const isolated = (mesh: Mesh) => flagAt(mesh.settings, 'sidecar', 'discoveryIsolation') === true
  const scope = isolated(before) === isolated(after) ? [] : [{ path: scopeRule.prefix, cluster, rule: scopeRule }]
  const { entrance } = after.controlPlane
  const moved = sameJson(plainRecord(before.controlPlane.entrance), plainRecord(entrance))
  return [...changed, ...scope, ...(moved ? [] : [{ path: entranceRule.prefix, cluster, rule: entranceRule }])]
}

/** Clusters that are members before and after: who joins or leaves is another matter. */
function memberChanges(before: Mesh, after: Mesh): Changed[] {
  const stay = clustersOf(before).filter((each) => after.members.some((member) => member.cluster === each))
  return stay.flatMap((cluster) =>
    changedPaths(memberValues(before, cluster), memberValues(after, cluster)).map((path) => ({
      path,
      cluster,
      rule: effectOf(path),
    })),
  )
}

/** Settings that are no value of the chart but objects: a Sidecar in the root namespace, and the entrance's Service. */
const scopeRule = rule('settings.sidecar.discoveryIsolation', 'pilot/pkg/model/sidecar.go', 'live')
const entranceRule = rule('controlPlane.entrance', `${chart}/templates/remote-istiod-service.yaml`, 'live')

function meshIdOf(mesh: Mesh): string {
  return textAt(mesh.settings, 'system', 'meshId') ?? mesh.name
}

/** Paths of two documents at which they differ. Lists are one value, as Helm replaces them whole. */
export function changedPaths(before: JsonRecord, after: JsonRecord, above = ''): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return keys.flatMap((key) => {
    const path = above === '' ? key : `${above}.${key}`
    const [was, is] = [before[key], after[key]]
    if (same(was, is)) return []
    // A map that was not there is told by what is in it.
    if (isMap(was) && isMap(is)) return changedPaths(was ?? {}, is ?? {}, path)
    return [path]
  })
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameJson(a, b)
}

function isMap(value: Json | undefined): value is JsonRecord | undefined {
  return value === undefined || (isRecord(value) && Object.keys(value).length > 0)
}
