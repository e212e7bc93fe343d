import { stringsAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { isLive } from '../injection/pod-state.ts'
import { kinds } from '../world/kinds.ts'
import { hasLabels, type Labels } from '../world/labels.ts'
import { finding, type Judge } from './finding.ts'
import { routedIn, subsetsOf } from './subsets.ts'
import type { Host, MeshWorld } from './world.ts'
import { namespaceOf } from '../world/namespace-of.ts'

/**
 * Accepted by Istio; requests routed to such a subset get 503 UH. An error where a VirtualService routes to it, else a
 * subset that is not used yet. Judged only for hosts whose Services select Pods.
 */
export const destinationRuleSubsetEmpty: Judge = (world) => {
  if (!world.complete(kinds.pod) || !world.complete(kinds.service)) return []
  const isRouted = routedIn(world)
  return subsetsOf(world).flatMap((subset) => {
    const labels = stringsAt(subset.value, 'labels')
    const host = world.hosts.find(subset.host, namespaceOf(subset.rule))
    if (host === undefined || Object.keys(labels).length === 0 || selectsSomething(world, host, labels)) return []
    return [
      finding({
        cluster: world.config.cluster,
        object: subset.rule,
        code: 'destinationrule.subset-empty',
        severity: isRouted(subset) ? 'error' : 'info',
        pointer: subset.pointer,
        params: { subset: subset.name, host: host.name, labels: spell(labels) },
        evidence: host.services.map(({ cluster, service }) => refOf(cluster, service)),
        aliases: ['IST0173', 'KIA0203'],
      }),
    ]
  })
}

/** Services without a selector have endpoints that somebody else keeps: nothing to say about those. */
function selectsSomething(world: MeshWorld, host: Host, labels: Labels): boolean {
  return (
    host.services.length === 0 ||
    host.services.some(({ cluster, service }) => {
      const selector = stringsAt(service, 'spec', 'selector')
      if (Object.keys(selector).length === 0) return true
      const wanted = { ...selector, ...labels }
      const view = world.clusters.find((each) => each.cluster === cluster)
      const pods = view?.list(kinds.pod, host.namespace) ?? []
      return pods.some((pod) => hasLabels(pod, wanted) && isLive(pod))
    })
  )
}

function spell(labels: Record<string, string>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}
