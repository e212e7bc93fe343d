import { Status } from '@orbweaver/ui/status'
import { useListed } from '../../../text/use-language.ts'
import { useText } from '../text.ts'
import type { Part } from './parts.ts'

/** How many parts are well, or which are not; each of them where one points. */
export function Parts(props: { of: readonly Part[] }) {
  const t = useText()
  const listed = useListed()
  const parts = props.of
  if (parts.length === 0) return <span className="ow-muted">–</span>
  const wordOf = (part: Part) =>
    part.part === 'webhook'
      ? t(`members.webhook.${part.state}`)
      : t('members.partReady', { name: part.name, ready: part.ready, desired: part.desired })
  const ill = parts.filter(({ well }) => !well)
  return (
    <span title={listed(parts.map(wordOf))}>
      <Status
        health={ill.length === 0 ? 'healthy' : 'attention'}
        word={ill.length === 0 ? t('members.partsWell', { count: parts.length }) : listed(ill.map(wordOf))}
      />
    </span>
  )
}
