import { defineMessages } from './messages.ts'
import { en } from './reasons.en.ts'
import { zh } from './reasons.zh.ts'

defineMessages(en, zh)
