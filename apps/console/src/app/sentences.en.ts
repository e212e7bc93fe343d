/** All that the wire says by codes in English, beyond what the frame has at once: more than most pages weigh. */
import { istioText } from '@orbweaver/istio/text.en'
import { istioSentences } from '../text/istio.ts'
import type { Sentences } from '../text/messages.ts'
import { metricReasonsEn } from '../text/metric-reasons.en.ts'
import { objectReasonsEn } from '../text/object-reasons.en.ts'
import { en as reasons } from '../text/reasons.en.ts'
import { upgradeReasonsEn } from '../text/upgrade-reasons.en.ts'
import { valueReasonsEn } from '../text/value-reasons.en.ts'
import { planSentences } from './plan/sentences.ts'
import * as titles from './plan/titles.en.ts'

export const sentences: Sentences = {
  ...reasons,
  ...upgradeReasonsEn,
  ...valueReasonsEn,
  ...objectReasonsEn,
  ...metricReasonsEn,
  ...istioSentences(istioText),
  ...planSentences(titles),
}
