import { listed } from '@orbweaver/contracts/listed'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { i18n, type Language, languageNow } from './i18n.ts'

export function useLanguage(): Language {
  useTranslation('app', { i18n })
  return languageNow()
}

/** Names side by side where they are no part of a sentence, as the reader's language lists them. */
export function useListed(): (names: readonly string[]) => string {
  const language = useLanguage()
  return useCallback((names) => listed(names, language), [language])
}
