import { FieldLabel } from '@orbweaver/ui/form-shell'
import { AutoComplete, Form, Input } from 'antd'
import { useText } from '../text.ts'
import { type Fault, nameFault, namespaceFault } from './field-rules.ts'

/** Where the rule will live and what it is called. */
export function PlaceFields(props: { place: { cluster: string; namespaces: string[] }; namespace: string }) {
  const t = useText()
  const { cluster, namespaces } = props.place
  const isNew = namespaceFault(props.namespace) === undefined && !namespaces.includes(props.namespace)
  const rule = (faultOf: (text: string) => Fault | undefined) => ({
    validator: (_rule: unknown, text: string | undefined) => {
      const fault = faultOf(text ?? '')
      return fault === undefined ? Promise.resolve() : Promise.reject(new Error(t(`invalid.${fault}`)))
    },
  })
  return (
    <>
      <Form.Item
        name="namespace"
        label={<FieldLabel field="metadata.namespace">{t('namespace')}</FieldLabel>}
        extra={isNew ? t('form.newNamespace', { cluster }) : t('form.namespaceHint', { cluster })}
        rules={[rule(namespaceFault)]}
      >
        <AutoComplete
          options={namespaces.map((name) => ({ value: name }))}
          showSearch={{ filterOption: (typed, option) => (option?.value ?? '').includes(typed) }}
        />
      </Form.Item>
      <Form.Item
        name="name"
        label={<FieldLabel field="metadata.name">{t('name')}</FieldLabel>}
        extra={t('form.nameHint')}
        rules={[rule(nameFault)]}
      >
        <Input maxLength={253} autoComplete="off" spellCheck={false} />
      </Form.Item>
    </>
  )
}
