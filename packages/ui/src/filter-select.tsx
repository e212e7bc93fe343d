import { Select } from 'antd'
import { useClearing } from './clearing.tsx'

/** Narrows a list by one of a few values; with nothing chosen it says what is shown then (`all`). Types into it to find one. */
export function FilterSelect<Value extends string>(props: {
  label: string
  /** `All namespaces` */
  all: string
  value: Value | undefined
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value | undefined) => void
}) {
  const clearing = useClearing()
  return (
    <Select<Value | null, { value: Value; label: string }>
      className="ow-filter"
      aria-label={props.label}
      placeholder={props.all}
      allowClear={clearing(props.label)}
      showSearch={{ optionFilterProp: 'label' }}
      value={props.value ?? null}
      options={[...props.options]}
      onChange={(value) => props.onChange(value ?? undefined)}
    />
  )
}

/** Names, each its own label. */
export function named<Value extends string>(values: readonly Value[]): { value: Value; label: string }[] {
  return values.map((value) => ({ value, label: value }))
}
