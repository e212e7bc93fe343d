import { useState } from 'react'
import { useWords } from './kit.tsx'
import './states.css'
import { StatusShape } from './status.tsx'
import { TimeAgo } from './time-ago.tsx'

export type Truth = {
  cluster: string
  state: 'fresh' | 'stale' | 'unreachable' | 'forbidden' | 'unauthorized' | 'syncing'
  asOf?: string | undefined
  since?: string | undefined
  /** Why, as a sentence. */
  reason?: string | undefined
}

/** The one place a page says which clusters it could not read just now. Nothing when all are fresh. */
export function TruthStrip(props: { truths: Truth[] }) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const late = props.truths.flatMap((truth) => (truth.state === 'fresh' ? [] : [{ ...truth, state: truth.state }]))
  if (late.length === 0) return null
  return (
    <section className="ow-strip" aria-label={t('partial', { missing: late.length, total: props.truths.length })}>
      <div className="ow-strip-line">
        <StatusShape health="attention" />
        <span>{t('partial', { missing: late.length, total: props.truths.length })}</span>
        <span className="ow-soft">{t('partialHint')}</span>
        <button type="button" className="ow-link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('hideClusters') : t('showClusters')}
        </button>
      </div>
      {open && (
        <ul>
          {late.map((truth) => (
            <li key={truth.cluster}>
              <strong>{truth.cluster}</strong>
              <span>{t(truth.state)}</span>
              {truth.since !== undefined && <TimeAgo at={truth.since} since />}
              {truth.reason !== undefined && <span className="ow-soft">{truth.reason}</span>}
              <span className="ow-muted">{lastKnown(truth, t)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function lastKnown(truth: Truth, t: ReturnType<typeof useWords>) {
  if (truth.asOf === undefined) return t('neverKnown')
  const [before, after] = t('asOf', { time: '\u0000' }).split('\u0000')
  return (
    <>
      {before}
      <TimeAgo at={truth.asOf} />
      {after}
    </>
  )
}
