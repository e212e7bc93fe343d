import { stringsAt } from '@orbweaver/contracts/json'
import { labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import { isLive } from '../injection/pod-state.ts'
import { kinds } from '../world/kinds.ts'
import { hasLabels, type Labels } from '../world/labels.ts'
import { finding, type Judge } from './finding.ts'
import { destinationsOf } from './routes.ts'
import { definesSubset, type Subset, subsetsOf } from './subsets.ts'
import type { Host, MeshWorld } from './world.ts'

/**
 * Accepted by Istio; requests routed to such a subset get 503 UH. An error where a VirtualService routes to it, else a
 * subset that is not used yet. Judged only for hosts whose Services select Pods.
 */
export const destinationRuleSubsetEmpty: Judge = (world) => {
  if (!world.complete(kinds.pod) || !world.complete(kinds.service)) return []
  return subsetsOf(world).flatMap((subset) => {
    const labels = stringsAt(subset.value, 'labels')
    const host = world.hosts.find(subset.host, subset.rule.metadata.namespace ?? 'default')
    if (host === undefined || Object.keys(labels).length === 0 || selectsSomething(host, labels)) return []
    return [
      finding({
        cluster: world.config.cluster,
        object: subset.rule,
        code: 'destinationrule.subset-empty',
        severity: isRoutedTo(world, subset) ? 'error' : 'info',
        pointer: subset.pointer,
        params: { subset: subset.name, host: host.name, labels: spell(labels) },
        evidence: host.services.map(({ view, service }) => refOf(view.cluster, service)),
        aliases: ['IST0173', 'KIA0203'],
      }),
    ]
  })
}

/** Services without a selector have endpoints that somebody else keeps: nothing to say about those. */
function selectsSomething(host: Host, labels: Labels): boolean {
  return (
    host.services.length === 0 ||
    host.services.some(({ view, service }) => {
      const selector = stringsAt(service, 'spec', 'selector')
      if (Object.keys(selector).length === 0) return true
      const pods = view.list(kinds.pod, host.namespace)
      return pods.some((pod) => isLive(pod) && hasLabels({ ...selector, ...labels }, labelsOf(pod)))
    })
  )
}

function isRoutedTo(world: MeshWorld, subset: Subset): boolean {
  return world.config.list(kinds.virtualService).some((object) => {
    const namespace = object.metadata.namespace ?? 'default'
    return destinationsOf(object).some(
      (each) => each.subset !== undefined && definesSubset(subset, { host: each.host, name: each.subset, namespace }),
    )
  })
}

function spell(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}
