import { matcherOf } from '../../simulate/route/regular-expression.ts'
import { kinds } from '../../world/kinds.ts'
import { supportedMinors } from '../../versions.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { matched, patchesOf } from './patches.ts'

const nobody: Code = { code: 'envoyfilter.version-unsupported', severity: 'warning', istio: 'accepts' }

/** Longer ones are taken for no match at all (istio pilot/pkg/model/envoyfilter.go, maxProxyVersionLen; 1.31). */
const longest = 1024

type ForVersion = (version: string) => boolean

/** Whether a patch for these versions is for a proxy of one; undefined where the expression is none, or too large. */
export function versionsFor(proxyVersion: string): ForVersion | undefined {
  if (proxyVersion.length > longest) return () => false
  return matcherOf(`(?s:.*)(?:${proxyVersion})(?s:.*)`)
}

const patches = Array.from({ length: 21 }, (_, patch) => patch)

/** Releases, and some with something behind them. */
function versionsOf(minor: string): string[] {
  const plain = [minor, ...patches.map((each) => `${minor}.${each}`)]
  return [...plain, ...plain.slice(0, 12).map((each) => `${each}-beta.1`)]
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
      const isFor = versionsFor(said.text)
      if (isFor === undefined || candidates.some(isFor)) return []
      const params = { expression: said.text.slice(0, 80), oldest: supportedMinors[0] ?? '' }
      return [found(subject, nobody, { pointer: said.pointer, params })]
    }),
}
