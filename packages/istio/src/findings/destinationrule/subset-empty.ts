import { stringsAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import { isLive } from '../../injection/pod-state.ts'
import { kinds } from '../../world/kinds.ts'
import { hasLabels, type Labels } from '../../world/labels.ts'
import { type Code, found, type Judge } from '../finding.ts'
import type { Host } from '../host-registry.ts'
import { spell } from '../pods.ts'
import { isRouted, subsetsOf } from '../subsets.ts'
import type { MeshWorld } from '../world.ts'

const code: Code = {
  code: 'destinationrule.subset-empty',
  severity: 'error',
  istio: 'accepts',
  aliases: ['IST0173', 'KIA0203'],
}

/**
 * Accepted by Istio; requests routed to such a subset get 503 UH. An error where a VirtualService routes to it, else a
 * subset that is not used yet. Judged only for hosts whose Services select Pods.
 */
export const subsetEmpty: Judge = {
  says: [code],
  kinds: [kinds.destinationRule],
  judge(subject, world) {
    if (!world.complete(kinds.pod) || !world.complete(kinds.service)) return []
    return subsetsOf(subject.object).flatMap((subset) => {
      const labels = stringsAt(subset.value, 'labels')
      const host = world.hosts.find(subset.host, subject.namespace)
      if (host === undefined || Object.keys(labels).length === 0 || selectsSomething(world, host, labels)) return []
      const severity = isRouted(world, subject.object, subset) ? 'error' : 'info'
      const params = { subset: subset.name, host: host.name, labels: spell(labels) }
      const evidence = host.services.map(({ cluster, service }) => refOf(cluster, service))
      return [found(subject, code, { severity, pointer: subset.pointer, params, evidence })]
    })
  },
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
