/** All that the wire says by codes in Chinese, beyond what the frame has at once: more than most pages weigh. */
import { istioText } from '@orbweaver/istio/text.zh'
import { istioSentences } from '../text/istio.ts'
import type { Sentences } from '../text/messages.ts'
import { metricReasonsZh } from '../text/metric-reasons.zh.ts'
import { objectReasonsZh } from '../text/object-reasons.zh.ts'
import { zh as reasons } from '../text/reasons.zh.ts'
import { upgradeReasonsZh } from '../text/upgrade-reasons.zh.ts'
import { valueReasonsZh } from '../text/value-reasons.zh.ts'
import { planSentences } from './plan/sentences.ts'
import * as titles from './plan/titles.zh.ts'

export const sentences: Sentences = {
  ...reasons,
  ...upgradeReasonsZh,
  ...valueReasonsZh,
  ...objectReasonsZh,
  ...metricReasonsZh,
  ...istioSentences(istioText),
  ...planSentences(titles),
}
