import { Advanced, FieldLabel } from '@orbweaver/ui/form-shell'
import { Form, InputNumber } from 'antd'
import type { Kind } from './draft.ts'
import { ChoiceField, FlagField, TextField } from './field.tsx'
import { useFormText } from './text.ts'
import { type MeshValues, patterns } from './values.ts'

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off']

/** Settings few people need on the first day, folded, with a summary of what is set. */
export function GovernanceFields(props: { kind: Kind; values: MeshValues }) {
  const t = useFormText()
  const summary = useSummary(props.values)
  if (props.kind === 'External') return null
  return (
    <Advanced title={t('governance')} summary={summary}>
      <div className="mesh-two">
        <ChoiceField
          name="outbound"
          label={t('outbound')}
          field="outboundTrafficPolicy"
          hint={t('outboundHint')}
          options={[
            { value: 'ALLOW_ANY', label: t('outbounds.ALLOW_ANY') },
            { value: 'REGISTRY_ONLY', label: t('outbounds.REGISTRY_ONLY') },
          ]}
        />
        <FlagField
          name="injectByDefault"
          label={t('injectByDefault')}
          field="injectByDefault"
          hint={t('injectByDefaultHint')}
        />
        <FlagField name="accessLog" label={t('accessLog')} field="accessLog.enabled" hint={t('accessLogHint')} />
        <ChoiceField
          name="logLevel"
          label={t('logLevel')}
          field="proxyLogLevel"
          options={levels.map((level) => ({ value: level, label: level }))}
        />
        <FlagField name="tracing" label={t('tracing')} field="tracing.enabled" />
        <Form.Item<MeshValues>
          name="sampling"
          label={
            <FieldLabel field="tracing.sampling" optional>
              {t('sampling')}
            </FieldLabel>
          }
          extra={t('samplingHint')}
          rules={[{ type: 'number', min: 0, max: 100, message: t('fault.sampling') }]}
        >
          <InputNumber style={{ width: '100%' }} suffix="%" placeholder={t('isDefault')} />
        </Form.Item>
      </div>
      <ProxyResources />
    </Advanced>
  )
}

function ProxyResources() {
  const t = useFormText()
  const cpu = { pattern: patterns.cpu, fault: t('fault.cpu'), hint: t('cpuHint'), max: 20 }
  const memory = { pattern: patterns.memory, fault: t('fault.memory'), hint: t('memoryHint'), max: 20 }
  return (
    <>
      <h3>{t('resources')}</h3>
      <div className="mesh-two">
        <TextField name="cpuRequest" label={t('cpuRequest')} field="requests.cpu" {...cpu} />
        <TextField name="cpuLimit" label={t('cpuLimit')} field="limits.cpu" {...cpu} />
        <TextField name="memoryRequest" label={t('memoryRequest')} field="requests.memory" {...memory} />
        <TextField name="memoryLimit" label={t('memoryLimit')} field="limits.memory" {...memory} />
      </div>
    </>
  )
}

function useSummary(values: MeshValues): string {
  const t = useFormText()
  const flag = (label: string, value: string) => (value === '' ? '' : `${label}: ${t(value === 'on' ? 'on' : 'off')}`)
  const resources = [values.cpuRequest, values.cpuLimit, values.memoryRequest, values.memoryLimit]
  const parts = [
    values.outbound === 'ALLOW_ANY' ? t('outbounds.ALLOW_ANY') : '',
    values.outbound === 'REGISTRY_ONLY' ? t('outbounds.REGISTRY_ONLY') : '',
    flag(t('injectByDefault'), values.injectByDefault),
    flag(t('accessLog'), values.accessLog),
    flag(t('tracing'), values.tracing),
    values.sampling === null ? '' : `${t('sampling')}: ${values.sampling} %`,
    values.logLevel === '' ? '' : `${t('logLevel')}: ${values.logLevel}`,
    resources.some((each) => each !== '') ? t('resources') : '',
  ]
  return parts.filter((each) => each !== '').join(' · ')
}
