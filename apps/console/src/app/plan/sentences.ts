import type { IntentType } from '@orbweaver/contracts/intent'
import type { Sentences } from '../../text/messages.ts'

type Titles = { titles: Record<IntentType, string>; finerTitles: Sentences; verbs: Record<IntentType, string> }

/** What plans and changes are called, by the codes of their titles; `verb.<type>` is the button that executes one. */
export function planSentences({ titles, finerTitles, verbs }: Titles): Sentences {
  const buttons = Object.entries(verbs).map(([type, verb]): [string, string] => [`verb.${type}`, verb])
  return { ...titles, ...Object.fromEntries(buttons), ...partly(verbs, finerTitles), ...finerTitles }
}

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
