import { type Json, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { type LabelRequirement, labelSelectorOf } from '@orbweaver/contracts/selectors'
import { documentAt } from '../meshes/config-maps.ts'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'

/** What one revision's istiod does with Pods that passed the API server's selectors. */
export type InjectorPolicy = {
  /** `enabled`, `disabled`, or what istiod does not know: with that it injects nothing, whatever a Pod asks for. */
  autoInject: string
  neverInject: LabelRequirement[][]
  alwaysInject: LabelRequirement[][]
  /** Names of its templates; undefined where its configuration was not read. */
  templates: readonly string[] | undefined
}

/** The chart's defaults: inject whatever the webhooks let through. Also assumed where nothing was read. */
export const defaultPolicy: InjectorPolicy = {
  autoInject: 'enabled',
  neverInject: [],
  alwaysInject: [],
  templates: undefined,
}

/**
 * Policies by revision: from the values of Sail's IstioRevision, and from key `values` (JSON) of the ConfigMaps
 * `istio-sidecar-injector*`, which wins. The chart renders key `config`, which istiod reads, from these same values
 * (istiod-injector-configmap.yaml); a `config` edited by hand is not seen here.
 */
export function policiesOf(view: ClusterView): Map<string, InjectorPolicy> {
  const found = new Map<string, InjectorPolicy>()
  for (const revision of view.list(kinds.istioRevision)) {
    found.set(revision.metadata.name, readPolicy(recordAt(revision, 'spec', 'values')))
  }
  for (const map of view.list(kinds.configMap)) {
    if (!map.metadata.name.startsWith('istio-sidecar-injector')) continue
    const values = documentAt(map, 'values')
    if (values !== undefined) found.set(labelsOf(map)[names.revision] ?? 'default', readPolicy(values))
  }
  return found
}

function readPolicy(values: Json): InjectorPolicy {
  return {
    autoInject: textAt(values, 'global', 'proxy', 'autoInject') ?? defaultPolicy.autoInject,
    neverInject: selectors(values, 'neverInjectSelector'),
    alwaysInject: selectors(values, 'alwaysInjectSelector'),
    templates: [...ofTheChart, ...Object.keys(recordAt(values, 'sidecarInjectorWebhook', 'templates'))],
  }
}

/** What the chart always renders; a revision that is older knows fewer. */
const ofTheChart = [
  'sidecar',
  'gateway',
  'grpc-simple',
  'grpc-agent',
  'waypoint',
  'kube-gateway',
  'agentgateway',
  'agentgateway-waypoint',
]

/** Malformed selectors and empty ones count for nothing (istio pkg/kube/inject/inject.go, injectRequired). */
function selectors(values: Json, name: string): LabelRequirement[][] {
  return listAt(values, 'sidecarInjectorWebhook', name)
    .map(labelSelectorOf)
    .filter((each) => each !== undefined)
    .filter((each) => each.length > 0)
}
