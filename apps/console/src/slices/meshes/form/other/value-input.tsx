import { type Json, textAt } from '@orbweaver/contracts/json'
import type { ValueType } from '@orbweaver/istio/values/schema'
import { DocumentInput } from '../fields/document-input.tsx'
import { ChoiceInput, type InputProps, NumberInput, TextInput, TextsInput } from '../fields/inputs.tsx'

/** The input that fits a type: what is no single thing is written as YAML. */
export function ValueInput(props: InputProps & { type: ValueType }) {
  const { type, ...input } = props
  if (type.form === 'bool') {
    const options = ['true', 'false'].map((value) => ({ value, label: value }))
    return (
      <ChoiceInput
        {...input}
        options={options}
        onChange={(value) => props.onChange(value === undefined ? undefined : value === 'true')}
      />
    )
  }
  if (type.form === 'choice') {
    return <ChoiceInput {...input} options={Object.keys(type.members).map((value) => ({ value, label: value }))} />
  }
  if (type.form === 'int' || type.form === 'number') {
    return <NumberInput {...input} min={Number.MIN_SAFE_INTEGER} max={Number.MAX_SAFE_INTEGER} />
  }
  if (type.form === 'intOrString') {
    const value = typeof input.value === 'number' ? String(input.value) : input.value
    return <TextInput {...input} value={value} max={253} onChange={(text) => props.onChange(numberOrText(text))} />
  }
  if (type.form === 'list' && type.of.form === 'string') return <TextsInput {...input} />
  if (isDocument(type)) return <DocumentInput {...input} map={false} />
  return <TextInput {...input} max={4096} />
}

function isDocument({ form }: ValueType): boolean {
  return form === 'list' || form === 'map' || form === 'object' || form === 'record'
}

function numberOrText(value: Json | undefined): Json | undefined {
  const text = textAt({ value }, 'value')
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : value
}
