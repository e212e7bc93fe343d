import { FieldLabel } from '@orbweaver/ui/form-shell'
import { Form, Radio } from 'antd'
import { at, type JsonRecord } from '@orbweaver/contracts/json'
import { withPath } from './draft.ts'
import { hasFault, valueAt } from './fields/field-of.ts'
import { NumberInput, QuantityInput } from './fields/inputs.tsx'
import { type Editing, PathField } from './fields/setting-field.tsx'
import { useFormText } from './text.ts'

const sides = ['requests', 'limits'] as const
const resources = ['cpu', 'memory'] as const

/** Of size Custom: what each replica of istiod asks for and may take. */
export function IstiodResources({ spec, faults, onSpec }: Editing) {
  const t = useFormText()
  return (
    <div className="mesh-two">
      {sides.flatMap((side) =>
        resources.map((resource) => {
          const path = ['controlPlane', 'resources', side, resource]
          const id = `istiod-${side}-${resource}`
          const label = t(`istiodResource.${side}.${resource}`)
          return (
            <PathField
              key={id}
              id={id}
              label={label}
              field={`resources.${side}.${resource}`}
              fault={hasFault(faults, path) ? t(`fault.${resource}`) : undefined}
              sets={<code>{`pilot.resources.${side}.${resource}`}</code>}
            >
              <QuantityInput
                id={id}
                label={label}
                resource={resource}
                placeholder={t('isUnset')}
                value={valueAt(spec, { path })}
                onChange={(value) => onSpec(withIstiodResource(spec, path, value))}
              />
            </PathField>
          )
        }),
      )}
    </div>
  )
}

/** Size Custom has resources, be they none yet: the hub's schema wants both or neither. */
function withIstiodResource(spec: JsonRecord, path: string[], value: ReturnType<typeof at>): JsonRecord {
  const written = withPath(spec, path, value)
  return at(written, 'controlPlane', 'resources') === undefined
    ? withPath(written, ['controlPlane', 'resources'], {})
    : written
}

const replicas = ['controlPlane', 'replicas'] as const
const autoscaling = ['controlPlane', 'autoscaling'] as const

type Mode = 'unset' | 'replicas' | 'autoscaling'

function modeOf(spec: JsonRecord): Mode {
  if (at(spec, ...replicas) !== undefined) return 'replicas'
  return at(spec, ...autoscaling) === undefined ? 'unset' : 'autoscaling'
}

/** Another way of scaling, with two replicas of istiod to begin with: one is no high availability. */
export function withScaling(spec: JsonRecord, mode: Mode): JsonRecord {
  const none = withPath(withPath(spec, replicas, undefined), autoscaling, undefined)
  if (mode === 'replicas') return withPath(none, replicas, 2)
  return mode === 'autoscaling' ? withPath(none, autoscaling, { min: 2, max: 5 }) : none
}

export function Scaling({ spec, faults, onSpec }: Editing) {
  const t = useFormText()
  const mode = modeOf(spec)
  const number = (path: readonly string[], field: 'replicas' | 'min' | 'max', max: number) => (
    <PathField
      id={`istiod-${field}`}
      label={t(`scaling.${field}`)}
      field={path.slice(1).join('.')}
      fault={hasFault(faults, path) ? t('fault.range', { min: 1, max }) : undefined}
    >
      <NumberInput
        id={`istiod-${field}`}
        label={t(`scaling.${field}`)}
        min={1}
        max={max}
        placeholder=""
        value={valueAt(spec, { path })}
        // A number that is being typed anew is no wish to scale otherwise.
        onChange={(value) => onSpec(withPath(spec, path, value ?? 0))}
      />
    </PathField>
  )
  return (
    <>
      <Form.Item
        label={<FieldLabel field="controlPlane.replicas">{t('scaling.title')}</FieldLabel>}
        extra={t('scaling.hint')}
      >
        <Radio.Group
          aria-label={t('scaling.title')}
          value={mode}
          onChange={({ target }) => onSpec(withScaling(spec, readMode(target.value)))}
          options={[
            { value: 'unset', label: t('scaling.unset') },
            { value: 'replicas', label: t('scaling.fixed') },
            { value: 'autoscaling', label: t('scaling.auto') },
          ]}
        />
      </Form.Item>
      <div className="mesh-two">
        {mode === 'replicas' && number(replicas, 'replicas', 20)}
        {mode === 'autoscaling' && (
          <>
            {number([...autoscaling, 'min'], 'min', 50)}
            {number([...autoscaling, 'max'], 'max', 50)}
          </>
        )}
      </div>
    </>
  )
}

function readMode(value: unknown): Mode {
  return value === 'replicas' || value === 'autoscaling' ? value : 'unset'
}
