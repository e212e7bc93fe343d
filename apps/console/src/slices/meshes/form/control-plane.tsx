import { Advanced, FieldLabel } from '@orbweaver/ui/form-shell'
import { Form, InputNumber, Radio } from 'antd'
import type { Kind } from './draft.ts'
import { ChoiceField, TextField } from './field.tsx'
import { useFormText } from './text.ts'
import { type MeshValues, patterns } from './values.ts'

/** How members reach istiod, and how large it is. */
export function ControlPlaneFields(props: { kind: Kind; values: MeshValues }) {
  const t = useFormText()
  const { kind, values } = props
  if (kind === 'External') return null
  return (
    <>
      {kind === 'Managed' && (
        <section aria-label={t('entrance')}>
          <h2>{t('entrance')}</h2>
          <Form.Item<MeshValues>
            name="entranceType"
            label={<FieldLabel field="controlPlane.entrance.type">{t('entrance')}</FieldLabel>}
            extra={t('entranceHint')}
          >
            <Radio.Group
              options={[
                { value: 'LoadBalancer', label: t('loadBalancer') },
                { value: 'Address', label: t('address') },
              ]}
            />
          </Form.Item>
          {values.entranceType === 'Address' && (
            <TextField
              name="address"
              label={t('addressField')}
              field="controlPlane.entrance.address"
              hint={t('addressHint')}
              pattern={patterns.address}
              fault={t('fault.address')}
              missing={t('fault.address')}
            />
          )}
        </section>
      )}
      <Capacity values={values} />
    </>
  )
}

const sizes = ['S50P200', 'S200P1000', 'S500P2000', 'S2000P8000', 'S5000P20000'] as const

function Capacity(props: { values: MeshValues }) {
  const t = useFormText()
  const { size, replicas, imageHub } = props.values
  const custom = size === 'Custom' ? [{ value: 'Custom', label: t('sizes.Custom') }] : []
  const chosen = sizes.find((each) => each === size)
  const summary = [
    chosen === undefined ? '' : t(`sizes.${chosen}`),
    replicas === null ? '' : `${t('replicas')}: ${replicas}`,
    imageHub,
  ]
  return (
    <Advanced title={t('capacity')} summary={summary.filter((each) => each !== '').join(' · ')}>
      <div className="mesh-two">
        <ChoiceField
          name="size"
          label={t('size')}
          field="controlPlane.size"
          hint={t('sizeHint')}
          options={[...sizes.map((each) => ({ value: each, label: t(`sizes.${each}`) })), ...custom]}
        />
        <Form.Item<MeshValues>
          name="replicas"
          label={
            <FieldLabel field="controlPlane.replicas" optional>
              {t('replicas')}
            </FieldLabel>
          }
          rules={[{ type: 'integer', min: 1, max: 20, message: t('fault.replicas') }]}
        >
          <InputNumber style={{ width: '100%' }} placeholder={t('isDefault')} />
        </Form.Item>
      </div>
      <TextField
        name="imageHub"
        label={t('imageHub')}
        field="controlPlane.imageHub"
        hint={t('imageHubHint')}
        pattern={patterns.imageHub}
        fault={t('fault.imageHub')}
        placeholder="registry.example.com/istio"
      />
    </Advanced>
  )
}
