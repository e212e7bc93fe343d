import { Button } from 'antd'
import { useId, useState } from 'react'
import { stringify } from 'yaml'
import { type MergeConflict, type Side, withChoices } from './choices.ts'
import { Diff } from './diff.tsx'
import { useWords } from './kit.tsx'
import './merge-view.css'

/**
 * Somebody else saved meanwhile: places that both sides changed are chosen one by one, the rest is merged already. How
 * objects merge is not the kit's business: `merged` comes with mine at every conflict.
 */
export function MergeView(props: {
  conflicts: MergeConflict[]
  merged: unknown
  /** What is on the server now: what the result is compared with. */
  theirs: unknown
  onMerged: (merged: unknown) => void
}) {
  const t = useWords()
  const { conflicts } = props
  const [choices, setChoices] = useState<Record<string, Side>>({})
  const open = conflicts.filter((conflict) => choices[conflict.pointer] === undefined).length
  const result = withChoices(props.merged, conflicts, choices)
  return (
    <div className="ow-stack">
      <p>
        <strong>{conflicts.length === 0 ? t('noConflicts') : t('conflicts', { count: conflicts.length })}</strong>
      </p>
      {conflicts.map((conflict) => (
        <Choice
          key={conflict.pointer}
          conflict={conflict}
          chosen={choices[conflict.pointer]}
          onChoose={(side) => setChoices({ ...choices, [conflict.pointer]: side })}
        />
      ))}
      <Diff label={t('mergedResult')} before={text(props.theirs)} after={text(result)} />
      <div>
        <Button type="primary" disabled={open > 0} onClick={() => props.onMerged(result)}>
          {t('useMerged')}
        </Button>
      </div>
    </div>
  )
}

function Choice(props: { conflict: MergeConflict; chosen: Side | undefined; onChoose: (side: Side) => void }) {
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
