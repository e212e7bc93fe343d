import type { RuleTemplate, TemplateField } from '@orbweaver/istio/rules/template'
import { FieldLabel } from '@orbweaver/ui/form-shell'
import { Form, Input, Select } from 'antd'
import { useMessage } from '../../../text/messages.ts'
import { isHinted } from '../hints.ts'
import { useText } from '../text.ts'
import { fieldPath } from './field-path.ts'
import { fieldFault } from './field-rules.ts'

/** The few fields of a template: the human word, Istio's name beside it, one sentence below. */
export function TemplateFields(props: { template: RuleTemplate }) {
  const t = useText()
  const { template } = props
  if (template.fields.length === 0) return <p className="ow-soft">{t('form.noFields')}</p>
  return template.fields.map((field) => <FieldItem key={field.name} template={template} field={field} />)
}

function FieldItem(props: { template: RuleTemplate; field: TemplateField }) {
  const t = useText()
  const say = useMessage()
  const { template, field } = props
  const { name, type } = field
  return (
    <Form.Item
      name={['values', name]}
      label={
        <FieldLabel field={fieldPath(template, field)}>
          {say({ code: `template.field.${name}`, params: {} })}
        </FieldLabel>
      }
      extra={isHinted(name) ? t(`hint.${name}`) : undefined}
      rules={[
        {
          validator: (_rule, text: string | undefined) => {
            const fault = fieldFault(type, text ?? '')
            return fault === undefined ? Promise.resolve() : Promise.reject(new Error(t(`invalid.${fault}`)))
          },
        },
      ]}
    >
      {type === 'choice' ? (
        <Select options={(field.choices ?? []).map((each) => ({ value: each, label: each }))} />
      ) : (
        <Input {...inputOf(field)} />
      )}
    </Form.Item>
  )
}

const units: Partial<Record<TemplateField['type'], string>> = { percent: '%', seconds: 's' }
const numeric: ReadonlySet<TemplateField['type']> = new Set(['percent', 'seconds', 'count', 'port'])

function inputOf({ type, initial }: TemplateField) {
  const unit = units[type]
  return {
    placeholder: initial,
    maxLength: 253,
    spellCheck: false,
    autoComplete: 'off',
    ...(unit === undefined ? {} : { suffix: unit }),
    ...(numeric.has(type) ? { inputMode: 'decimal' as const, style: { width: 160 } } : {}),
  }
}
