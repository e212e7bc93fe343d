import { useMemo, useState } from 'react'
import './diff.css'
import { type DiffBlock, type DiffLine, folded, linesOf } from './diff-lines.ts'
import { useWords } from './kit.tsx'

/** What changes between two texts, in one column; unchanged stretches are folded and open on demand. */
export function Diff(props: { label: string; before: string; after: string }) {
  const t = useWords()
  const { before, after } = props
  const blocks = useMemo(() => folded(linesOf(before, after)), [before, after])
  if (before === after) return <p className="ow-muted">{t('noDifference')}</p>
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines scroll sideways, by keyboard too
    <section className="ow-diff" aria-label={props.label} tabIndex={0}>
      {blocks.map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </section>
  )
}

function Block(props: { block: DiffBlock }) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const { block } = props
  if (block.kind === 'folded' && !open) {
    return (
      <button type="button" className="ow-diff-fold" onClick={() => setOpen(true)}>
        {t('showUnchanged', { count: block.lines.length })}
      </button>
    )
  }
  return block.lines.map((line) => <Line key={`${line.before}/${line.after}`} line={line} />)
}

const signs = { same: ' ', added: '+', removed: '−' } as const

function Line(props: { line: DiffLine }) {
  const t = useWords()
  const { line } = props
  return (
    <div className={`ow-diff-line ow-diff-${line.kind}`}>
      <span className="ow-diff-number" aria-hidden="true">
        {line.before ?? ''}
      </span>
      <span className="ow-diff-number" aria-hidden="true">
        {line.after ?? ''}
      </span>
      <span className="ow-diff-sign" aria-hidden="true">
        {signs[line.kind]}
      </span>
      <code>
        {line.kind !== 'same' && <span className="ow-hidden">{`${t(line.kind)}: `}</span>}
        {line.parts === undefined
          ? line.text
          : line.parts.map((part, index) => (part.changed ? <mark key={index}>{part.text}</mark> : part.text))}
      </code>
    </div>
  )
}
