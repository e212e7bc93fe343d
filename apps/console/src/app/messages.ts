import type { Language } from '../text/i18n.ts'
import { defineMessages, fetchMessages, type Sentences } from '../text/messages.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

// What the frame itself says.
defineMessages(en, zh)

const chunks: Record<Language, () => Promise<{ sentences: Sentences }>> = {
  en: () => import('./sentences.en.ts'),
  zh: () => import('./sentences.zh.ts'),
}

/** Everything else, on its way beside the first page from the start, so that it does not hold it up. */
export const sentences = fetchMessages(async (language) => (await chunks[language]()).sentences)
