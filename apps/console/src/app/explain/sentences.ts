import { flat } from '../../text/flat.ts'
import { inEachLanguage, type Language } from '../../text/i18n.ts'
import { addMessages } from '../../text/messages.ts'

/** What the simulators say is much, and only few places show it. */
const access = {
  en: () => import('@orbweaver/istio/simulate/access/text.en'),
  zh: () => import('@orbweaver/istio/simulate/access/text.zh'),
} satisfies Record<Language, object>
const route = {
  en: () => import('@orbweaver/istio/simulate/route/text.en'),
  zh: () => import('@orbweaver/istio/simulate/route/text.zh'),
} satisfies Record<Language, object>

await inEachLanguage(async (language) => {
  const [{ accessText }, { routeText }] = await Promise.all([access[language](), route[language]()])
  addMessages(language, { ...flat(accessText, 'access'), ...flat(routeText, 'route') })
})
