import type { KnownFinding } from '@orbweaver/contracts/findings'
import { FieldLabel, FormDrawer } from '@orbweaver/ui/form-shell'
import { Form, Input, Radio } from 'antd'
import { ObjectName } from '../../../app/plan/object-name.tsx'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { useFoundText } from './text.ts'

type Values = { code: string; reason: string; until: string }

/** Asks why a finding is not to be shown, and until when; then the plan says what that writes. */
export function MuteDrawer(props: { mesh: string; finding: KnownFinding; onClose: () => void; onDone: () => void }) {
  const t = useFoundText()
  const plan = usePlan()
  const [form] = Form.useForm<Values>()
  const { mesh, finding, onClose, onDone } = props
  const { code, ref } = finding
  const object = ref.namespace === undefined ? ref.name : `${ref.namespace}/${ref.name}`
  const mute = ({ code: wanted, reason, until }: Values) => {
    onClose()
    const end = until === '' ? {} : { until }
    plan.open(
      { type: 'objects.mute', mesh, ref, code: wanted, reason: reason.trim(), ...end },
      { compact: true, onDone },
    )
  }
  return (
    <FormDrawer
      title={t('form.title')}
      open
      onClose={onClose}
      form={form}
      initial={{ code, reason: '', until: '' }}
      verb={t('form.verb')}
      loading={false}
      failure={undefined}
      onSubmit={mute}
    >
      <p>
        <ObjectName of={ref} />
      </p>
      <Form.Item<Values> name="code" label={t('form.what')} extra={t('form.whatHint', { object })}>
        <Radio.Group
          options={[
            { value: code, label: t('form.thisCode', { code }) },
            { value: '*', label: t('form.everything') },
          ]}
        />
      </Form.Item>
      <Form.Item<Values>
        name="reason"
        label={t('form.reason')}
        extra={t('form.reasonHint')}
        rules={[{ required: true, whitespace: true, message: t('form.required') }]}
      >
        <Input maxLength={300} autoComplete="off" />
      </Form.Item>
      <Form.Item<Values>
        name="until"
        label={<FieldLabel optional>{t('form.until')}</FieldLabel>}
        extra={t('form.untilHint')}
        rules={[{ validator: (_rule, day: unknown) => asPromise(isToCome(day), t('form.past')) }]}
      >
        <Input type="date" style={{ width: 200 }} />
      </Form.Item>
    </FormDrawer>
  )
}

/** Nothing chosen is for ever. */
function isToCome(day: unknown): boolean {
  return typeof day !== 'string' || day === '' || day >= new Date().toISOString().slice(0, 10)
}

function asPromise(holds: boolean, message: string): Promise<void> {
  return holds ? Promise.resolve() : Promise.reject(new Error(message))
}
