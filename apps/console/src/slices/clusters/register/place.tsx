import { Advanced, FieldLabel } from '@orbweaver/ui/form-shell'
import { Form, Input } from 'antd'
import { useText } from '../text.ts'
import { networkPattern, peerAddressPattern, type PlaceValues, prefixPattern } from './register-values.ts'

/** What stands beside the name: how the cluster is shown, and how others reach it. */
export function Short(props: { name: 'displayName' | 'provider' | 'region' }) {
  const t = useText()
  const { name } = props
  return (
    <Form.Item<PlaceValues>
      name={name}
      label={<FieldLabel optional>{t(`form.${name}`)}</FieldLabel>}
      extra={t(`form.${name}Hint`)}
      rules={[{ max: 63, message: t('fault.tooLong') }]}
    >
      <Input autoComplete="off" maxLength={63} />
    </Form.Item>
  )
}

export function Reach() {
  const t = useText()
  return (
    <>
      <Form.Item<PlaceValues>
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
      <Form.Item<PlaceValues>
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
    </>
  )
}

/** How people are spelled in this cluster's RBAC. */
export function Identity(props: { summary: string }) {
  const t = useText()
  return (
    <Advanced title={t('form.identity')} summary={props.summary}>
      {(['userPrefix', 'groupPrefix'] as const).map((name) => (
        <Form.Item<PlaceValues>
          key={name}
          name={name}
          label={
            <FieldLabel field={`identity.${name}`} optional>
              {t(`form.${name}`)}
            </FieldLabel>
          }
          extra={t(`form.${name}Hint`)}
          rules={[{ pattern: prefixPattern, message: t('fault.prefix') }]}
        >
          <Input autoComplete="off" spellCheck={false} maxLength={63} />
        </Form.Item>
      ))}
    </Advanced>
  )
}
