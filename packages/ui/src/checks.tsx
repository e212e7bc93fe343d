import type { ReactNode } from 'react'
import { CopyText } from './copy-text.tsx'
import { useWords } from './kit.tsx'
import { type Health, StatusShape } from './status.tsx'
import './checks.css'

type CheckSeverity = 'ok' | 'info' | 'warning' | 'blocking' | 'unknown'
export type CheckText = {
  id: string
  severity: CheckSeverity
  /** What was found, with its evidence, as a sentence. */
  text: ReactNode
  /** Where. */
  place?: string | undefined
  fix?: { text: ReactNode; commands: string[] } | undefined
  /** What was looked at, each with what was read there. */
  evidence?: { key: string; of: ReactNode; value?: string | undefined }[] | undefined
  /** Asks this one again; `label` says which for those who do not see it beside the sentence. */
  again?: { label: string; busy: boolean; run: () => void } | undefined
}

const order: CheckSeverity[] = ['blocking', 'unknown', 'warning', 'info', 'ok']
const health: Record<CheckSeverity, Health> = {
  blocking: 'broken',
  unknown: 'unknown',
  warning: 'attention',
  info: 'unknown',
  ok: 'healthy',
}

/** What was checked, worst first; what passed is one line that opens. */
export function Checks(props: { label: string; checks: CheckText[] }) {
  const t = useWords()
  const sorted = props.checks.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  const passed = sorted.filter((check) => check.severity === 'ok')
  const open = sorted.filter((check) => check.severity !== 'ok')
  return (
    <div className="ow-checks">
      {open.length > 0 && (
        <ul aria-label={props.label}>
          {open.map((check) => (
            <Check key={`${check.id}/${check.place ?? ''}`} check={check} />
          ))}
        </ul>
      )}
      {passed.length > 0 && (
        <details open={open.length === 0 && passed.length < 5}>
          <summary>
            <StatusShape health="healthy" /> {t('checksPassed', { count: passed.length })}
          </summary>
          <ul>
            {passed.map((check) => (
              <Check key={`${check.id}/${check.place ?? ''}`} check={check} />
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function Check(props: { check: CheckText }) {
  const t = useWords()
  const { check } = props
  return (
    <li className="ow-check">
      <StatusShape health={health[check.severity]} />
      <div>
        <p>
          <span className="ow-hidden">{`${t(check.severity)}: `}</span>
          {check.text} {check.place !== undefined && <span className="ow-tag">{check.place}</span>}
        </p>
        <Seen check={check} />
        {check.fix !== undefined && (
          <details open={check.severity === 'blocking'}>
            <summary>{t('howToFix')}</summary>
            <div className="ow-stack">
              <p>{check.fix.text}</p>
              {check.fix.commands.map((command) => (
                <CopyText key={command} text={command} block />
              ))}
            </div>
          </details>
        )}
      </div>
      {check.again !== undefined && <Again {...check.again} />}
    </li>
  )
}

/** Lines that are shown without being asked for. */
const few = 9

function Seen(props: { check: CheckText }) {
  const t = useWords()
  const { evidence = [], severity } = props.check
  if (evidence.length === 0) return undefined
  return (
    <details open={severity === 'blocking' && evidence.length <= few}>
      <summary>{t('evidence')}</summary>
      <ul className="ow-evidence">
        {evidence.map(({ key, of, value }) => (
          <li key={key}>
            {of}
            {value !== undefined && <code className="ow-soft">{value}</code>}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Again(props: { label: string; busy: boolean; run: () => void }) {
  const t = useWords()
  return (
    <button
      type="button"
      className="ow-link ow-check-again"
      aria-label={`${t('checkAgain')}: ${props.label}`}
      aria-busy={props.busy}
      disabled={props.busy}
      onClick={props.run}
    >
      {t('checkAgain')}
    </button>
  )
}
