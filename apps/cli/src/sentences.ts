import { at, type Json, textAt } from '@orbweaver/contracts/json'
import { listsIn, wordedBlanks, wordsIn } from '@orbweaver/contracts/listed'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { istioText as en } from '@orbweaver/istio/text.en'
import { istioText as zh } from '@orbweaver/istio/text.zh'

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

const texts = { en, zh }

type Params = Finding['params']

/** What is wrong, in one line, and what Istio does about it. A code without a sentence is shown as it is. */
export function titleOf(finding: Finding, language: Language): string {
  return sentence(language, [...pathOf(finding.code), 'title'], finding.params) ?? finding.code
}

export function detailOf(finding: Finding, language: Language): string {
  return sentence(language, [...pathOf(finding.code), 'detail'], finding.params) ?? ''
}

export function fixTextOf(finding: Finding, fix: Fix, language: Language): string {
  const params = { ...finding.params, ...fix.params }
  return sentence(language, [...pathOf(finding.code), 'fixes', fix.code], params) ?? fix.code
}

/** A sentence of a code about anything: what a finding fills in reads `…`. */
export function generalOf(code: string, path: readonly string[], language: Language): string {
  const found = sentence(language, [...pathOf(code), ...path], {})
  return found?.replaceAll(blank, '…') ?? code
}

/** A slug's first word is the kind, the rest names what is wrong. */
function pathOf(code: string): string[] {
  const dot = code.indexOf('.')
  return ['finding', code.slice(0, dot), code.slice(dot + 1)]
}

/** What a code says: where it is in the texts, and what fills its blanks. Undefined where there is no such sentence. */
export function sentence(language: Language, path: readonly string[], params: Params): string | undefined {
  const parent: Json | undefined = at(texts[language], ...path.slice(0, -1))
  const last = path.at(-1) ?? ''
  const one = params.count === 1 ? at(parent, `${last}_one`) : undefined
  const found = one ?? at(parent, last) ?? at(parent, `${last}_other`)
  return typeof found === 'string'
    ? filled(found, { ...params, ...listsIn(params, language), ...worded(language, params) })
    : undefined
}

/** Words of the API; in a sentence they are those of the reader's language. */
const worded = (language: Language, params: Params): Params =>
  wordsIn(params, language, {
    blanks: wordedBlanks,
    wordOf: (prefix, value) => textAt(texts[language], ...prefix.split('.'), value),
  })

const blank = /\{\{\s*(\w+)\s*\}\}/g

/** Blanks are `{{name}}`, as i18next has them. */
function filled(text: string, params: Params): string {
  return text.replaceAll(blank, (whole, name: string) => String(params[name] ?? whole))
}
