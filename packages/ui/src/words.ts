import type { en } from './words.en.ts'

/** The kit's own words; what an app says comes in through props. */
export type Words = { [key in keyof typeof en]: string }

type Blanks = Record<string, string | number | readonly string[]>

/** Fills `{name}` blanks; several names are put side by side as these words do it. */
export function fill(words: Words, key: keyof Words, params: Blanks): string {
  const text = (value: Blanks[string]) => (typeof value === 'object' ? value.join(words.between) : String(value))
  return words[key].replace(/\{(\w+)\}/g, (blank, name: string) => text(params[name] ?? blank))
}
