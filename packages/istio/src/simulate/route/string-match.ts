import { isRecord, type Json, textAt } from '@orbweaver/contracts/json'
import { matchesWhole } from './regular-expression.ts'

/** How a text must be, as Istio's StringMatch says it (networking/v1alpha3/virtual_service.proto). */
export type Wanted = { how: 'present' } | { how: 'exact' | 'prefix' | 'regex'; text: string }

/** Nothing said, and the regular expression `*`, which is none, mean that it must be there (route.go, canBeConvertedToPresentMatch). */
export function wanted(match: Json | undefined): Wanted {
  if (!isRecord(match)) return { how: 'present' }
  for (const how of ['exact', 'prefix', 'regex'] satisfies Wanted['how'][]) {
    const text = textAt(match, how)
    if (text === undefined) continue
    return how === 'regex' && text === '*' ? { how: 'present' } : { how, text }
  }
  return { how: 'present' }
}

export function fits(want: Wanted, text: string): boolean {
  switch (want.how) {
    case 'present':
      return true
    case 'exact':
      return text === want.text
    case 'prefix':
      return text.startsWith(want.text)
    case 'regex':
      return matchesWhole(want.text, text)
  }
}

/** As a person would write it. */
export function spelled(want: Wanted): string {
  switch (want.how) {
    case 'present':
      return '*'
    case 'exact':
      return want.text
    case 'prefix':
      return `${want.text}*`
    case 'regex':
      return `~${want.text}`
  }
}
