import { useKit, useWords } from '../kit.tsx'
import { lineStyle } from './inks.ts'

/** The lines by name, each as it is drawn, with what it says at the moment; pressing one takes it out of the drawing. */
export function Legend(props: {
  lines: { name: string; value: string | undefined; off: boolean }[]
  onToggle: (name: string) => void
}) {
  const t = useWords()
  return (
    <ul className="ow-chart-legend">
      {props.lines.map(({ name, value, off }, index) => (
        <li key={name}>
          <button
            type="button"
            aria-pressed={!off}
            title={off ? t('showLine') : t('hideLine')}
            onClick={() => props.onToggle(name)}
          >
            <Swatch index={index} />
            <span className="ow-chart-name">{name}</span>
            <span className="ow-number">{value ?? <span className="ow-muted">{t('noValue')}</span>}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Swatch(props: { index: number }) {
  const { scheme } = useKit()
  const { ink, dash } = lineStyle(props.index, scheme)
  return (
    <svg className="ow-chart-swatch" viewBox="0 0 24 8" aria-hidden="true" focusable="false">
      <path d="M0 4h24" fill="none" stroke={ink} strokeWidth="2" strokeDasharray={dash.join(' ')} />
    </svg>
  )
}
