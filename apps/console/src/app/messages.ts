import { defineMessages } from '../text/messages.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { finerTitles as finerEn, titles as titlesEn } from './plan/titles.en.ts'
import { finerTitles as finerZh, titles as titlesZh } from './plan/titles.zh.ts'

// What the frame itself says; text/reasons.ts and text/istio.ts follow in a chunk of their own.
defineMessages({ ...en, ...titlesEn, ...finerEn }, { ...zh, ...titlesZh, ...finerZh })
