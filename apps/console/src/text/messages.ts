import type { Message } from '@orbweaver/contracts/message'
import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { i18n } from './i18n.ts'

/** Sentences by the codes the wire carries (plan titles, reasons, findings, checks), blanks as `{{name}}`. */
export type Sentences = Record<string, string>

/** Adds sentences for codes; a part of the product registers its own when its chunk is loaded. */
export function defineMessages(en: Sentences, zh: Sentences): void {
  i18n.addResourceBundle('en', 'messages', en, false, true)
  i18n.addResourceBundle('zh', 'messages', zh, false, true)
}

export type SayMessage = (message: Message) => string

/**
 * Words a `{code, params}` of the wire. A code without a sentence (a newer server, another version) is shown as it is,
 * with what it carries: honest, and searchable.
 */
export function useMessage(): SayMessage {
  const { t } = useTranslation('messages', { i18n })
  return useCallback(
    (message) => {
      const params = { ...message.params, ...kindOf(message, t), ...options }
      return i18n.exists(message.code, params) ? t(message.code, params) : bare(message)
    },
    [t],
  )
}

/** Codes contain dots, which i18next would read as a path. */
const options = { ns: 'messages', keySeparator: false, nsSeparator: false } as const

/** A mesh's kind is a word of the API; in a sentence it is one of the reader's language. */
function kindOf(message: Message, t: TFunction): { kind?: string } {
  const key = `mesh-kind.${String(message.params.kind)}`
  return i18n.exists(key, options) ? { kind: t(key, options) } : {}
}

function bare(message: Message): string {
  const params = Object.entries(message.params).map(([key, value]) => `${key}=${String(value)}`)
  return [message.code, ...params].join(' ')
}
