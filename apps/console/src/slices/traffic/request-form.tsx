import { useClearing } from '@orbweaver/ui/clearing'
import { FieldLabel } from '@orbweaver/ui/form-shell'
import { SubmitButton } from '@orbweaver/ui/page'
import { Form, Input, Segmented, Select } from 'antd'
import { useEffect } from 'react'
import type { SearchChange } from '../../app/location.ts'
import type { RequestPlace } from '../../paths.ts'
import { EndSelect } from './end-select.tsx'
import { badHeaderIn, methods, portOf, protocols } from '../../app/explain/questions.ts'
import { useText } from './text.ts'
import { useGateways, useWorkloads } from './use-ends.ts'

/** All there is to say of a request; what is left empty is as a browser would do it. */
export function RequestForm(props: {
  mesh: string
  place: RequestPlace
  onAsk: (place: SearchChange<RequestPlace>) => void
}) {
  const t = useText()
  const clearing = useClearing()
  const [form] = Form.useForm<SearchChange<RequestPlace>>()
  const { place } = props
  useEffect(() => {
    // To reset them would take the focus from the field that asked.
    form.setFieldsValue({ ...cleared, protocol: 'http', ...place })
  }, [form, place])
  const protocol = Form.useWatch('protocol', form) ?? 'http'
  const isHttp = protocol === 'http' || protocol === 'https'
  const headersRule = useHeadersRule()
  return (
    <Form<SearchChange<RequestPlace>>
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError={{ focus: true }}
      className="ow-ask"
      onFinish={(values) => props.onAsk({ ...cleared, ...values })}
    >
      <Source mesh={props.mesh} />
      <Form.Item<RequestPlace>
        name="host"
        label={t('host')}
        extra={t('hostHint')}
        rules={[{ required: true, message: t('needed') }]}
      >
        <Input spellCheck={false} autoComplete="off" maxLength={253} />
      </Form.Item>
      <div className="ow-ask-row">
        <PortField />
        <Form.Item<RequestPlace> name="protocol" label={t('protocol')} initialValue="http">
          <Select options={protocols.map((value) => ({ value, label: t(`protocols.${value}`) }))} />
        </Form.Item>
      </div>
      {isHttp && (
        <div className="ow-ask-row">
          <Form.Item<RequestPlace> name="method" label={t('method')}>
            <Select
              allowClear={clearing(t('method'))}
              placeholder="GET"
              options={methods.map((value) => ({ value, label: value }))}
            />
          </Form.Item>
          <Form.Item<RequestPlace> name="path" label={t('path')}>
            <Input placeholder="/" spellCheck={false} autoComplete="off" maxLength={8192} />
          </Form.Item>
        </div>
      )}
      {isHttp && (
        <Form.Item<RequestPlace>
          name="headers"
          label={<FieldLabel optional>{t('headers')}</FieldLabel>}
          extra={t('headersHint')}
          rules={[headersRule]}
        >
          <Input.TextArea rows={2} spellCheck={false} autoComplete="off" className="ow-code" />
        </Form.Item>
      )}
      {protocol !== 'http' && protocol !== 'tcp' && (
        <Form.Item<RequestPlace> name="sni" label={<FieldLabel optional>{t('sni')}</FieldLabel>} extra={t('sniHint')}>
          <Input spellCheck={false} autoComplete="off" maxLength={253} />
        </Form.Item>
      )}
      <SubmitButton label={t('explain')} />
    </Form>
  )
}

/** So that what is emptied leaves the address. */
const cleared = {
  from: undefined,
  gateway: undefined,
  host: undefined,
  port: undefined,
  protocol: undefined,
  method: undefined,
  path: undefined,
  headers: undefined,
  sni: undefined,
} satisfies SearchChange<RequestPlace>

/** A line that says no header would be left out of the question unseen. */
export function useHeadersRule() {
  const t = useText()
  return {
    validator: (_: object, value: string | undefined) => {
      const line = badHeaderIn(value)
      return line === undefined ? Promise.resolve() : Promise.reject(new Error(t('headersBad', { line })))
    },
  }
}

export function PortField({ name = 'port', label }: { name?: 'port' | 'throughPort'; label?: string }) {
  const t = useText()
  const check = (_: object, value: string | undefined) =>
    portOf(value) === undefined ? Promise.reject(new Error(t('portNeeded'))) : Promise.resolve()
  return (
    <Form.Item<{ port?: string; throughPort?: string }>
      name={name}
      label={label ?? t('port')}
      required
      rules={[{ validator: check }]}
    >
      <Input inputMode="numeric" autoComplete="off" maxLength={5} />
    </Form.Item>
  )
}

function Source(props: { mesh: string }) {
  const t = useText()
  const form = Form.useFormInstance<RequestPlace>()
  const isGateway = Form.useWatch('gateway', form) === 'yes'
  const [workloads, gateways] = [useWorkloads(props.mesh), useGateways(props.mesh)]
  return (
    <>
      <Form.Item<RequestPlace>
        name="gateway"
        label={t('from')}
        getValueProps={(value: unknown) => ({ value: value === 'yes' ? 'yes' : 'no' })}
        normalize={(value: unknown) => (value === 'yes' ? 'yes' : undefined)}
      >
        <Segmented
          tabIndex={-1}
          aria-label={t('from')}
          options={[
            { value: 'no', label: t('fromWorkload') },
            { value: 'yes', label: t('fromOutside') },
          ]}
          onChange={() => form.setFieldValue('from', undefined)}
        />
      </Form.Item>
      <Form.Item<RequestPlace>
        name="from"
        label={isGateway ? t('gateway') : t('workload')}
        rules={[{ required: true, message: t('needed') }]}
      >
        <EndSelect label={isGateway ? t('gateway') : t('workload')} ends={isGateway ? gateways : workloads} />
      </Form.Item>
    </>
  )
}
