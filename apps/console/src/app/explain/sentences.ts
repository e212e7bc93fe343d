import { flat } from '../../text/flat.ts'
import type { Language } from '../../text/i18n.ts'
import { fetchMessages } from '../../text/messages.ts'

/** What the simulators say is much, and only few places show it. */
const access = {
  en: () => import('@orbweaver/istio/simulate/access/text.en'),
  zh: () => import('@orbweaver/istio/simulate/access/text.zh'),
} satisfies Record<Language, object>
const route = {
  en: () => import('@orbweaver/istio/simulate/route/text.en'),
  zh: () => import('@orbweaver/istio/simulate/route/text.zh'),
} satisfies Record<Language, object>

await fetchMessages(async (language) => {
  const [{ accessText }, { routeText }] = await Promise.all([access[language](), route[language]()])
  return { ...flat(accessText, 'access'), ...flat(routeText, 'route') }
})
