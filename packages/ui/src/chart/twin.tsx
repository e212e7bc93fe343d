import { useState } from 'react'
import { useWords } from '../kit.tsx'

type Row = { at: string; values: (string | undefined)[] }

/** What a chart says, as a table, latest first: made when somebody wants it, or where there is nothing else. */
export function Twin(props: { label: string; names: string[]; open: boolean; rows: () => Row[] }) {
  const t = useWords()
  const [wanted, setWanted] = useState(false)
  const toggle = wanted ? t('hideTable') : t('showTable')
  return (
    <>
      {!props.open && (
        <button
          type="button"
          className="ow-link"
          aria-label={`${toggle}: ${props.label}`}
          aria-expanded={wanted}
          onClick={() => setWanted(!wanted)}
        >
          {toggle}
        </button>
      )}
      {(wanted || props.open) && <Table label={props.label} names={props.names} rows={props.rows()} />}
    </>
  )
}

function Table(props: { label: string; names: string[]; rows: Row[] }) {
  const t = useWords()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by itself: the keyboard must reach it
    <section className="ow-chart-twin" aria-label={t('asTable', { label: props.label })} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('time')}</th>
            {props.names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.toReversed().map((row, index) => (
            <tr key={index}>
              <th scope="row">{row.at}</th>
              {row.values.map((value, place) => (
                <td key={place}>{value ?? <span className="ow-muted">{t('noValue')}</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
