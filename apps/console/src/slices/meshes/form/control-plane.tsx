import { Advanced, FieldLabel } from '@orbweaver/ui/form-shell'
import { patterns } from '@orbweaver/contracts/mesh-settings'
import { Checkbox, Form, Radio } from 'antd'
import type { Kind } from './draft.ts'
import type { ClusterChoice } from './choice.ts'
import { TextField } from './field.tsx'
import { hasFault, valueAt } from './fields/field-of.ts'
import { TextInput } from './fields/inputs.tsx'
import { PairsInput } from './fields/rows.tsx'
import { type Editing, PathField } from './fields/setting-field.tsx'
import { IstiodResources, Scaling } from './istiod.tsx'
import { withPath } from './draft.ts'
import { SizeField, sizes } from './size-field.tsx'
import { useFormText } from './text.ts'
import type { MeshValues } from './values.ts'

type Props = Editing & { kind: Kind; values: MeshValues; clusters: readonly ClusterChoice[] }

/** How members reach istiod, and how large it is. */
export function ControlPlaneFields(props: Props) {
  if (props.kind === 'External') return null
  return (
    <>
      {props.kind === 'Managed' && <Entrance {...props} />}
      <Capacity {...props} />
      <Platform />
    </>
  )
}

function Entrance(props: Props) {
  const t = useFormText()
  const { values } = props
  return (
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
      {values.entranceType === 'Address' ? (
        <TextField
          name="address"
          label={t('addressField')}
          field="controlPlane.entrance.address"
          hint={t('addressHint')}
          pattern={patterns.address}
          fault={t('fault.address')}
          missing={t('fault.address')}
        />
      ) : (
        <LoadBalancer {...props} />
      )}
    </section>
  )
}

const entrance = ['controlPlane', 'entrance'] as const

function LoadBalancer({ spec, faults, onSpec }: Editing) {
  const t = useFormText()
  const address = [...entrance, 'loadBalancerIP']
  const annotations = [...entrance, 'annotations']
  return (
    <div className="mesh-two">
      <PathField
        id="entrance-ip"
        label={t('loadBalancerIP')}
        field="entrance.loadBalancerIP"
        hint={t('loadBalancerIPHint')}
        fault={hasFault(faults, address) ? t('fault.ipAddress') : undefined}
      >
        <TextInput
          id="entrance-ip"
          label={t('loadBalancerIP')}
          max={45}
          placeholder={t('isUnset')}
          value={valueAt(spec, { path: address })}
          onChange={(value) => onSpec(withPath(spec, address, value))}
        />
      </PathField>
      <PathField
        id="entrance-annotations"
        label={t('annotations')}
        field="entrance.annotations"
        hint={t('annotationsHint')}
        fault={hasFault(faults, annotations) ? t('fault.annotations') : undefined}
      >
        <PairsInput
          id="entrance-annotations"
          label={t('annotations')}
          placeholder=""
          value={valueAt(spec, { path: annotations })}
          onChange={(value) => onSpec(withPath(spec, annotations, value))}
        />
      </PathField>
    </div>
  )
}

function Capacity(props: Props) {
  const t = useFormText()
  const { size, imageHub } = props.values
  const chosen = sizes.find((each) => each === size)
  const summary = [chosen === undefined ? '' : t(`sizes.${chosen}`), imageHub]
  return (
    <Advanced title={t('capacity')} summary={summary.filter((each) => each !== '').join(' · ')}>
      <SizeField clusters={props.clusters} />
      {size === 'Custom' && <IstiodResources {...props} />}
      <Scaling {...props} />
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

/** What a mesh could be otherwise, and why it cannot be yet: shown, as it is looked for. */
function Platform() {
  const t = useFormText()
  return (
    <Advanced title={t('platform')} summary={t('platformSummary')}>
      {(['ambient', 'openshift'] as const).map((each) => (
        <Form.Item key={each} extra={t(`${each}Why`)}>
          <Checkbox disabled checked={false}>
            {t(each)}
          </Checkbox>
        </Form.Item>
      ))}
    </Advanced>
  )
}
