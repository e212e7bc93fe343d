import type { Cluster } from '@orbweaver/contracts/clusters'
import { Advanced, FieldLabel } from '@orbweaver/ui/form-shell'
import { Form, Input, Radio } from 'antd'
import { usePrometheusText } from './text.ts'
import { proofLengths, proofPatterns, type ProofValues } from './proof-values.ts'

type Held = NonNullable<Cluster['prometheusHolds']>

/** What the console proves itself by to a Prometheus at an address. */
export function ProofFields(props: {
  values: ProofValues
  held: Held
  /** Whom they are for, where that is not the address any more. */
  heldFor: string | undefined
  disabled: boolean
}) {
  const t = usePrometheusText()
  const { values, held, heldFor, disabled } = props
  const kinds = (['kept', 'none', 'token', 'user'] as const).filter((each) => each !== 'kept' || held.length > 0)
  const isLeft = heldFor !== undefined && held.length > 0
  const what = held.map((each) => t(`held.${each}`))
  const nameOf = (kind: (typeof kinds)[number]) => {
    if (kind !== 'kept') return t(`proof.${kind}`)
    return isLeft ? t('proof.keptFor', { what, origin: heldFor }) : t('proof.kept', { what })
  }
  const hint = isLeft ? 'proof.again' : 'proof.hint'
  return (
    <>
      <Form.Item<ProofValues>
        name="proof"
        label={<FieldLabel>{t('proof.label')}</FieldLabel>}
        dependencies={['prometheusUrl']}
        extra={t(disabled ? 'proof.mayNot' : hint)}
        rules={[
          {
            validator: (_, proof) =>
              isLeft && !disabled && proof === 'kept'
                ? Promise.reject(new Error(t('proof.choose')))
                : Promise.resolve(),
          },
        ]}
      >
        <Radio.Group
          disabled={disabled}
          options={kinds.map((value) => ({ value, label: nameOf(value), disabled: value === 'kept' && isLeft }))}
        />
      </Form.Item>
      {values.proof === 'token' && <Secret name="proofToken" required />}
      {values.proof === 'user' && (
        <div className="ow-register-two">
          <UserName />
          <Secret name="proofPassword" />
        </div>
      )}
      {values.proof !== 'kept' && <Authority given={values.proofAuthority !== ''} disabled={disabled} />}
    </>
  )
}

function Secret(props: { name: 'proofToken' | 'proofPassword'; required?: boolean }) {
  const t = usePrometheusText()
  const { name, required = false } = props
  return (
    <Form.Item<ProofValues>
      name={name}
      label={<FieldLabel>{t(`proof.${name}`)}</FieldLabel>}
      validateFirst
      rules={[
        { required, whitespace: true, message: t('missing') },
        { pattern: proofPatterns[name], max: proofLengths[name], message: t(`proof.fault.${name}`) },
      ]}
    >
      <Input.Password autoComplete="new-password" spellCheck={false} maxLength={proofLengths[name]} />
    </Form.Item>
  )
}

function UserName() {
  const t = usePrometheusText()
  return (
    <Form.Item<ProofValues>
      name="proofUser"
      label={<FieldLabel>{t('proof.proofUser')}</FieldLabel>}
      validateFirst
      rules={[
        { required: true, whitespace: true, message: t('missing') },
        { pattern: proofPatterns.proofUser, message: t('proof.fault.proofUser') },
      ]}
    >
      <Input autoComplete="off" spellCheck={false} maxLength={proofLengths.proofUser} />
    </Form.Item>
  )
}

function Authority(props: { given: boolean; disabled: boolean }) {
  const t = usePrometheusText()
  return (
    <Advanced title={t('proof.authority')} summary={props.given ? t('proof.given') : ''}>
      <Form.Item<ProofValues>
        name="proofAuthority"
        label={<FieldLabel optional>{t('proof.authority')}</FieldLabel>}
        extra={t('proof.authorityHint')}
        rules={[{ pattern: /-----BEGIN CERTIFICATE-----/, message: t('proof.fault.proofAuthority') }]}
      >
        <Input.TextArea
          rows={4}
          autoComplete="off"
          spellCheck={false}
          disabled={props.disabled}
          maxLength={proofLengths.proofAuthority}
          placeholder="-----BEGIN CERTIFICATE-----"
        />
      </Form.Item>
    </Advanced>
  )
}
