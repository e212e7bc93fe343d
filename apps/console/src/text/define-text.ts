import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { i18n } from './i18n.ts'

/** Sentences of one slice, nested at will; `{{name}}` are blanks, keys ending in `_one` and `_other` choose by `count`. */
export type Texts = { [key: string]: string | Texts }

/** What a translation must have: every key, except the singulars that Chinese does not know. */
export type SameShape<T> = {
  [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : SameShape<T[K]>
}

type Stem<K> = K extends `${infer S}_one` ? S : K extends `${infer S}_other` ? S : K
type TextKey<T> = {
  [K in keyof T & string]: T[K] extends string ? Stem<K> : `${K}.${TextKey<T[K]>}`
}[keyof T & string]

/** A list is told as the reader's language lists. */
type TextParams = Record<string, string | number | boolean | readonly string[]>
export type Translate<T> = (key: TextKey<T>, params?: TextParams) => string

/**
 * Makes a slice's words known and gives the hook that says them. Called once in the slice's `text.ts`:
 * `export const useText = defineText('history', en, zh)`. A key that does not exist does not compile.
 */
export function defineText<T extends Texts>(name: string, en: T, zh: SameShape<T>): () => Translate<T> {
  i18n.addResourceBundle('en', name, en)
  i18n.addResourceBundle('zh', name, zh)
  return function useText() {
    const { t } = useTranslation(name, { i18n })
    return useCallback((key: TextKey<T>, params: TextParams = {}) => t(String(key), params), [t])
  }
}
