import { stringsAt } from '@orbweaver/contracts/json'
import { isLive } from '../injection/pod-state.ts'
import { kinds } from '../world/kinds.ts'
import { hasLabels } from '../world/labels.ts'
import { finding, type Judge } from './finding.ts'

/** Accepted by Istio, without effect: no proxy takes these servers. A gateway's Pods may be in any namespace and cluster. */
export const gatewaySelectorEmpty: Judge = (world) => {
  if (!world.complete(kinds.pod)) return []
  return world.config.list(kinds.gateway).flatMap((object) => {
    const selector = stringsAt(object, 'spec', 'selector')
    const found = world.clusters.some((view) =>
      view.list(kinds.pod).some((pod) => hasLabels(pod, selector) && isLive(pod)),
    )
    if (found) return []
    const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`)
    return [
      finding({
        cluster: world.config.cluster,
        object,
        code: 'gateway.selector-empty',
        severity: 'warning',
        pointer: '/spec/selector',
        params: { selector: labels.join(',') },
        aliases: ['IST0101', 'KIA0302'],
      }),
    ]
  })
}
