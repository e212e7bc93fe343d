import { Fragment } from 'react'

/** A place in an object as a JSON pointer, broken between its steps where it has no room. */
export function Pointer(props: { of: string; soft?: boolean }) {
  const [first = '', ...steps] = props.of.split('/')
  return (
    <code className={props.soft === true ? 'ow-soft' : undefined}>
      {first}
      {steps.map((step, index) => (
        <Fragment key={index}>
          <wbr />
          {`/${step}`}
        </Fragment>
      ))}
    </code>
  )
}
