import { Button } from 'antd'
import { useId, useMemo, useState } from 'react'
import { stringify } from 'yaml'
import { Diff } from './diff.tsx'
import { useWords } from './kit.tsx'
import { type Conflict, merge, readValue, type Side } from './merge.ts'
import './merge-view.css'

export type { Side } from './merge.ts'

/** Somebody else saved meanwhile: what fits together is merged, what does not is chosen place by place. */
export function MergeView(props: {
  base: unknown
  mine: unknown
  theirs: unknown
  onMerged: (merged: unknown) => void
}) {
  const t = useWords()
  const { base, mine, theirs } = props
  const merged = useMemo(
    () => merge({ base: readValue(base), mine: readValue(mine), theirs: readValue(theirs) }),
    [base, mine, theirs],
  )
  const [choices, setChoices] = useState<Record<string, Side>>({})
  const open = merged.conflicts.filter((conflict) => choices[conflict.pointer] === undefined).length
  const result = merged.result(choices)
  return (
    <div className="ow-stack">
      <p>
        <strong>
          {merged.conflicts.length === 0 ? t('noConflicts') : t('conflicts', { count: merged.conflicts.length })}
        </strong>
        {merged.automatic.length > 0 && (
          <span className="ow-soft"> {t('mergedByItself', { count: merged.automatic.length })}</span>
        )}
      </p>
      {merged.conflicts.map((conflict) => (
        <Choice
          key={conflict.pointer}
          conflict={conflict}
          chosen={choices[conflict.pointer]}
          onChoose={(side) => setChoices({ ...choices, [conflict.pointer]: side })}
        />
      ))}
      <Diff label={t('useMerged')} before={text(theirs)} after={text(result)} />
      <div>
        <Button type="primary" disabled={open > 0} onClick={() => props.onMerged(result)}>
          {t('useMerged')}
        </Button>
      </div>
    </div>
  )
}

function Choice(props: { conflict: Conflict; chosen: Side | undefined; onChoose: (side: Side) => void }) {
  const t = useWords()
  const name = useId()
  const { conflict, chosen } = props
  return (
    <fieldset className="ow-conflict">
      <legend>
        <code>{conflict.pointer === '' ? '/' : conflict.pointer}</code>
      </legend>
      <div className="ow-conflict-base">
        <span className="ow-muted">{t('base')}</span>
        <Piece value={conflict.base} />
      </div>
      {(['mine', 'theirs'] as const).map((side) => (
        <label key={side} data-chosen={chosen === side}>
          <span>
            <input type="radio" name={name} checked={chosen === side} onChange={() => props.onChoose(side)} />{' '}
            {side === 'mine' ? t('keepMine') : t('keepTheirs')}
          </span>
          <Piece value={conflict[side]} />
        </label>
      ))}
    </fieldset>
  )
}

function Piece(props: { value: unknown }) {
  const t = useWords()
  if (props.value === undefined) return <em className="ow-muted">{t('absent')}</em>
  return <pre>{text(props.value).trimEnd()}</pre>
}

function text(value: unknown): string {
  return value === undefined ? '' : stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 })
}
