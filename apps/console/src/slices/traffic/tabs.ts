import type { PageTab } from '@orbweaver/ui/page'
import { useGo } from '../../app/location.ts'
import { paths } from '../../paths.ts'
import { useText } from './text.ts'

/** The questions, beside each other. */
export function useExplainTabs(mesh: string): PageTab[] {
  const t = useText()
  const go = useGo()
  const tab = (key: 'request' | 'call' | 'injection', href: string): PageTab => ({
    key,
    label: t(`${key}.tab`),
    href,
    onSelect: () => go(href),
  })
  return [
    tab('request', paths.explainRequest(mesh)),
    tab('call', paths.explainCall(mesh)),
    tab('injection', paths.explainInjection(mesh)),
  ]
}
