import { matchesWhole } from '../../simulate/route/regular-expression.ts'
import { kinds } from '../../world/kinds.ts'
import { compileProblem } from '../../validation/re2.ts'
import { supportedMinors } from '../../versions.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { matched, patchesOf } from './patches.ts'

const nobody: Code = { code: 'envoyfilter.version-unsupported', severity: 'warning', istio: 'accepts' }

/** Longer ones are taken for no match at all (istio pilot/pkg/model/envoyfilter.go, maxProxyVersionLen; 1.31). */
const longest = 1024

/** More repetitions than are worked out here. */
const manyTimes = /\{\d{3}/

/** Whether a patch for these versions is for a proxy of this one; undefined where the expression is none. */
export function isForVersion(proxyVersion: string, version: string): boolean | undefined {
  if (proxyVersion.length > longest) return false
  if (compileProblem(proxyVersion) !== undefined || manyTimes.test(proxyVersion)) return undefined
  return matchesWhole(`(?s:.*)(?:${proxyVersion})(?s:.*)`, version)
}

const patches = Array.from({ length: 21 }, (_, patch) => patch)

/** Releases, and with something behind them. */
function versionsOf(minor: string): string[] {
  return [minor, `${minor}-beta.1`, ...patches.flatMap((each) => [`${minor}.${each}`, `${minor}.${each}-beta.1`])]
}

/** Who builds proxies calls them as they please: of what has letters in it nobody knows. */
const named = /[A-Za-z]/
const escapes = /\\[dDwWsSbBAz]/g

const candidates = supportedMinors.flatMap(versionsOf)

/** Patches for versions of proxies that are all out of support, or that never were. */
export const proxyVersions: Judge = {
  says: [nobody],
  kinds: [kinds.envoyFilter],
  judge: (subject) =>
    patchesOf(subject.object).flatMap((patch) => {
      const said = matched(patch, 'proxy', 'proxyVersion')
      if (said === undefined || named.test(said.text.replaceAll(escapes, ''))) return []
      if (candidates.some((each) => isForVersion(said.text, each) !== false)) return []
      const params = { expression: said.text.slice(0, 80), oldest: supportedMinors[0] ?? '' }
      return [found(subject, nobody, { pointer: said.pointer, params })]
    }),
}
