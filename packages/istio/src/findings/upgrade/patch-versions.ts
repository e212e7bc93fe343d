import type { Fix } from '@orbweaver/contracts/plan'
import { readVersion } from '../../versions.ts'
import { kinds } from '../../world/kinds.ts'
import { matched, patchesOf } from '../envoyfilter/patches.ts'
import { versionsFor } from '../envoyfilter/proxy-versions.ts'
import { fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import { changed } from './code.ts'
import { plainOf, type Step } from './step.ts'

const ends = changed('patch-ends', 'warning')
const begins = changed('patch-begins', 'info')

/** Patches for certain versions of proxies, of which one runs before the step and another one after it. */
export function patchVersions({ from, to }: Step): Judge {
  return {
    says: [ends, begins],
    kinds: [kinds.envoyFilter],
    judge(subject) {
      if (from === undefined) return []
      return patchesOf(subject.object).flatMap((patch) => {
        const said = matched(patch, 'proxy', 'proxyVersion')
        const isFor = said === undefined ? undefined : versionsFor(said.text)
        if (said === undefined || isFor === undefined) return []
        const before = isFor(plainOf(from))
        if (before === isFor(plainOf(to))) return []
        const params = { expression: said.text.slice(0, 80), from: plainOf(from), to: plainOf(to) }
        const fixes = before ? lasting(subject, said, to) : []
        return [found(subject, before ? ends : begins, { pointer: said.pointer, params, fixes })]
      })
    },
  }
}

/** The same patch for the minor gone to as well. */
function lasting(subject: Subject, { text, pointer }: { text: string; pointer: string }, to: string): Fix[] {
  const version = readVersion(to)
  if (version === undefined) return []
  const expression = `${text}|^${version.major}\\.${version.minor}\\.`
  if (versionsFor(expression)?.(plainOf(to)) !== true) return []
  return [fix(subject, { code: 'also-after', params: { expression } }, [replace(pointer, expression)])]
}
