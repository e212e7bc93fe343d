import { findingText as findingEn } from '@orbweaver/istio/findings/text.en'
import { findingText as findingZh } from '@orbweaver/istio/findings/text.zh'
import { flatSentences } from '../../text/istio-sentences.ts'
import { defineMessages, type Sentences } from '../../text/messages.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

/** A finding's code is its title; what Istio does about it is said under `<code>.detail`. */
export function findingSentences(texts: typeof findingEn): Sentences {
  const all = Object.entries(flatSentences('', texts))
  return Object.fromEntries(all.map(([code, sentence]) => [code.replace(/\.title$/, ''), sentence]))
}

defineMessages({ ...findingSentences(findingEn), ...en }, { ...findingSentences(findingZh), ...zh })
