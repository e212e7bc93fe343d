import { at, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { stringify } from 'yaml'
import { baseLabels, chartObject, pilotLabels } from './chart-objects.ts'
import { suffixOf } from './names.ts'
import type { Injection } from './render-webhooks.ts'
import { mergeValues } from './values.ts'

function configMap({ revision, namespace }: Injection, base: string, data: Record<string, string>): KubernetesObject {
  const name = `${base}${suffixOf(revision)}`
  const labels = pilotLabels(revision)
  return chartObject({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace, labels }, { data })
}

/** Mesh configuration in force: the chart's defaults under the user's `meshConfig`. */
function meshConfig({ namespace, revision, values }: Injection): JsonRecord {
  const meshId = textAt(values, 'global', 'meshID')
  const defaults: JsonRecord = {
    trustDomain: 'cluster.local',
    rootNamespace: namespace,
    defaultProviders: { metrics: ['prometheus'] },
    defaultConfig: {
      discoveryAddress: `istiod${suffixOf(revision)}.${namespace}.svc:15012`,
      ...(meshId === undefined || meshId === '' ? {} : { meshId }),
    },
  }
  return mergeValues(defaults, recordAt(values, 'meshConfig'))
}

export function meshConfigMap(injection: Injection): KubernetesObject {
  return configMap(injection, 'istio', {
    mesh: stringify(meshConfig(injection)).trimEnd(),
    meshNetworks: stringify({ networks: recordAt(injection.values, 'global', 'meshNetworks') }).trimEnd(),
  })
}

/** Chart values as they were given and as they were merged: the best witness of an installation. */
export function valuesConfigMap(injection: Injection, original: JsonRecord): KubernetesObject {
  return configMap(injection, 'values', {
    'original-values': JSON.stringify(original, undefined, 2),
    'merged-values': JSON.stringify(flattened(injection.values, original), undefined, 2),
  })
}

/** The chart works with the values of its own component at the top, beside those that were given (zzz_profile.yaml). */
function flattened({ pilot, ...values }: JsonRecord, original: JsonRecord): JsonRecord {
  return { ...mergeValues(values, recordAt(pilot)), pilot: recordAt(original, 'pilot') }
}

/** What the injector of this revision reads: policy, selectors and values; the sandbox's istiod has its own template. */
export function injectorConfigMap(injection: Injection): KubernetesObject {
  const { revision, values } = injection
  const hook = ['sidecarInjectorWebhook'] as const
  const config = {
    defaultTemplates: ['sidecar'],
    policy: textAt(values, 'global', 'proxy', 'autoInject') ?? 'enabled',
    alwaysInjectSelector: listAt(values, ...hook, 'alwaysInjectSelector'),
    neverInjectSelector: listAt(values, ...hook, 'neverInjectSelector'),
    injectedAnnotations: recordAt(values, ...hook, 'injectedAnnotations'),
  }
  const shown = {
    global: recordAt(values, 'global'),
    sidecarInjectorWebhook: recordAt(values, ...hook),
    revision: revision === 'default' ? '' : revision,
    pilot: { cni: recordAt(values, 'pilot', 'cni'), env: recordAt(values, 'pilot', 'env') },
  }
  return configMap(injection, 'istio-sidecar-injector', {
    config: stringify(config),
    values: JSON.stringify(shown, undefined, 2),
  })
}

/** Chart base: the account whose token other clusters' istiods get. */
export function readerAccount(namespace: string): KubernetesObject {
  const labels = { ...baseLabels('istio-reader'), app: 'istio-reader' }
  const name = 'istio-reader-service-account'
  return chartObject({ apiVersion: 'v1', kind: 'ServiceAccount', name, namespace, labels }, {})
}

/** The injector's ConfigMap is left out where another cluster's istiod injects. */
export function hasInjectorConfig(values: JsonRecord): boolean {
  return at(values, 'global', 'omitSidecarInjectorConfigMap') !== true
}
