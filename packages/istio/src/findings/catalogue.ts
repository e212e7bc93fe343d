import type { FindingCode } from '@orbweaver/contracts/findings'
import { isRecord, recordAt } from '@orbweaver/contracts/json'
import type { Code } from './finding.ts'
import { judges } from './judges.ts'
import { structureJudge } from './schema/structure.ts'
import { findingText } from './text.en.ts'
import { upgradeJudges } from './upgrade/judges.ts'

/** Of those that only some ask for it is enough here what they say. */
const everyJudge = [...judges, structureJudge([]), ...upgradeJudges({ from: undefined, to: '' })]

/** Everything that can be found, by its slug: as it is said first, with the codes by which others know any of its cases. */
export const codes: ReadonlyMap<string, Code> = bySlug(everyJudge.flatMap(({ says }) => says))

function bySlug(all: readonly Code[]): Map<string, Code> {
  const known = new Map<string, Code>()
  for (const each of all) {
    const { aliases = [], ...first } = known.get(each.code) ?? each
    known.set(each.code, { ...first, aliases: [...new Set([...aliases, ...(each.aliases ?? [])])] })
  }
  return known
}

/** The same to be read, by slug, with the kinds whose objects are looked at for it and the slugs of its ways out. */
export function catalogue(): FindingCode[] {
  const all = [...codes.values()].map(({ code, severity, istio, aliases = [], docs }): FindingCode => {
    const page = docsOf({ aliases, ...(docs !== undefined && { docs }) })
    return {
      code,
      severity,
      istio,
      aliases: [...aliases],
      ...(page !== undefined && { docs: page }),
      kinds: kindsOf(code),
      fixes: fixesOf(code),
    }
  })
  return all.toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

function kindsOf(code: string): string[] {
  const asked = everyJudge.filter(({ says }) => says.some((each) => each.code === code))
  return [...new Set(asked.flatMap(({ kinds }) => kinds).map((each) => each.slice(each.lastIndexOf('/') + 1)))]
}

function fixesOf(code: string): string[] {
  const [family = '', what = ''] = code.split('.')
  const text: unknown = findingText
  const said = isRecord(text) ? recordAt(text, family, what, 'fixes') : {}
  return [...new Set(Object.keys(said).map((each) => each.replace(/_(one|other)$/, '')))]
}

const istioDocs = 'https://istio.io/latest/docs/'

/** Where Istio explains it: the page of the code itself, else that of the first code of istioctl's it goes by. */
export function docsOf({ docs, aliases = [] }: Pick<Code, 'docs' | 'aliases'>): string | undefined {
  if (docs !== undefined) return istioDocs + docs
  const analyser = aliases.find((each) => each.startsWith('IST'))
  return analyser === undefined ? undefined : `${istioDocs}reference/config/analysis/${analyser.toLowerCase()}/`
}
