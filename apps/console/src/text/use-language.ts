import { useTranslation } from 'react-i18next'
import { i18n, type Language, languageNow } from './i18n.ts'

export function useLanguage(): Language {
  useTranslation('app', { i18n })
  return languageNow()
}
