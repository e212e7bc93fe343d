import { listAt, stringsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { spell } from '../pods.ts'
import { areTogether } from './served.ts'

const none: Code = { code: 'gateway.no-servers', severity: 'rejected', istio: 'rejects', aliases: ['IST0101'] }

/**
 * A Gateway that opens nothing: istiod refuses it. istioctl takes its selector for one that leads nowhere, unless another
 * Gateway of the same proxies opens something (istio analyzers/gateway/conflictinggateway.go).
 */
export const noServers: Judge = {
  says: [none],
  kinds: [kinds.gateway],
  judge(subject, world) {
    const selector = stringsAt(subject.object, 'spec', 'selector')
    if (isServing(subject.object) || Object.keys(selector).length === 0) return []
    const isLed = world.config
      .list(kinds.gateway)
      .some((each) => isServing(each) && areTogether(world, selector, stringsAt(each, 'spec', 'selector')))
    return isLed ? [] : [found(subject, none, { pointer: '/spec', params: { selector: spell(selector) } })]
  },
}

function isServing(gateway: KubernetesObject): boolean {
  return listAt(gateway, 'spec', 'servers').length > 0
}
