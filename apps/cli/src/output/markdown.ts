import type { FindingCode } from '@orbweaver/contracts/findings'
import { groupedBy } from '@orbweaver/istio/world/grouped'
import { generalOf, type Language } from '../sentences.ts'

const head = `# Finding codes

Written by \`pnpm --silent orbweaver codes > docs/findings.md\` from the code of the findings; do not edit. The console has the same, to be searched,
under *Findings*, *All finding codes*. Where a finding fills something in, \`…\` stands.

A finding is *rejected* where Istio or the API server refuses such an object, *error* where traffic does not go as the object says,
*warning* where it works and not as somebody would expect, *info* where it is worth knowing. *Istio* says what becomes of the object.
`

const istioWords = {
  rejects: 'rejects it',
  ignores: 'accepts it, without effect',
  accepts: 'accepts it and acts on it',
}

/** A page of every code, by what it is about, in both languages. */
export function asMarkdown(codes: readonly FindingCode[]): string {
  const families = groupedBy(codes, ({ code }) => code.slice(0, code.indexOf('.')))
  const parts = [...families].map(([family, of]) => [`## ${family}`, ...of.map(section)].join('\n\n'))
  return `${[head.trimEnd(), ...parts].join('\n\n')}\n`
}

function section({ code, severity, istio, aliases, docs, kinds, fixes }: FindingCode): string {
  const facts = [
    `*${severity}*`,
    `Istio ${istioWords[istio]}`,
    ...(kinds.length === 0 ? [] : [kinds.join(', ')]),
    ...(aliases.length === 0 ? [] : [aliases.join(', ')]),
    ...(docs === undefined ? [] : [`[istio.io](${docs})`]),
  ]
  return [`### ${code}`, facts.join(' · '), said('en'), said('zh')].join('\n\n')

  function said(language: Language): string {
    const say = (...path: string[]) => generalOf(code, path, language)
    const ways = fixes.map((each) => `- ${say('fixes', each)}`)
    const text = `**${say('title')}**: ${say('detail')}`
    return ways.length === 0 ? text : [text, ways.join('\n')].join('\n\n')
  }
}
