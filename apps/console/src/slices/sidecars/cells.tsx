import type { Message } from '@orbweaver/contracts/message'
import { Icon } from '@orbweaver/ui/icon'
import { MenuButton, type MenuEntry } from '@orbweaver/ui/menu-button'
import { AppLink } from '../../app/link.tsx'
import { useMessage } from '../../text/messages.ts'
import './sidecars.css'
import { useText } from './text.ts'

/** Why it is as it is, in one line; the whole sentence on hover. */
export function Why(props: { why: Message | undefined }) {
  const say = useMessage()
  if (props.why === undefined) return <span className="ow-muted">–</span>
  return <Sentence of={say(props.why)} />
}

export function Sentence(props: { of: string }) {
  return (
    <span className="ow-soft" title={props.of}>
      {props.of}
    </span>
  )
}

/** A name that leads somewhere, on one line. */
export function Name(props: { to: string; name: string }) {
  return (
    <AppLink to={props.to} title={props.name}>
      {props.name}
    </AppLink>
  )
}

/** `3/5`, with the sentence behind it for those who do not see the column's title. */
export function Share(props: { part: number; whole: number; sentence: string; short?: boolean }) {
  const t = useText()
  if (props.whole === 0) return <span className="ow-muted">{t('noPods')}</span>
  return (
    <span title={props.sentence} className={props.short === true ? 'ow-number ow-short' : 'ow-number'}>
      {`${props.part}/${props.whole}`}
    </span>
  )
}

/** Counts that the viewer's rights do not allow. */
export function HiddenCounts() {
  const t = useText()
  return (
    <span className="ow-muted" title={t('hiddenCountsHint')}>
      {t('hiddenCounts')}
      <span className="ow-hidden">{` ${t('hiddenCountsHint')}`}</span>
    </span>
  )
}

export function RowMenu(props: { name: string; entries: MenuEntry[] }) {
  const t = useText()
  return (
    <MenuButton label={t('actions', { name: props.name })} trigger={<Icon name="more" />} entries={props.entries} />
  )
}
