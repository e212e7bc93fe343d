import { Fragment } from 'react'

/** Long names and lists without spaces go on after a comma, a dot or a bar, not inside a word. */
export function Breaking(props: { text: string }) {
  return props.text.split(/(?<=[,.|])/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
