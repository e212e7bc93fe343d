import type { ReactNode } from 'react'

/** One of a list to choose from, with what is to be known of it under its name. */
export function NotedOption(props: { label: ReactNode; note?: ReactNode }) {
  return (
    <span className="mesh-option">
      <span>{props.label}</span>
      {props.note !== undefined && <small>{props.note}</small>}
    </span>
  )
}

/** For a Select whose chosen option is told by its label alone (antd, `optionRender`). */
export function renderNoted({ label, data }: { label?: ReactNode; data: { note?: ReactNode } }) {
  return <NotedOption label={label} note={data.note} />
}
