import { FieldLabel, FormDrawer } from '@orbweaver/ui/form-shell'
import { Checkbox, Form, Input } from 'antd'
import { useState } from 'react'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { patterns } from '@orbweaver/contracts/mesh-settings'
import { useNetworkText } from './text.ts'

const parts = ['region', 'zone', 'subzone'] as const
type Part = (typeof parts)[number]
type LocalityValues = Record<Part, string> & Record<`no-${Part}`, boolean>

const labels: Record<Part, string> = {
  region: 'topology.kubernetes.io/region',
  zone: 'topology.kubernetes.io/zone',
  subzone: 'topology.istio.io/subzone',
}
const nothing: LocalityValues = {
  region: '',
  zone: '',
  subzone: '',
  'no-region': false,
  'no-zone': false,
  'no-subzone': false,
}

/** Three labels of some nodes, each left as it is, set or taken away; then the plan. */
export function LocalityDrawer(props: {
  cluster: string
  nodes: string[]
  onClose: () => void
  onStarted: () => void
}) {
  const t = useNetworkText()
  const plan = usePlan()
  const [form] = Form.useForm<LocalityValues>()
  const [values, setValues] = useState(nothing)
  const { cluster, nodes, onClose, onStarted } = props
  const wanted = wantedOf(values)
  return (
    <FormDrawer
      title={t('locality.title', { count: nodes.length, cluster })}
      open
      onClose={onClose}
      form={form}
      initial={nothing}
      verb={t('locality.verb')}
      loading={false}
      failure={undefined}
      disabled={Object.keys(wanted).length === 0 ? t('locality.nothing') : undefined}
      onChange={setValues}
      onSubmit={(submitted) => {
        onClose()
        plan.open({ type: 'clusters.locality', cluster, nodes, ...wantedOf(submitted) }, { onStarted })
      }}
    >
      {parts.map((part) => (
        <div key={part}>
          <Form.Item<LocalityValues>
            name={part}
            label={<FieldLabel field={labels[part]}>{t(`locality.${part}`)}</FieldLabel>}
            extra={t('locality.hint')}
            rules={[{ pattern: patterns.network, max: 63, message: t('locality.fault') }]}
          >
            <Input maxLength={63} autoComplete="off" spellCheck={false} disabled={values[`no-${part}`]} />
          </Form.Item>
          <Form.Item<LocalityValues> name={`no-${part}`} valuePropName="checked">
            <Checkbox aria-label={`${t('locality.remove')}: ${t(`locality.${part}`)}`}>{t('locality.remove')}</Checkbox>
          </Form.Item>
        </div>
      ))}
    </FormDrawer>
  )
}

function wantedOf(values: LocalityValues): { [Key in Part]?: string | null } {
  const wanted: { [Key in Part]?: string | null } = {}
  for (const part of parts) {
    const text = values[part].trim()
    if (values[`no-${part}`]) wanted[part] = null
    else if (text !== '') wanted[part] = text
  }
  return wanted
}
