import type { TlsSecret } from '@orbweaver/contracts/security'
import { FieldLabel, FormDrawer } from '@orbweaver/ui/form-shell'
import { AutoComplete, Checkbox, Form, Input, Select } from 'antd'
import { useState } from 'react'
import { usePlan } from '../../app/plan/use-plan.ts'
import { PairFacts } from './pair-facts.tsx'
import { PemField } from './pem-field.tsx'
import { type ApplyValues, initialOf, intentFor, isName, isNamespace, readLabels } from './apply-values.ts'
import { useText } from './text.ts'

/** A TLS Secret made, or given other values; what was pasted is read in the browser before anything is sent. */
export function ApplyDrawer(props: {
  mesh: string
  clusters: string[]
  namespaces: string[]
  present: TlsSecret | undefined
  onClose: () => void
}) {
  const t = useText()
  const plan = usePlan()
  const { mesh, clusters, namespaces, present, onClose } = props
  const [form] = Form.useForm<ApplyValues>()
  const [initial] = useState(() => initialOf(present, clusters))
  const [values, setValues] = useState(initial)
  const replaces = present !== undefined && present.state !== 'missing'
  const required = { required: true, message: t('form.required') }
  const checked = (test: (text: string) => boolean, message: string) => ({
    validator: (_rule: unknown, text: unknown) =>
      typeof text !== 'string' || text === '' || test(text) ? Promise.resolve() : Promise.reject(new Error(message)),
  })
  return (
    <FormDrawer
      title={replaces ? t('form.replaceTitle', { name: present.ref.name }) : t('form.createTitle')}
      open
      onClose={onClose}
      form={form}
      initial={initial}
      verb={t('form.verb')}
      loading={false}
      failure={undefined}
      onChange={setValues}
      onSubmit={(wanted) => {
        onClose()
        plan.open(intentFor(mesh, wanted))
      }}
    >
      <Form.Item<ApplyValues>
        name="name"
        label={<FieldLabel field="credentialName">{t('form.name')}</FieldLabel>}
        extra={t('form.nameHint')}
        rules={[required, checked(isName, t('form.invalidName'))]}
      >
        <Input disabled={present !== undefined} autoComplete="off" />
      </Form.Item>
      <Form.Item<ApplyValues>
        name="namespace"
        label={t('form.namespace')}
        extra={t('form.namespaceHint')}
        rules={[required, checked(isNamespace, t('form.invalidName'))]}
      >
        <AutoComplete
          disabled={present !== undefined}
          options={namespaces.map((value) => ({ value }))}
          showSearch={{ filterOption: (text, option) => option?.value.includes(text) === true }}
        />
      </Form.Item>
      <Form.Item<ApplyValues>
        name="clusters"
        label={t('form.clusters')}
        extra={t('form.clustersHint')}
        rules={[{ required: true, type: 'array', message: t('form.required') }]}
      >
        <Select mode="multiple" options={clusters.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <PemField name="certificate" label={t('form.certificate')} hint={t('form.certificateHint')} rules={[required]} />
      <PemField name="key" label={t('form.key')} hint={t('form.keyHint')} rules={[required]} />
      <PairFacts certificate={values.certificate} privateKey={values.key} ca={values.ca} />
      <PemField
        name="ca"
        label={t('form.ca')}
        optional
        hint={present?.holds.ca === true ? `${t('form.caHint')} ${t('form.caStays')}` : t('form.caHint')}
        rules={[]}
      />
      {present?.holds.ca === true && (
        <Form.Item<ApplyValues> name="dropCa" valuePropName="checked">
          <Checkbox>{t('form.dropCa')}</Checkbox>
        </Form.Item>
      )}
      <Form.Item<ApplyValues>
        name="labels"
        label={<FieldLabel optional>{t('form.labels')}</FieldLabel>}
        extra={t('form.labelsHint')}
        rules={[checked((text) => readLabels(text) !== undefined, t('form.labelsInvalid'))]}
      >
        <Input autoComplete="off" />
      </Form.Item>
    </FormDrawer>
  )
}
