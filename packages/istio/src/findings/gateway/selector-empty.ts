import { stringsAt } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { podsWith, spell } from '../pods.ts'

const code: Code = {
  code: 'gateway.selector-empty',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['IST0101', 'KIA0302'],
}

/** Accepted by Istio, without effect: no proxy takes these servers. A gateway's Pods may be in any namespace and cluster. */
export const selectorEmpty: Judge = {
  says: [code],
  kinds: [kinds.gateway],
  judge(subject, world) {
    if (!world.complete(kinds.pod)) return []
    const selector = stringsAt(subject.object, 'spec', 'selector')
    if (podsWith(world, selector).length > 0) return []
    return [found(subject, code, { pointer: '/spec/selector', params: { selector: spell(selector) } })]
  },
}
