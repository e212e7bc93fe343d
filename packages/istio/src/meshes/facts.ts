import { flagAt, type Json, type JsonRecord, listAt, recordAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { type FactKey, factKeys } from '@orbweaver/contracts/running-control-plane'
import { type LabelRequirement, labelSelectorOf } from '@orbweaver/contracts/selectors'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import { type ConfigMapBase, configMapNames, documentAt } from './config-maps.ts'

/** One thing a control plane says of itself, and the object that says it: who may not read that is not told. */
export type ControlPlaneFact = { key: FactKey; value: string; from: ObjectRef }

export type Place = { revision: string; namespace: string }

/**
 * What a revision's objects say, the likelier truth first: the network label of its namespace, which istiod goes by;
 * the mesh configuration it reads; the values it was rendered with. Several objects may say the same.
 */
export function factsIn(view: ClusterView, place: Place): ControlPlaneFact[] {
  const home = view.get(kinds.namespace, place.namespace)
  const map = configMapIn(view, 'istio', place)
  return [
    ...told(view, home, { network: home === undefined ? undefined : labelsOf(home)[names.network] }),
    ...told(view, map, meshFacts(documentAt(map, 'mesh') ?? {})),
    ...valuesIn(view, place).flatMap(({ object, values }) => told(view, object, valueFacts(values))),
  ]
}

/** What an object says, as facts; what it leaves open or empty is none. */
export function told(
  view: ClusterView,
  object: KubernetesObject | undefined,
  said: { [Key in FactKey]?: string | undefined },
): ControlPlaneFact[] {
  if (object === undefined) return []
  const from = refOf(view.cluster, object)
  return factKeys.flatMap((key) => {
    const value = said[key]
    return value === undefined || value === '' ? [] : [{ key, value, from }]
  })
}

/** The first that says it, whoever may read that. */
export function factOf(facts: readonly ControlPlaneFact[], key: FactKey): string | undefined {
  return facts.find((each) => each.key === key)?.value
}

/**
 * Helm values of a revision: of its IstioRevision; of ConfigMap `values`; of the injector's, which is all there was
 * before Istio 1.24.
 */
export function valuesIn(view: ClusterView, place: Place): { object: KubernetesObject; values: Json }[] {
  const revision = view.get(kinds.istioRevision, place.revision)
  const map = configMapIn(view, 'values', place)
  const injector = configMapIn(view, 'istio-sidecar-injector', place)
  const found = [
    { object: revision, values: recordAt(revision, 'spec', 'values') },
    { object: map, values: documentAt(map, 'merged-values') },
    { object: injector, values: documentAt(injector, 'values') },
  ]
  return found.flatMap(({ object, values }) =>
    object === undefined || values === undefined ? [] : [{ object, values }],
  )
}

/** What a revision reads as its mesh configuration; empty where it cannot be read. */
export function meshConfigIn(view: ClusterView, place: Place): JsonRecord {
  return recordAt(documentAt(configMapIn(view, 'istio', place), 'mesh'))
}

function configMapIn(
  view: ClusterView,
  base: ConfigMapBase,
  { revision, namespace }: Place,
): KubernetesObject | undefined {
  const maps = configMapNames(base, revision).map((name) => view.get(kinds.configMap, name, namespace))
  return maps.find((each) => each !== undefined)
}

/** istio.mesh.v1alpha1.MeshConfig; what it leaves open is Istio's default and no fact. */
function meshFacts(mesh: Json) {
  const selectors = listAt(mesh, 'discoverySelectors')
  return {
    meshId: textAt(mesh, 'defaultConfig', 'meshId'),
    trustDomain: textAt(mesh, 'trustDomain'),
    trustDomainAliases: textsAt(mesh, 'trustDomainAliases').join(', '),
    rootNamespace: textAt(mesh, 'rootNamespace'),
    outboundTrafficPolicy: textAt(mesh, 'outboundTrafficPolicy', 'mode'),
    accessLogFile: textAt(mesh, 'accessLogFile'),
    tracing: flagText(flagAt(mesh, 'enableTracing')),
    discoverySelectors: selectors.map((each) => selectorText(labelSelectorOf(each) ?? [])).join(' | '),
  }
}

/** The chart's defaults are empty texts: those say nothing. */
function valueFacts(values: Json) {
  const mesh = meshFacts(recordAt(values, 'meshConfig'))
  return {
    ...mesh,
    clusterId: textAt(values, 'global', 'multiCluster', 'clusterName'),
    network: textAt(values, 'global', 'network'),
    meshId: textAt(values, 'global', 'meshID') || mesh.meshId,
    injectByDefault: flagText(flagAt(values, 'sidecarInjectorWebhook', 'enableNamespacesByDefault')),
  }
}

function flagText(flag: boolean | undefined): string | undefined {
  return flag === undefined ? undefined : String(flag)
}

/** As `kubectl get -l` takes it. */
function selectorText(requirements: readonly LabelRequirement[]): string {
  const texts = requirements.map(({ key, operator, values }) => {
    if (operator === 'Exists') return key
    if (operator === 'DoesNotExist') return `!${key}`
    const [only] = values
    if (operator === 'In' && values.length === 1 && only !== undefined) return `${key}=${only}`
    return `${key} ${operator.toLowerCase()} (${values.join(',')})`
  })
  return texts.join(',')
}
