import { defineMessages } from './messages.ts'
import { objectReasonsEn } from './object-reasons.en.ts'
import { objectReasonsZh } from './object-reasons.zh.ts'
import { en } from './reasons.en.ts'
import { zh } from './reasons.zh.ts'
import { upgradeReasonsEn } from './upgrade-reasons.en.ts'
import { upgradeReasonsZh } from './upgrade-reasons.zh.ts'
import { valueReasonsEn } from './value-reasons.en.ts'
import { valueReasonsZh } from './value-reasons.zh.ts'

defineMessages(en, zh)
defineMessages(upgradeReasonsEn, upgradeReasonsZh)
defineMessages(valueReasonsEn, valueReasonsZh)
defineMessages(objectReasonsEn, objectReasonsZh)
