import { at, isRecord } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { fix, found, type Judge } from '../finding.ts'
import { remove } from '../operations.ts'
import { changed } from './code.ts'
import { brings, type Step } from './step.ts'

const code = changed('setting-gone', 'warning', 'ignores')

/** Settings of istiod that a minor has no more (istio releasenotes/notes, remove-*.yaml). */
const gone: readonly (readonly [name: string, since: string])[] = [
  ['METRIC_ROTATION_INTERVAL', '1.28'],
  ['METRIC_GRACEFUL_DELETION_INTERVAL', '1.28'],
  ['PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY', '1.31'],
]

/** What values of an installation set, and the version that is gone to does not read. */
export function settings(step: Step): Judge {
  return {
    says: [code],
    kinds: [kinds.istio],
    where: 'every',
    judge(subject) {
      const values = at(subject.object, 'spec', 'values', 'pilot', 'env')
      if (!isRecord(values)) return []
      return gone
        .filter(([name, since]) => values[name] !== undefined && brings(step, since))
        .map(([setting, since]) => {
          const pointer = `/spec/values/pilot/env/${setting}`
          const params = { setting, since, to: step.to }
          // What the console writes says its Mesh: there it has to be taken out.
          const isOwn = labelsOf(subject.object)[names.mesh] !== undefined
          const fixes = isOwn ? [] : [fix(subject, { code: 'drop-setting', params: { setting } }, [remove(pointer)])]
          return found(subject, code, { pointer, params, fixes })
        })
    },
  }
}
