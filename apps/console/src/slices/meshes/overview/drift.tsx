import type { DriftField, DriftPlace } from '@orbweaver/contracts/drift'
import type { Json } from '@orbweaver/contracts/json'
import { refKey } from '@orbweaver/contracts/kubernetes'
import type { MeshDetail } from '@orbweaver/contracts/meshes'
import { Failure } from '@orbweaver/ui/failure'
import { Section } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { api } from '../../../api/api.ts'
import { useFailureOf } from '../../../api/failure.ts'
import { fieldAt } from '../../../app/field-path.ts'
import { ObjectName } from '../../../app/plan/object-name.tsx'
import { Pointer } from '../../../app/pointer.tsx'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { useMessage } from '../../../text/messages.ts'
import { useText } from '../text.ts'
import { useOverviewText } from './text.ts'
import './drift.css'

/** Objects that are not as the mesh says, place by place: written back, or said by the mesh from now on. Both by plan. */
export function Drift(props: { mesh: string; drift: MeshDetail['drift'] }) {
  const t = useText()
  const words = useOverviewText()
  const plan = usePlan()
  const { drift, mesh } = props
  const query = useQuery(api.meshes.drift.queryOptions({ input: { name: mesh } }))
  const failure = useFailureOf(query.error)
  const fields = query.data?.fields ?? []
  const adoptable = fields.filter(({ says }) => says !== undefined)
  const adopt = (places: readonly DriftField[]) =>
    plan.open({ type: 'meshes.adopt-drift', name: mesh, places: places.map(placeOf) })
  const actions = (
    <span className="ow-row">
      {adoptable.length > 0 && (
        <Button size="small" onClick={() => adopt(adoptable)}>
          {words('drift.adoptAll', { count: adoptable.length })}
        </Button>
      )}
      <Button size="small" onClick={() => plan.open({ type: 'meshes.repair', name: mesh })}>
        {t('action.repair')}
      </Button>
    </span>
  )
  return (
    <Section title={t('overview.drift')} aside={actions}>
      <p className="ow-soft">{words('drift.hint')}</p>
      {failure !== undefined && <Failure failure={failure} onRetry={() => void query.refetch()} />}
      <ul className="mesh-lines">
        {drift.map(({ ref, pointers, missing }) => (
          <li key={refKey(ref)}>
            <ObjectName of={ref} />
            <span className="ow-spring" />
            <span className="ow-ink-attention">
              {missing ? t('overview.missing') : t('overview.fields', { count: pointers.length })}
            </span>
            <Fields fields={fields.filter((each) => refKey(each.ref) === refKey(ref))} onAdopt={adopt} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function placeOf({ ref, pointer }: DriftField): DriftPlace {
  return { ref, pointer }
}

function Fields(props: { fields: readonly DriftField[]; onAdopt: (places: DriftField[]) => void }) {
  const words = useOverviewText()
  const say = useMessage()
  const { fields, onAdopt } = props
  if (fields.length === 0) return null
  return (
    <ul className="mesh-drift">
      {fields.map((field) => {
        const { pointer, says, why } = field
        return (
          <li key={pointer}>
            {pointer !== '' && (
              <div className="mesh-drift-field">
                <Pointer of={pointer} />
                <span>
                  {words('drift.asked')} <Value of={field.asked} />
                </span>
                <span>
                  {words('drift.live')} <Value of={field.live} />
                </span>
              </div>
            )}
            {why !== undefined && <p className="ow-soft">{say(why)}</p>}
            {says !== undefined && (
              <div className="ow-row">
                <Button
                  size="small"
                  aria-label={words('drift.adoptOne', { place: pointer === '' ? field.ref.name : fieldAt(pointer) })}
                  onClick={() => onAdopt([field])}
                >
                  {words('drift.adopt')}
                </Button>
                <small className="ow-soft">
                  {words('drift.says')} <Pointer of={says} />
                </small>
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function Value(props: { of: Json | undefined }) {
  const words = useOverviewText()
  if (props.of === undefined) return <em className="ow-soft">{words('drift.nothing')}</em>
  return <code>{typeof props.of === 'string' ? props.of : JSON.stringify(props.of)}</code>
}
