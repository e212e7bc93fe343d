import type { Params } from './message.ts'

const between = { en: ', ', zh: '、' } as const
type Language = keyof typeof between

/** Names as a sentence lists them: `a, b` in English, `a、b` in Chinese. */
export function listed(names: readonly string[], language: Language): string {
  return names.join(between[language])
}

/** Blanks that several names fill. On the wire they stand as English lists them; such names hardly have commas. */
const lists = new Set([
  'clusters',
  'contexts',
  'fields',
  'gateways',
  'gone',
  'hosts',
  'issuers',
  'kinds',
  'known',
  'labels',
  'lost',
  'methods',
  'missing',
  'names',
  'namespaces',
  'on',
  'others',
  'pods',
  'ports',
  'principals',
  'protocols',
  'providers',
  'revisions',
  'routes',
  'rules',
  'served',
  'servers',
  'services',
  'settings',
  'targets',
  'traffic',
  'values',
  'versions',
  'waypoint',
])

/** Those of the blanks that hold several names, as the language lists them. */
export function listsIn(params: Params, language: Language): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([key, value]): [string, string][] =>
      lists.has(key) && typeof value === 'string' ? [[key, listed(value.split(between.en), language)]] : [],
    ),
  )
}

/**
 * Blanks of sentences that are filled with words of the API: where, among the texts, each of them has a word of the
 * reader's language. A value without one stands as it is.
 */
export const wordedBlanks = {
  level: 'level',
  scope: 'level',
  on: 'access.depends',
  carrier: 'access.carrier',
  trial: 'access.trial',
  because: 'route.tls.kept',
  fault: 'fault',
  ports: 'ports',
} as const

/** How blanks are filled: under which prefix the values of each have words, and what the word of one is, if it has any. */
type Wording = {
  blanks: Readonly<Record<string, string>>
  wordOf: (prefix: string, value: string) => string | undefined
}

/** Words for one value or several, as the wire lists them; blanks of which no value has a word are left out. */
export function wordsIn(params: Params, language: Language, { blanks, wordOf }: Wording): Record<string, string> {
  return Object.fromEntries(
    Object.entries(blanks).flatMap(([blank, prefix]): [string, string][] => {
      const values = String(params[blank] ?? '').split(between.en)
      const words = values.map((each) => wordOf(prefix, each))
      if (words.every((each) => each === undefined)) return []
      return [
        [
          blank,
          listed(
            words.map((each, index) => each ?? values[index] ?? ''),
            language,
          ),
        ],
      ]
    }),
  )
}
