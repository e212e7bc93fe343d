import type { IntentType } from '@orbweaver/contracts/intent'
import { defineText } from '../../text/define-text.ts'
import { useMessage } from '../../text/messages.ts'
import { en } from './text.en.ts'
import { zh } from './text.zh.ts'

export const usePlanText = defineText('plan', en, zh)

export function useVerb(type: IntentType): string {
  return useMessage()({ code: `verb.${type}`, params: {} })
}
