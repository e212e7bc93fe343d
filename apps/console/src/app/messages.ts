import { defineMessages } from '../text/messages.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { titles as titlesEn } from './plan/titles.en.ts'
import { titles as titlesZh } from './plan/titles.zh.ts'

defineMessages({ ...en, ...titlesEn }, { ...zh, ...titlesZh })
