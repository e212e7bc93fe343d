import { Icon } from '@orbweaver/ui/icon'
import { useFoundText } from './text.ts'

/** Opens and closes what is below a row. */
export function Opener(props: { open: boolean; name: string; onToggle: () => void }) {
  const t = useFoundText()
  const label = props.open ? t('close') : t('open')
  return (
    <button
      type="button"
      className="ow-icon-button ow-opener"
      aria-label={`${label}: ${props.name}`}
      aria-expanded={props.open}
      title={label}
      onClick={props.onToggle}
    >
      <Icon name={props.open ? 'down' : 'right'} />
    </button>
  )
}
