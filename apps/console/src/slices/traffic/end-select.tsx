import { Select } from 'antd'
import { refFromPath } from '../../paths.ts'
import type { EndGroup } from './use-ends.ts'

/** Chooses an object by its name; one that an address names and no list holds is shown all the same. */
export function EndSelect(props: {
  id?: string
  label: string
  value?: string | undefined
  groups: EndGroup[]
  loading: boolean
  onChange?: (value: string | undefined) => void
}) {
  const { value, groups } = props
  const isListed = groups.some(({ options }) => options.some((each) => each.value === value))
  const named = refFromPath(value)
  const other = value === undefined || isListed ? [] : [{ value, label: named?.name ?? value }]
  return (
    <Select<string>
      {...(props.id !== undefined && { id: props.id })}
      aria-label={props.label}
      allowClear
      showSearch={{ filterOption: (typed, option) => matches(typed, option) }}
      loading={props.loading}
      value={value ?? null}
      options={[...other, ...groups.map(({ label, options }) => ({ label, title: label, options }))]}
      onChange={(next) => props.onChange?.(next)}
    />
  )
}

function matches(typed: string, option: object | undefined): boolean {
  if (option === undefined) return false
  const text = ['label', 'value'].map((key) => String(Reflect.get(option, key))).join(' ')
  return text.toLowerCase().includes(typed.toLowerCase())
}
