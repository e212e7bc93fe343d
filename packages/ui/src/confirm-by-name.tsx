import { Button, Input } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import './confirm-by-name.css'
import { Dialog } from './dialog.tsx'
import { useWords } from './kit.tsx'

/** The field a deletion asks for: tells whether what was typed is exactly the name, and what stays afterwards. */
export function NameField(props: { name: string; onMatch: (matches: boolean) => void; stays?: string[] }) {
  const t = useWords()
  const id = useId()
  const [text, setText] = useState('')
  const [before, after] = t('typeName', { name: '\u0000' }).split('\u0000')
  const stays = props.stays ?? []
  return (
    <div className="ow-name-field">
      {stays.length > 0 && <What title={t('stays')} lines={stays} />}
      <label htmlFor={id}>
        {before}
        <code>{props.name}</code>
        {after}
      </label>
      <Input
        id={id}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value)
          props.onMatch(event.target.value === props.name)
        }}
      />
    </div>
  )
}

function What(props: { title: string; lines: ReactNode[] }) {
  return (
    <div>
      <strong>{props.title}</strong>
      <ul className="ow-what">
        {props.lines.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ul>
    </div>
  )
}

/** A dangerous step that is no change of a cluster (those have a plan): says what goes and what stays, asks for the name. */
export function ConfirmByName(props: {
  title: string
  name: string
  verb: string
  goes: ReactNode[]
  stays: string[]
  pending: boolean
  failure?: ReactNode
  onConfirm: () => void
  onClose: () => void
}) {
  const t = useWords()
  const [matches, setMatches] = useState(false)
  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      footer={
        <>
          <Button onClick={props.onClose}>{t('cancel')}</Button>
          <Button type="primary" danger disabled={!matches} loading={props.pending} onClick={props.onConfirm}>
            {props.verb}
          </Button>
        </>
      }
    >
      <div className="ow-stack">
        {props.failure}
        {props.goes.length > 0 && <What title={t('goes')} lines={props.goes} />}
        <NameField name={props.name} onMatch={setMatches} stays={props.stays} />
      </div>
    </Dialog>
  )
}
