import { FieldLabel } from '@orbweaver/ui/form-shell'
import { Form, Input } from 'antd'
import type { ReactNode } from 'react'
import type { MeshValues } from './values.ts'

type FieldProps = {
  name: keyof MeshValues
  label: ReactNode
  /** The API's own name. */
  field: string
  hint?: ReactNode
}

/** A line of text that must look a certain way; empty means that nothing is said. */
export function TextField(
  props: FieldProps & {
    pattern?: RegExp
    fault: string
    missing?: string
    max?: number
    disabled?: boolean
    placeholder?: string
    suffix?: string
  },
) {
  const { name, pattern, fault, missing, max = 253 } = props
  return (
    <Form.Item<MeshValues>
      name={name}
      label={
        <FieldLabel field={props.field} optional={missing === undefined}>
          {props.label}
        </FieldLabel>
      }
      extra={props.hint}
      rules={[
        ...(missing === undefined ? [] : [{ required: true, message: missing }]),
        { ...(pattern === undefined ? {} : { pattern }), max, message: fault },
      ]}
    >
      <Input
        autoComplete="off"
        spellCheck={false}
        maxLength={max}
        disabled={props.disabled === true}
        {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
        {...(props.suffix === undefined ? {} : { suffix: props.suffix })}
      />
    </Form.Item>
  )
}
