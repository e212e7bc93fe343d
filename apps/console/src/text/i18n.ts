import { listed } from '@orbweaver/contracts/listed'
import { createInstance, type FormatterModule, type i18n as I18n } from 'i18next'
import { initReactI18next } from 'react-i18next'

export type Language = 'en' | 'zh'
const storageKey = 'orbweaver.language'

/** The reader's choice, else the browser's first wish, else English. */
function firstLanguage(): Language {
  try {
    const kept = localStorage.getItem(storageKey)
    if (kept === 'en' || kept === 'zh') return kept
  } catch {
    // Without storage the browser's own languages decide.
  }
  const wish = navigator.languages.find((each) => /^(en|zh)\b/i.test(each))
  return wish?.toLowerCase().startsWith('zh') === true ? 'zh' : 'en'
}

/** What fills a blank is written as it is; of several names each language has its own way to list them. */
const formatter: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: string | string[], _format, language) =>
    Array.isArray(value) ? listed(value, language === 'zh' ? 'zh' : 'en') : value,
}

export const i18n: I18n = createInstance()
void i18n
  .use(initReactI18next)
  .use(formatter)
  .init({
    lng: firstLanguage(),
    fallbackLng: 'en',
    resources: { en: {}, zh: {} },
    interpolation: { escapeValue: false, alwaysFormat: true },
    // Sentences that come with a later chunk appear where their codes already stand.
    react: { bindI18nStore: 'added' },
    missingInterpolationHandler: () => '…',
    returnNull: false,
    initAsync: false,
  })

export function languageNow(): Language {
  return i18n.language === 'zh' ? 'zh' : 'en'
}

type Loader = (language: Language) => Promise<void>
const loaders: Loader[] = []

/** For sentences that are many: they are fetched in the reader's language, and in another before it is shown. */
export function inEachLanguage(load: Loader): Promise<void> {
  loaders.push(load)
  return load(languageNow())
}

export async function changeLanguage(language: Language): Promise<void> {
  await Promise.all(loaders.map((load) => load(language)))
  await i18n.changeLanguage(language)
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // The choice then lasts as long as the page.
  }
}
