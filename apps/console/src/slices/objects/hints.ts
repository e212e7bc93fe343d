import { en } from './text.en.ts'

/** Fields of templates that have a sentence of their own below them. */
type HintedField = keyof typeof en.hint

export function isHinted(name: string): name is HintedField {
  return Object.hasOwn(en.hint, name)
}
