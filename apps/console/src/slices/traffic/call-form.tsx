import { useClearing } from '@orbweaver/ui/clearing'
import { FieldLabel } from '@orbweaver/ui/form-shell'
import { SubmitButton } from '@orbweaver/ui/page'
import { Form, Input, Segmented, Select } from 'antd'
import { useEffect, useState } from 'react'
import type { SearchChange } from '../../app/location.ts'
import type { CallPlace } from '../../paths.ts'
import { EndSelect } from './end-select.tsx'
import { PortField, useHeadersRule } from './request-form.tsx'
import { callProtocols, claimsIn, methods } from '../../app/explain/questions.ts'
import { useText } from './text.ts'
import { type Ends, together, useGateways, useWorkloads } from './use-ends.ts'

/** Who calls whom, and with what; of what is left empty the answer holds for every value. */
export function CallForm(props: { mesh: string; place: CallPlace; onAsk: (place: SearchChange<CallPlace>) => void }) {
  const t = useText()
  const [form] = Form.useForm<SearchChange<CallPlace>>()
  const { place } = props
  useEffect(() => {
    // To reset them would take the focus from the field that asked.
    form.setFieldsValue({ ...cleared, protocol: 'http', mtls: 'auto', ...place })
  }, [form, place])
  const isDescribed = place.principal !== undefined || place.ip !== undefined
  const isHttp = (Form.useWatch('protocol', form) ?? 'http') === 'http'
  const ends = useWorkloads(props.mesh)
  const gateways = useGateways(props.mesh)
  return (
    <Form<SearchChange<CallPlace>>
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError={{ focus: true }}
      className="ow-ask"
      onFinish={(values) => props.onAsk({ ...cleared, ...values })}
    >
      <Caller key={String(isDescribed)} mesh={props.mesh} isDescribed={isDescribed} />
      <Through gateways={gateways} />
      <Form.Item<CallPlace> name="to" label={t('to')} rules={[{ required: true, message: t('needed') }]}>
        <EndSelect label={t('to')} ends={together(ends, gateways)} />
      </Form.Item>
      <div className="ow-ask-row">
        <PortField />
        <Form.Item<CallPlace> name="protocol" label={t('protocol')} initialValue="http">
          <Select options={callProtocols.map((value) => ({ value, label: t(`protocols.${value}`) }))} />
        </Form.Item>
        <Form.Item<CallPlace> name="mtls" label={t('mtls')} initialValue="auto">
          <Select
            options={(['auto', 'yes', 'no'] as const).map((value) => ({ value, label: t(`mtlsChoices.${value}`) }))}
          />
        </Form.Item>
      </div>
      {isHttp && <HttpFields />}
      <SubmitButton label={t('explain')} />
    </Form>
  )
}

const cleared = {
  from: undefined,
  principal: undefined,
  ip: undefined,
  through: undefined,
  throughPort: undefined,
  to: undefined,
  port: undefined,
  protocol: undefined,
  method: undefined,
  path: undefined,
  host: undefined,
  headers: undefined,
  claims: undefined,
  mtls: undefined,
} satisfies SearchChange<CallPlace>

/** A gateway counts with a port of its servers, which is asked for once one is chosen. */
function Through({ gateways }: { gateways: Ends }) {
  const t = useText()
  const chosen = Form.useWatch('through', Form.useFormInstance<CallPlace>())
  return (
    <>
      <Form.Item<CallPlace> name="through" label={<FieldLabel optional>{t('through')}</FieldLabel>}>
        <EndSelect label={t('through')} ends={gateways} />
      </Form.Item>
      {chosen !== undefined && <PortField name="throughPort" label={t('throughPort')} />}
    </>
  )
}

function HttpFields() {
  const t = useText()
  const clearing = useClearing()
  const headersRule = useHeadersRule()
  const check = (_: object, value: string | undefined) =>
    claimsIn(value === '' ? undefined : value) === 'bad' ? Promise.reject(new Error(t('claimsBad'))) : Promise.resolve()
  return (
    <>
      <div className="ow-ask-row">
        <Form.Item<CallPlace> name="method" label={t('method')}>
          <Select
            allowClear={clearing(t('method'))}
            placeholder={t('any')}
            options={methods.map((value) => ({ value, label: value }))}
          />
        </Form.Item>
        <Form.Item<CallPlace> name="path" label={t('path')}>
          <Input placeholder={t('any')} spellCheck={false} autoComplete="off" maxLength={4096} />
        </Form.Item>
        <Form.Item<CallPlace> name="host" label={t('host')}>
          <Input placeholder={t('any')} spellCheck={false} autoComplete="off" maxLength={253} />
        </Form.Item>
      </div>
      <Form.Item<CallPlace>
        name="headers"
        label={<FieldLabel optional>{t('headers')}</FieldLabel>}
        extra={t('headersHint')}
        rules={[headersRule]}
      >
        <Input.TextArea rows={2} spellCheck={false} autoComplete="off" className="ow-code" />
      </Form.Item>
      <Form.Item<CallPlace>
        name="claims"
        label={<FieldLabel optional>{t('claims')}</FieldLabel>}
        extra={t('claimsHint')}
        rules={[{ validator: check }]}
      >
        <Input.TextArea rows={2} spellCheck={false} autoComplete="off" className="ow-code" />
      </Form.Item>
    </>
  )
}

function Caller(props: { mesh: string; isDescribed: boolean }) {
  const t = useText()
  const form = Form.useFormInstance<CallPlace>()
  const [isDescribed, setDescribed] = useState(props.isDescribed)
  const workloads = useWorkloads(props.mesh)
  const eitherOf = (_: object, value: string | undefined) =>
    (value ?? '') === '' && !form.getFieldValue('ip')
      ? Promise.reject(new Error(t('principalNeeded')))
      : Promise.resolve()
  return (
    <>
      <Form.Item label={t('caller')}>
        <Segmented
          tabIndex={-1}
          aria-label={t('caller')}
          value={isDescribed ? 'identity' : 'workload'}
          options={[
            { value: 'workload', label: t('fromWorkload') },
            { value: 'identity', label: t('fromIdentity') },
          ]}
          onChange={(value) => {
            setDescribed(value === 'identity')
            form.resetFields(value === 'identity' ? ['from'] : ['principal', 'ip'])
          }}
        />
      </Form.Item>
      {isDescribed ? (
        <>
          <Form.Item<CallPlace>
            name="principal"
            label={t('principal')}
            extra={t('principalHint')}
            dependencies={['ip']}
            rules={[{ validator: eitherOf }]}
          >
            <Input spellCheck={false} autoComplete="off" maxLength={4096} />
          </Form.Item>
          <Form.Item<CallPlace> name="ip" label={<FieldLabel optional>{t('ip')}</FieldLabel>}>
            <Input spellCheck={false} autoComplete="off" maxLength={64} />
          </Form.Item>
        </>
      ) : (
        <Form.Item<CallPlace> name="from" label={t('workload')} rules={[{ required: true, message: t('needed') }]}>
          <EndSelect label={t('workload')} ends={workloads} />
        </Form.Item>
      )}
    </>
  )
}
