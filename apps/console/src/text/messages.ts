import { hiddenName } from '@orbweaver/contracts/hidden-name'
import { listsIn, wordedBlanks, wordsIn } from '@orbweaver/contracts/listed'
import type { Message, Params } from '@orbweaver/contracts/message'
import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { i18n, inEachLanguage, type Language } from './i18n.ts'
import { withoutParams } from './without-params.ts'

/** Sentences by the codes the wire carries (plan titles, reasons, findings, checks), blanks as `{{name}}`. */
export type Sentences = Record<string, string>

/** Adds sentences for codes; a part of the product registers its own when its chunk is loaded. */
export function defineMessages(en: Sentences, zh: Sentences): void {
  addMessages('en', en)
  addMessages('zh', zh)
}

/** How many catalogues are on their way: until all are there, a code without a sentence may yet get one. */
let coming = 0

/**
 * Adds sentences that are many: they are fetched in the reader's language, and in another before it is shown. Done when
 * the reader's are there. Those that cannot be fetched are asked for again when the language is next changed.
 */
export function fetchMessages(fetched: (language: Language) => Promise<Sentences>): Promise<void> {
  return inEachLanguage(async (language) => {
    coming += 1
    let sentences: Sentences = {}
    try {
      sentences = await fetched(language)
    } finally {
      coming -= 1
      addMessages(language, sentences)
    }
  })
}

function addMessages(language: Language, sentences: Sentences): void {
  i18n.addResourceBundle(language, 'messages', sentences, false, true)
}

export type SayMessage = (message: Message) => string

/**
 * Words a `{code, params}` of the wire. A code without a sentence (a newer server, another version) is shown as it is,
 * with what it carries: honest, and searchable. While sentences are on their way it is `…`.
 */
export function useMessage(): SayMessage {
  const { t } = useTranslation('messages', { i18n })
  return useCallback((message) => word(message, t), [t])
}

/** A sentence about anything: its blanks read `…`. */
export function useGeneral(): (code: string) => string {
  const { i18n: now } = useTranslation('messages', { i18n })
  const { language } = now
  return useCallback(
    (code) => {
      const forms = [code, `${code}_other`].map((each): unknown =>
        i18n.getResource(language, 'messages', each, options),
      )
      const sentence = forms.find((each) => typeof each === 'string')
      return typeof sentence === 'string' ? withoutParams(sentence) : unworded(code)
    },
    [language],
  )
}

function word(message: Message, t: TFunction): string {
  const language = i18n.language === 'zh' ? 'zh' : 'en'
  const known = knownNames(message.params, t)
  const told = { ...known, ...listsIn(known, language), ...timesOf(message) }
  const params = { ...told, ...wordsOf(message, t, language), ...whatOf(message, t), ...options }
  const code = singular(message) ?? message.code
  return i18n.exists(code, params) ? t(code, params) : unworded(bare(message))
}

/** A name that the reader may not know is told as one. */
function knownNames(params: Params, t: TFunction): Params {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.replaceAll(hiddenName, t('hidden', options)) : value,
    ]),
  )
}

/** The name of an object as the reader may know it. */
export function useKnownName(): (name: string) => string {
  const { t } = useTranslation('messages', { i18n })
  return useCallback((name) => (name === hiddenName ? t('hidden', options) : name), [t])
}

function unworded(code: string): string {
  return coming > 0 ? '…' : code
}

/** Chinese has no singular of its own: its sentence about one thing, where there is one, names the thing. */
function singular({ code, params }: Message): string | undefined {
  const one = `${code}_one`
  if (params.count !== 1) return undefined
  return i18n.getResource(i18n.language, 'messages', one, { keySeparator: false }) === undefined ? undefined : one
}

/** What a message is about may be told by another: the code of that one is in `what`, its blanks are among the params. */
function whatOf({ params: { what, ...params } }: Message, t: TFunction): { what?: string } {
  return typeof what === 'string' ? { what: word({ code: what, params }, t) } : {}
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

/** Times go over the wire in ISO 8601, and into sentences as the reader writes them, in their zone. */
function timesOf({ params }: Message): Record<string, string> {
  const locale = i18n.language === 'zh' ? 'zh-CN' : 'en-GB'
  const written = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  return Object.fromEntries(
    Object.entries(params).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' && instant.test(value) ? [[key, written.format(Date.parse(value))]] : [],
    ),
  )
}

/** Codes contain dots, which i18next would read as a path. */
const options = { ns: 'messages', keySeparator: false, nsSeparator: false } as const

/** Blanks whose values are words of the API, and under which prefix each has a word of the reader's language. */
const worded = { kind: 'mesh-kind', installer: 'installer', ...wordedBlanks }

function wordsOf({ params }: Message, t: TFunction, language: Language): Record<string, string> {
  const wordOf = (prefix: string, value: string) => {
    const key = `${prefix}.${value}`
    return i18n.exists(key, options) ? t(key, options) : undefined
  }
  return wordsIn(params, language, { blanks: worded, wordOf })
}

function bare(message: Message): string {
  const params = Object.entries(message.params).map(([key, value]) => `${key}=${String(value)}`)
  return [message.code, ...params].join(' ')
}
