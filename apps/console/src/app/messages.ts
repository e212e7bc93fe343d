import { defineMessages, type Sentences } from '../text/messages.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'
import { finerTitles as finerEn, titles as titlesEn, verbs as verbsEn } from './plan/titles.en.ts'
import { finerTitles as finerZh, titles as titlesZh, verbs as verbsZh } from './plan/titles.zh.ts'

/** Whoever sees only a part of a change is told its kind, not what its title names (apps/bff, changes/view.ts). */
function partly(verbs: Sentences, finer: Sentences): Sentences {
  const codes = [...Object.keys(verbs), ...Object.keys(finer).map((code) => code.replace(/_(one|other)$/, ''))]
  return Object.fromEntries(
    codes.flatMap((code) => {
      const type = Object.keys(verbs).find((each) => code === each || code.startsWith(`${each}.`))
      return type === undefined ? [] : [[`${code}.partly`, verbs[type] ?? '']]
    }),
  )
}

// What the frame itself says; text/reasons.ts and text/istio.ts follow in a chunk of their own.
defineMessages(
  { ...en, ...titlesEn, ...partly(verbsEn, finerEn), ...finerEn },
  { ...zh, ...titlesZh, ...partly(verbsZh, finerZh), ...finerZh },
)
