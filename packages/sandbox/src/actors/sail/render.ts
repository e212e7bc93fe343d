import { flagAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type Charts, chartValues, type RevisionToRender } from './chart-objects.ts'
import { hasInjectorConfig, injectorConfigMap, meshConfigMap, readerAccount, valuesConfigMap } from './render-config.ts'
import { istiodDeployment, istiodScaling, istiodService, remoteService, tagService } from './render-istiod.ts'
import { renderAgent } from './render-node-agents.ts'
import { istiodAccount, readerRole } from './render-rbac.ts'
import { defaultValidator, type Injection, injectorWebhook, revisionValidator, tagWebhook } from './render-webhooks.ts'

/**
 * The sandbox's charts: the objects of one revision with the names, labels, selectors, ports and webhook rules of
 * Istio's own (manifests/charts, master of 2026-08-27), without the container details nobody looks at.
 */
export function renderRevision(revision: RevisionToRender): Promise<KubernetesObject[]> {
  const values = chartValues(revision)
  const injection = { revision: revision.name, namespace: revision.namespace, values }
  const base = revision.name === 'default' ? baseChart(injection) : []
  const always = [
    ...base,
    valuesConfigMap(injection, revision.values),
    injectorWebhook(injection),
    ...readerRole(injection),
  ]
  if (flagAt(values, 'istiodRemote', 'enabled') === true) {
    return Promise.resolve([...always, ...remoteService(injection)])
  }
  const injector = hasInjectorConfig(values) ? [injectorConfigMap(injection)] : []
  return Promise.resolve([
    ...istiodAccount(injection),
    ...always,
    meshConfigMap(injection),
    ...injector,
    revisionValidator(injection),
    istiodDeployment(injection),
    istiodService(injection),
    ...istiodScaling(injection),
  ])
}

/** Comes with whatever is named `default`, a revision or a tag. */
function baseChart(injection: Injection): KubernetesObject[] {
  return [readerAccount(injection.namespace), defaultValidator(injection)]
}

/** Another name for a revision's webhooks. */
function renderTag(tag: string, revision: RevisionToRender): Promise<KubernetesObject[]> {
  const { name, namespace } = revision
  const injection = { revision: name, namespace, values: chartValues(revision) }
  const base = tag === 'default' ? baseChart(injection) : []
  return Promise.resolve([tagWebhook(tag, injection), tagService(tag, injection), ...base])
}

export const sandboxCharts: Charts = { revision: renderRevision, tag: renderTag, agent: renderAgent }
