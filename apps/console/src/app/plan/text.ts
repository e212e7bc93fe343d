import { defineText } from '../../text/define-text.ts'
import { en } from './text.en.ts'
import { zh } from './text.zh.ts'
import { verbs as verbsEn } from './titles.en.ts'
import { verbs as verbsZh } from './titles.zh.ts'
import { useLanguage } from '../../text/use-language.ts'
import type { IntentType } from '@orbweaver/contracts/intent'

export const usePlanText = defineText('plan', en, zh)

export function useVerb(type: IntentType): string {
  return useLanguage() === 'zh' ? verbsZh[type] : verbsEn[type]
}
