import { Fragment } from 'react'
import { fieldSteps } from './field-path.ts'

/** The field that a JSON pointer means, broken between its parts where it has no room. */
export function Pointer(props: { of: string; soft?: boolean }) {
  return (
    <code className={props.soft === true ? 'ow-soft' : undefined}>
      {fieldSteps(props.of).map((step, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {step}
        </Fragment>
      ))}
    </code>
  )
}
