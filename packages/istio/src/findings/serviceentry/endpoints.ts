import { at, listAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { put } from '../operations.ts'
import { podsWith, spell } from '../pods.ts'
import type { MeshWorld } from '../world.ts'

const none: Code = { code: 'serviceentry.no-endpoints', severity: 'error', istio: 'accepts' }
const nobody: Code = { code: 'serviceentry.selector-empty', severity: 'error', istio: 'accepts' }

/** Where there is nobody to send to, clients get 503: no endpoints are listed, or the selector has none. */
export const endpoints: Judge = {
  says: [none, nobody],
  kinds: [kinds.serviceEntry],
  judge(subject, world) {
    const { object, namespace } = subject
    const selector = stringsAt(object, 'spec', 'workloadSelector', 'labels')
    if (Object.keys(selector).length > 0) {
      if (!world.complete(kinds.pod) || !world.config.has(kinds.workloadEntry) || isSelected(subject, world)) return []
      const params = { selector: spell(selector), namespace }
      return [found(subject, nobody, { pointer: '/spec/workloadSelector/labels', params })]
    }
    const isStatic = textAt(object, 'spec', 'resolution') === 'STATIC'
    const selects = at(object, 'spec', 'workloadSelector') !== undefined
    if (!isStatic || selects || listAt(object, 'spec', 'endpoints').length > 0) return []
    const hosts = textsAt(object, 'spec', 'hosts')
    const named = hosts.every((each) => each.includes('.') && !each.startsWith('*'))
    const byName = fix(subject, { code: 'by-name' }, [put('/spec/resolution', 'DNS')])
    const params = { hosts: hosts.join(', ') }
    return [found(subject, none, { pointer: '/spec/resolution', params, fixes: named ? [byName] : [] })]
  },
}

/** Pods and WorkloadEntries of the namespace. */
function isSelected({ object, namespace }: Subject, world: MeshWorld): boolean {
  const selector = stringsAt(object, 'spec', 'workloadSelector', 'labels')
  if (podsWith(world, selector).some(({ pod }) => pod.metadata.namespace === namespace)) return true
  return world.config.list(kinds.workloadEntry, namespace).some((each) => {
    const labels = { ...labelsOf(each), ...stringsAt(each, 'spec', 'labels') }
    return Object.entries(selector).every(([key, value]) => labels[key] === value)
  })
}
