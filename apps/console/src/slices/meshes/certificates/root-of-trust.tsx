import { FieldLabel } from '@orbweaver/ui/form-shell'
import type { PluggedCa } from '@orbweaver/contracts/certificates'
import { Button, Form, Input, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { useMakingFault, useNewRoot } from './new-root.tsx'
import { caOf, newPlug, type PlugMethod, type PlugValues } from './plugged.ts'
import { useCertificateText } from './text.ts'

type Origin = 'self-signed' | PlugMethod
const origins: readonly Origin[] = ['self-signed', 'generate', 'renew', 'upload']
type Pem = 'rootCert' | 'rootKey' | 'caCert' | 'caKey' | 'certChain'
const files: Record<Origin, readonly Pem[]> = {
  'self-signed': [],
  generate: [],
  renew: ['rootCert', 'rootKey'],
  upload: ['caCert', 'caKey', 'certChain', 'rootCert'],
}

/** What a mesh that is made is to sign with from the beginning. */
export function useRootOfTrust() {
  const t = useCertificateText()
  const why = useMakingFault()
  const [origin, setOrigin] = useState<Origin>('self-signed')
  const [values, setValues] = useState<PlugValues>(newPlug)
  const [fault, setFault] = useState<string>()
  const fresh = useNewRoot('mesh')
  const missing = files[origin].some((each) => values[each].trim() === '')
  const unsaved = origin === 'generate' && fresh.kept === undefined
  const given = values.rootCert === '' ? undefined : values.rootCert
  return {
    origin,
    setOrigin: (next: Origin) => {
      setOrigin(next)
      setFault(undefined)
    },
    values,
    set: (changed: Partial<PlugValues>) => setValues({ ...values, ...changed }),
    fresh,
    fault: fresh.insecure ? t('drawer.insecure') : fault,
    /** Why it cannot be sent yet. */
    held: unsaved ? t('drawer.unsaved') : missing ? t('origin.missing') : undefined,
    /** PEM, as far as it is known. */
    roots: origin === 'self-signed' ? undefined : origin === 'generate' ? fresh.kept?.certificate : given,
    /** Undefined where istiod makes its own. */
    authority: async (place: { cluster: string; namespace: string }): Promise<PluggedCa | undefined> =>
      origin === 'self-signed'
        ? undefined
        : caOf({ values: { ...values, method: origin }, root: fresh.kept, ...place }),
    failed: (error: unknown) => setFault(t('drawer.failed', { why: why(error) })),
  }
}

/** Chosen before istiod first starts: afterwards a root changes in phases. */
export function RootOfTrust(props: { of: ReturnType<typeof useRootOfTrust> }) {
  const t = useCertificateText()
  const { of: trust } = props
  const { origin, values, set } = trust
  return (
    <section aria-label={t('origin.title')}>
      <h2>{t('origin.title')}</h2>
      <Form.Item
        label={<FieldLabel field="Secret cacerts">{t('drawer.method')}</FieldLabel>}
        extra={origin === 'self-signed' ? t('origin.selfSignedHint') : t(`drawer.hint.${origin}`)}
      >
        <Radio.Group
          aria-label={t('origin.title')}
          value={origin}
          onChange={({ target }) => trust.setOrigin(origins.find((each) => each === target.value) ?? 'self-signed')}
          options={origins.map((value) => ({
            value,
            label: value === 'self-signed' ? t('origin.selfSigned') : t(`drawer.methods.${value}`),
          }))}
          style={{ display: 'grid', gap: 8, marginBottom: 8 }}
        />
      </Form.Item>
      {origin === 'generate' && <Making of={trust} />}
      {files[origin].map((each) => (
        <Form.Item key={each} label={t(`drawer.${each}`)} htmlFor={`trust-${each}`}>
          <Input.TextArea
            id={`trust-${each}`}
            rows={4}
            spellCheck={false}
            autoComplete="off"
            className="ow-code"
            value={values[each]}
            onChange={({ target }) => set({ [each]: target.value })}
          />
        </Form.Item>
      ))}
      {(origin === 'generate' || origin === 'renew') && (
        <Numbered id="days" max={3_650} value={values.days} onChange={(days) => set({ days })} />
      )}
      {trust.fault !== undefined && <p role="alert">{trust.fault}</p>}
    </section>
  )
}

function Making(props: { of: ReturnType<typeof useRootOfTrust> }) {
  const t = useCertificateText()
  const { fresh, values, set } = props.of
  return (
    <>
      <Form.Item label={t('drawer.organization')} htmlFor="trust-organization">
        <Input
          id="trust-organization"
          maxLength={64}
          autoComplete="off"
          value={values.organization}
          onChange={({ target }) => set({ organization: target.value })}
        />
      </Form.Item>
      <Numbered id="years" max={30} value={values.years} onChange={(years) => set({ years })} />
      <div className="ow-row">
        <Button disabled={values.organization.trim() === ''} onClick={() => fresh.make(values)}>
          {t('drawer.make')}
        </Button>
        <Button disabled={fresh.root === undefined} onClick={fresh.save}>
          {t('drawer.saveKey')}
        </Button>
      </div>
    </>
  )
}

function Numbered(props: { id: 'days' | 'years'; max: number; value: number; onChange: (value: number) => void }) {
  const t = useCertificateText()
  const { id, max, value, onChange } = props
  return (
    <Form.Item label={t(`drawer.${id}`)} htmlFor={`trust-${id}`}>
      <InputNumber
        id={`trust-${id}`}
        min={1}
        max={max}
        precision={0}
        value={value}
        onChange={(next) => onChange(next ?? 1)}
      />
    </Form.Item>
  )
}
