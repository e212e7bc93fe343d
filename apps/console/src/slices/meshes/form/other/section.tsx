import { isRecord, type JsonRecord, recordAt } from '@orbweaver/contracts/json'
import { Advanced } from '@orbweaver/ui/form-shell'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { lazy, Suspense } from 'react'
import type { Kind } from '../draft.ts'
import type { Editing } from '../fields/setting-field.tsx'
import { useOtherText } from './text.ts'

/** The editor and everything it knows of Istio's values come when the section is opened. */
const OtherValues = lazy(async () => ({ default: (await import('./other-values.tsx')).OtherValues }))

/** `spec.values`: whatever Istio takes and no setting above says. */
export function OtherValuesSection(props: Pick<Editing, 'spec' | 'onSpec'> & { kind: Kind }) {
  const t = useOtherText()
  if (props.kind === 'External') return null
  return (
    <Advanced title={t('title')} summary={namesIn(recordAt(props.spec, 'values')).join(' · ')} deferred>
      <Suspense fallback={<Skeleton lines={8} />}>
        <OtherValues spec={props.spec} onSpec={props.onSpec} />
      </Suspense>
    </Advanced>
  )
}

/** Dotted names of what is set, as far as it can be told without knowing the values. */
function namesIn(values: JsonRecord, above = ''): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const path = above === '' ? name : `${above}.${name}`
    return isRecord(value) && Object.keys(value).length > 0 ? namesIn(value, path) : [path]
  })
}
