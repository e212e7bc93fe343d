import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { Setting, SettingId } from '@orbweaver/istio/meshes/settings'
import { FieldLabel } from '@orbweaver/ui/form-shell'
import { Form } from 'antd'
import { Fragment, lazy, type ReactNode, Suspense } from 'react'
import { useFormText } from '../text.ts'
import { effectsOf, fieldOf, hasFault, setsOf, valueAt, withField } from './field-of.ts'
import { ChoiceInput, type InputProps, NumberInput, QuantityInput, TextInput, TextsInput } from './inputs.tsx'
import { DistributeInput, FailoverInput, ProviderInput } from './rows.tsx'

const DocumentInput = lazy(async () => ({ default: (await import('./document-input.tsx')).DocumentInput }))

/** The draft under edit, and the paths at which it is not what the contract takes. */
export type Editing = {
  spec: JsonRecord
  faults: readonly string[]
  onSpec: (spec: JsonRecord) => void
}

/** One setting: its word and its name in the Mesh, the value of Istio that it sets, and when that holds. */
export function SettingField(props: Editing & { id: SettingId }) {
  const t = useFormText()
  const fault = useFault()
  const unset = useUnset()
  const { id, spec } = props
  const field = fieldOf(id)
  const label = t(`setting.${id}.label`)
  return (
    <PathField
      id={`setting-${id}`}
      label={label}
      field={field.setting.path.slice(1).join('.')}
      fault={hasFault(props.faults, field.path) ? fault(field.setting) : undefined}
      hint={t(`setting.${id}.hint`)}
      sets={
        <>
          <code>
            <Dotted of={setsOf(field)} />
          </code>{' '}
          ·{' '}
          {effectsOf(field)
            .map((each) => t(`effect.${each}`))
            .join(' · ')}
        </>
      }
    >
      <SettingInput
        setting={field.setting}
        id={`setting-${id}`}
        label={label}
        value={valueAt(spec, field)}
        placeholder={unset(field.setting)}
        onChange={(value) => props.onSpec(withField(spec, field, value))}
      />
    </PathField>
  )
}

/** A name that is broken between its parts where it has no room. */
function Dotted(props: { of: string }) {
  return props.of.split('.').map((part, index) => (
    <Fragment key={part}>
      {index > 0 && <wbr />}
      {index > 0 ? `.${part}` : part}
    </Fragment>
  ))
}

/** Label above, hint below, as the fields of a form are, for an input that the form itself does not hold. */
export function PathField(props: {
  id: string
  label: string
  field: string
  fault?: string | undefined
  hint?: string
  sets?: ReactNode
  children: ReactNode
}) {
  const { fault } = props
  return (
    <Form.Item
      htmlFor={props.id}
      label={<FieldLabel field={props.field}>{props.label}</FieldLabel>}
      {...(fault !== undefined && { validateStatus: 'error', help: fault })}
      extra={
        <>
          {props.hint}
          {props.sets !== undefined && <small className="mesh-sets">{props.sets}</small>}
        </>
      }
    >
      {props.children}
    </Form.Item>
  )
}

function SettingInput(props: InputProps & { setting: Setting }) {
  const t = useFormText()
  const { setting, ...input } = props
  if (setting.form === 'flag') return <FlagInput {...input} />
  if (setting.form === 'choice') {
    const worded = (value: string) =>
      value === 'ALLOW_ANY' || value === 'REGISTRY_ONLY' ? `${t(`outbounds.${value}`)} · ${value}` : value
    return <ChoiceInput {...input} options={setting.options.map((value) => ({ value, label: worded(value) }))} />
  }
  if (setting.form === 'choices') return <TextsInput {...input} options={setting.options} />
  if (setting.form === 'texts') return <TextsInput {...input} />
  if (setting.form === 'number') return <NumberInput {...input} {...setting} />
  if (setting.form === 'distribute') return <DistributeInput {...input} />
  if (setting.form === 'failover') return <FailoverInput {...input} />
  if (setting.form === 'provider') return <ProviderInput {...input} />
  if (setting.form === 'json') {
    return (
      <Suspense fallback={null}>
        <DocumentInput {...input} map />
      </Suspense>
    )
  }
  return <RuledInput {...input} rule={setting.rule} max={setting.max} />
}

function RuledInput(props: InputProps & { rule: string; max: number }) {
  const { rule, ...input } = props
  return rule === 'cpu' || rule === 'memory' ? <QuantityInput {...input} resource={rule} /> : <TextInput {...input} />
}

/** A switch with a third position: nothing said, Istio's own default holds. */
function FlagInput(props: InputProps) {
  const t = useFormText()
  const options = [
    { value: 'true', label: t('on') },
    { value: 'false', label: t('off') },
  ]
  const write = (value: Json | undefined) => props.onChange(value === undefined ? undefined : value === 'true')
  return <ChoiceInput {...props} options={options} onChange={write} />
}

function useFault() {
  const t = useFormText()
  return (setting: Setting): string => {
    if (setting.form === 'text') return t(`fault.${setting.rule}`)
    if (setting.form === 'number') return t('fault.range', { min: setting.min, max: setting.max })
    if (setting.form === 'distribute' || setting.form === 'failover' || setting.form === 'provider') {
      return t(`fault.${setting.form}`)
    }
    return t('fault.list')
  }
}

/** What an empty field says: nothing is set, and what then holds. */
function useUnset() {
  const t = useFormText()
  return (setting: Setting): string => {
    const { default: value } = setting
    if (value === undefined) return t('isUnset')
    // Beside an amount stands its unit.
    if (setting.form === 'text' && (setting.rule === 'cpu' || setting.rule === 'memory')) {
      return t('isDefaultInShort', { value })
    }
    const text = typeof value === 'boolean' ? t(value ? 'on' : 'off') : value
    return t('isDefaultOf', { value: text })
  }
}
