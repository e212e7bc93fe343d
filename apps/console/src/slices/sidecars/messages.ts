import { injectionText as injectionEn } from '@orbweaver/istio/injection/text.en'
import { injectionText as injectionZh } from '@orbweaver/istio/injection/text.zh'
import { flatSentences } from '../../text/istio-sentences.ts'
import { defineMessages, type Sentences } from '../../text/messages.ts'
import { en } from './messages.en.ts'
import { zh } from './messages.zh.ts'

type Injection = typeof injectionEn

/**
 * What the BFF says about injection. It sends every reason as `injection.<reason>`, whichever table of packages/istio
 * words it; why a workload is not restarted comes as `sidecars.restart_by_hand.<refusal>` with the workload's name.
 */
export function injectionSentences(texts: Injection, byHand: string): Sentences {
  const { reason, pod, restart, blocked } = texts
  const refusals = Object.entries(restart).map(([id, why]) => [
    `sidecars.restart_by_hand.${id}`,
    byHand.replace('{why}', why),
  ])
  return {
    ...flatSentences('injection', { ...blocked, ...restart, ...pod, ...reason }),
    ...Object.fromEntries(refusals),
  }
}

defineMessages(
  { ...injectionSentences(injectionEn, en['sidecars.by_hand']), ...en },
  { ...injectionSentences(injectionZh, zh['sidecars.by_hand']), ...zh },
)
