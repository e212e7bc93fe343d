import { defineText } from '../../text/define-text.ts'
import { en } from './text.en.ts'
import { zh } from './text.zh.ts'

export const useMetricText = defineText('measured', en, zh)
