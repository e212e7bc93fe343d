import { isRecord, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { Advanced } from '@orbweaver/ui/form-shell'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { type Kind, withPath } from '../draft.ts'
import type { Editing } from '../fields/setting-field.tsx'
import { useOtherText } from './text.ts'

/** The editor and everything it knows of Istio's values come when the section is opened. */
const OtherValues = lazy(async () => ({ default: (await import('./other-values.tsx')).OtherValues }))

/** `spec.values`, and each member's own: whatever Istio takes and no setting above says. */
export function OtherValuesSection(props: Pick<Editing, 'spec' | 'onSpec'> & { kind: Kind }) {
  const t = useOtherText()
  const [chosen, setChosen] = useState('')
  if (props.kind === 'External') return null
  const members = listAt(props.spec, 'members').map((each) => textAt(each, 'cluster') ?? '')
  const member = members.includes(chosen) ? chosen : undefined
  const options = [{ value: '', label: t('ofMesh') }, ...members.map((value) => ({ value, label: value }))]
  return (
    <Advanced title={t('title')} summary={namesIn(recordAt(props.spec, 'values')).join(' · ')} deferred>
      {members.length > 0 && (
        <label className="ow-row">
          {t('of')} <Select aria-label={t('of')} value={member ?? ''} options={options} onChange={setChosen} />
        </label>
      )}
      <Suspense fallback={<Skeleton lines={8} />}>
        <OtherValues key={member} {...valuesOf(props, member)} member={member} />
      </Suspense>
    </Advanced>
  )
}

/** A member's values as if they were a mesh's; each edit changes what that one member says. */
function valuesOf({ spec, onSpec }: Pick<Editing, 'spec' | 'onSpec'>, member: string | undefined) {
  if (member === undefined) return { spec, onSpec }
  const members = listAt(spec, 'members')
  const own = members.find((each) => textAt(each, 'cluster') === member)
  return {
    spec: { ...(spec.version !== undefined && { version: spec.version }), values: recordAt(own, 'values') },
    onSpec: ({ values }: JsonRecord) => {
      const changed = members.map((each) =>
        isRecord(each) && each === own ? withPath(each, ['values'], values) : each,
      )
      onSpec({ ...spec, members: changed })
    },
  }
}

/** Dotted names of what is set, as far as it can be told without knowing the values. */
function namesIn(values: JsonRecord, above = ''): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const path = above === '' ? name : `${above}.${name}`
    return isRecord(value) && Object.keys(value).length > 0 ? namesIn(value, path) : [path]
  })
}
