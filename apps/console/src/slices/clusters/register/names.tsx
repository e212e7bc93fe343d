import { FieldLabel } from '@orbweaver/ui/form-shell'
import { Form, Input } from 'antd'
import { useText } from '../text.ts'
import { Reach, Short } from './place.tsx'
import { clusterNamePattern, type RegisterValues } from './register-values.ts'

/** Step two: what the cluster is called and where it stands. */
export function Names() {
  const t = useText()
  return (
    <section aria-label={t('form.names')}>
      <h2>{t('form.names')}</h2>
      <div className="ow-register-two">
        <Form.Item<RegisterValues>
          name="name"
          label={<FieldLabel field="metadata.name">{t('form.name')}</FieldLabel>}
          extra={t('form.nameHint')}
          rules={[
            { required: true, message: t('fault.nameMissing') },
            { pattern: clusterNamePattern, max: 63, message: t('fault.name') },
          ]}
        >
          <Input autoComplete="off" spellCheck={false} maxLength={63} />
        </Form.Item>
        <Short name="displayName" />
        <Short name="provider" />
        <Short name="region" />
      </div>
      <Reach />
    </section>
  )
}
