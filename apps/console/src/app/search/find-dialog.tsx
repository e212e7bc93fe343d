import { Dialog } from '@orbweaver/ui/dialog'
import { Icon } from '@orbweaver/ui/icon'
import { type KeyboardEvent, useId, useState } from 'react'
import { useGo } from '../location.ts'
import { useText } from '../text.ts'
import './find.css'
import { type Entry, useEntries } from './use-entries.ts'

/** Ctrl/⌘ K: pages and actions by their words, meshes and clusters as the server finds them. */
export function FindDialog(props: { onClose: () => void; onHelp: () => void }) {
  const t = useText()
  const go = useGo()
  const id = useId()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const entries = useEntries(text, props.onHelp)
  const chosen = Math.min(active, entries.length - 1)
  const follow = (entry: Entry | undefined) => {
    if (entry === undefined) return
    props.onClose()
    if (entry.to !== undefined) go(entry.to)
    else entry.act?.()
  }
  const pressed = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setActive((chosen + step + entries.length) % Math.max(1, entries.length))
    } else if (event.key === 'Enter') follow(entries[chosen])
  }
  return (
    <Dialog title={t('find.label')} onClose={props.onClose} width={560} bare>
      <label className="ow-find-box">
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={chosen < 0 ? undefined : `${id}-${chosen}`}
          aria-label={t('find.hint')}
          placeholder={t('find.hint')}
          value={text}
          maxLength={253}
          onChange={(event) => {
            setText(event.target.value)
            setActive(0)
          }}
          onKeyDown={pressed}
        />
      </label>
      <Found id={id} entries={entries} chosen={chosen} onFollow={follow} />
      {entries.length === 0 && <p className="ow-find-none">{t('find.nothing', { text })}</p>}
      <p className="ow-find-keys ow-muted">{t('find.keys')}</p>
    </Dialog>
  )
}

/** A listbox that the input drives (aria-activedescendant): the options themselves never take the focus. */
function Found(props: { id: string; entries: Entry[]; chosen: number; onFollow: (entry: Entry) => void }) {
  const t = useText()
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a combobox drives this list; <select> cannot be driven
    <div id={props.id} role="listbox" aria-label={t('find.label')} className="ow-find-list">
      {props.entries.map((entry, index) => (
        <div key={entry.key}>
          {props.entries[index - 1]?.group !== entry.group && (
            <div className="ow-find-group" role="presentation">
              {t(`find.${entry.group}`)}
            </div>
          )}
          {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the combobox handles the keys for its options */}
          <div
            id={`${props.id}-${index}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- see the list: <option> only lives in <select>
            role="option"
            tabIndex={-1}
            aria-selected={index === props.chosen}
            ref={(element) => {
              if (index === props.chosen) element?.scrollIntoView({ block: 'nearest' })
            }}
            onClick={() => props.onFollow(entry)}
          >
            <Icon name={entry.icon} />
            <span>{entry.label}</span> {entry.note !== undefined && <span className="ow-muted">{entry.note}</span>}
          </div>
        </div>
      ))}
    </div>
  )
}
