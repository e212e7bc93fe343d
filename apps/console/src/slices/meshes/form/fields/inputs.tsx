import type { Json } from '@orbweaver/contracts/json'
import { Input, InputNumber, Select, Space } from 'antd'
import { useState } from 'react'
import { useFormText } from '../text.ts'
import { quantityText, readQuantity, type Resource, units } from './quantity.ts'

/** What every input of a field is given. */
export type InputProps = {
  id: string
  label: string
  value: Json | undefined
  /** undefined takes the field out of the Mesh. */
  onChange: (value: Json | undefined) => void
  placeholder: string
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

export function TextInput(props: InputProps & { max: number }) {
  return (
    <Input
      id={props.id}
      autoComplete="off"
      spellCheck={false}
      maxLength={props.max}
      value={textOf(props.value)}
      placeholder={props.placeholder}
      onChange={({ target }) => props.onChange(target.value === '' ? undefined : target.value)}
    />
  )
}

export function NumberInput(props: InputProps & { min: number; max: number; unit?: string | undefined }) {
  return (
    <InputNumber
      id={props.id}
      style={{ width: '100%' }}
      min={props.min}
      max={props.max}
      suffix={props.unit}
      value={typeof props.value === 'number' ? props.value : null}
      placeholder={props.placeholder}
      onChange={(value) => props.onChange(value ?? undefined)}
    />
  )
}

/** One of a few; the first is always that nothing is said. */
export function ChoiceInput(props: InputProps & { options: { value: string; label: string }[] }) {
  const { value } = props
  const known = typeof value === 'boolean' ? String(value) : textOf(value)
  return (
    <Select
      id={props.id}
      value={known}
      options={[{ value: '', label: props.placeholder }, ...props.options]}
      onChange={(chosen) => props.onChange(chosen === '' ? undefined : chosen)}
    />
  )
}

/** Several texts: those offered, or any where none are. */
export function TextsInput(props: InputProps & { options?: readonly string[] }) {
  const { options, value } = props
  const chosen = Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
  return (
    <Select
      id={props.id}
      mode={options === undefined ? 'tags' : 'multiple'}
      tokenSeparators={[',', ' ']}
      value={chosen}
      placeholder={props.placeholder}
      options={(options ?? chosen).map((each) => ({ value: each, label: each }))}
      onChange={(next) => props.onChange(next.length === 0 ? undefined : next)}
    />
  )
}

/** An amount and its unit beside it, so that none is forgotten. What is no such quantity is shown as text. */
export function QuantityInput(props: InputProps & { resource: Resource }) {
  const t = useFormText()
  const { resource } = props
  const [chosen, setChosen] = useState<string | undefined>()
  const text = textOf(props.value)
  const read = readQuantity(resource, text)
  if (read === undefined) return <TextInput {...props} max={20} />
  const unit = read.amount === null || read.amount === 0 ? (chosen ?? read.unit) : read.unit
  const write = (amount: number | null, next: string) => {
    const written = quantityText(resource, { amount, unit: next })
    props.onChange(written === '' ? undefined : written)
  }
  return (
    <Space.Compact block>
      <InputNumber
        id={props.id}
        style={{ width: '100%' }}
        min={0}
        value={read.amount}
        placeholder={props.placeholder}
        onChange={(amount) => write(amount, unit)}
      />
      <Select
        aria-label={t('unitOf', { field: props.label })}
        style={{ width: 80, flex: 'none' }}
        value={unit}
        options={units[resource].map((each) => ({ value: each, label: each === '' ? t('cores') : each }))}
        onChange={(next) => {
          setChosen(next)
          if (read.amount !== null) write(read.amount, next)
        }}
      />
    </Space.Compact>
  )
}
