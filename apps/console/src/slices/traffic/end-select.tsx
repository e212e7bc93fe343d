import { useClearing } from '@orbweaver/ui/clearing'
import { Select } from 'antd'
import { refFromPath } from '../../paths.ts'
import { useText } from './text.ts'
import { type Ends, endOption } from './use-ends.ts'

/** Chooses an object by its name; one that an address names and no list holds is shown all the same. */
export function EndSelect(props: {
  id?: string
  label: string
  value?: string | undefined
  ends: Ends
  onChange?: (value: string | undefined) => void
}) {
  const t = useText()
  const clearing = useClearing()
  const { value, ends } = props
  const { groups } = ends
  const isListed = groups.some(({ options }) => options.some((each) => each.value === value))
  const other = value === undefined || isListed ? [] : [unlisted(value, groups)]
  return (
    <>
      <Select<string>
        {...(props.id !== undefined && { id: props.id })}
        aria-label={props.label}
        allowClear={clearing(props.label)}
        showSearch={{ filterOption: (typed, option) => matches(typed, option) }}
        loading={ends.isLoading}
        notFoundContent={ends.failed ? null : t('endsNone')}
        optionLabelProp="chosen"
        value={value ?? null}
        options={[...other, ...groups.map(({ label, options }) => ({ label, title: label, options }))]}
        onChange={(next) => props.onChange?.(next)}
      />
      {ends.failed && (
        <p className="ow-ends-failed" role="alert">
          {t('endsFailed')}{' '}
          <button type="button" className="ow-link" onClick={ends.retry}>
            {t('endsRetry')}
          </button>
        </p>
      )}
    </>
  )
}

/** Named as those of the list are: without the cluster where all of it are of that one. */
function unlisted(value: string, groups: Ends['groups']) {
  const ref = refFromPath(value)
  if (ref === undefined) return { value, label: value, chosen: value }
  const listed = groups.flatMap(({ options }) => options.map((each) => refFromPath(each.value)?.cluster))
  const isOnly = listed.length > 0 && listed.every((each) => each === ref.cluster)
  const place = [isOnly ? undefined : ref.cluster, ref.namespace].filter((each) => each !== undefined)
  return endOption(value, ref.name, place.join(' / '))
}

function matches(typed: string, option: object | undefined): boolean {
  if (option === undefined) return false
  const text = ['label', 'value'].map((key) => String(Reflect.get(option, key))).join(' ')
  return text.toLowerCase().includes(typed.toLowerCase())
}
