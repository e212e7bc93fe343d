import { accessText as accessEn } from '@orbweaver/istio/simulate/access/text.en'
import { accessText as accessZh } from '@orbweaver/istio/simulate/access/text.zh'
import { routeText as routeEn } from '@orbweaver/istio/simulate/route/text.en'
import { routeText as routeZh } from '@orbweaver/istio/simulate/route/text.zh'
import { defineText } from '../../text/define-text.ts'
import { flat } from '../../text/flat.ts'
import { defineMessages } from '../../text/messages.ts'
import { en } from './text.en.ts'
import { zh } from './text.zh.ts'

// What the simulators say is large, and only these pages show it.
defineMessages(
  { ...flat(routeEn, 'route'), ...flat(accessEn, 'access') },
  { ...flat(routeZh, 'route'), ...flat(accessZh, 'access') },
)

export const useText = defineText('traffic', en, zh)
