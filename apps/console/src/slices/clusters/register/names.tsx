import { FieldLabel } from '@orbweaver/ui/form-shell'
import { Form, Input } from 'antd'
import { useText } from '../text.ts'
import { clusterNamePattern, networkPattern, peerAddressPattern, type RegisterValues } from './register-values.ts'

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
      <Form.Item<RegisterValues>
        name="network"
        label={
          <FieldLabel field="network" optional>
            {t('form.network')}
          </FieldLabel>
        }
        extra={t('form.networkHint')}
        rules={[{ pattern: networkPattern, max: 63, message: t('fault.network') }]}
      >
        <Input autoComplete="off" spellCheck={false} maxLength={63} />
      </Form.Item>
      <Form.Item<RegisterValues>
        name="peerAddress"
        label={
          <FieldLabel field="peerAddress" optional>
            {t('form.peerAddress')}
          </FieldLabel>
        }
        extra={t('form.peerAddressHint')}
        rules={[{ pattern: peerAddressPattern, max: 253, message: t('fault.peerAddress') }]}
      >
        <Input autoComplete="off" spellCheck={false} maxLength={253} placeholder="https://10.1.2.3:6443" />
      </Form.Item>
    </section>
  )
}

function Short(props: { name: 'displayName' | 'provider' | 'region' }) {
  const t = useText()
  const { name } = props
  return (
    <Form.Item<RegisterValues>
      name={name}
      label={<FieldLabel optional>{t(`form.${name}`)}</FieldLabel>}
      extra={t(`form.${name}Hint`)}
      rules={[{ max: 63, message: t('fault.tooLong') }]}
    >
      <Input autoComplete="off" maxLength={63} />
    </Form.Item>
  )
}
