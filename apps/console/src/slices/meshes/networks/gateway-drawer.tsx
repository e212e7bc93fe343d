import type { Place } from '@orbweaver/istio/networks/connectivity'
import { FieldLabel, FormDrawer } from '@orbweaver/ui/form-shell'
import { Form, Input, InputNumber } from 'antd'
import { usePlan } from '../../../app/plan/use-plan.ts'
import {
  annotationsIn,
  areAddresses,
  fromGatewayValues,
  type GatewayValues,
  toGatewayValues,
} from './gateway-values.ts'
import { useNetworkText } from './text.ts'

/** What a mesh says of the gateway of one cluster; then the plan. */
export function GatewayDrawer(props: { mesh: string; place: Place; onClose: () => void }) {
  const t = useNetworkText()
  const plan = usePlan()
  const [form] = Form.useForm<GatewayValues>()
  const { mesh, place, onClose } = props
  return (
    <FormDrawer
      title={t('edit.title', { cluster: place.cluster })}
      open
      onClose={onClose}
      form={form}
      initial={toGatewayValues(place.settings)}
      verb={t('edit.verb')}
      loading={false}
      failure={undefined}
      onSubmit={(values) => {
        onClose()
        plan.open({ type: 'meshes.east-west-gateway', name: mesh, gateway: fromGatewayValues(place.cluster, values) })
      }}
    >
      <p className="ow-soft mesh-lead">{t('edit.lead')}</p>
      <Form.Item<GatewayValues>
        name="replicas"
        label={<FieldLabel field="replicas">{t('edit.replicas')}</FieldLabel>}
        rules={[{ type: 'integer', min: 1, max: 50, message: t('edit.replicasFault') }]}
      >
        <InputNumber style={{ width: '100%' }} placeholder="1" />
      </Form.Item>
      <div className="network-two">
        <Quantity name="cpuRequest" field="requests.cpu" />
        <Quantity name="cpuLimit" field="limits.cpu" />
        <Quantity name="memoryRequest" field="requests.memory" />
        <Quantity name="memoryLimit" field="limits.memory" />
      </div>
      <Entrance />
    </FormDrawer>
  )
}

function Entrance() {
  const t = useNetworkText()
  return (
    <>
      <Form.Item<GatewayValues>
        name="annotations"
        label={<FieldLabel field="annotations">{t('edit.annotations')}</FieldLabel>}
        extra={t('edit.annotationsHint')}
        rules={[checked(t('edit.annotationsFault'), (text) => annotationsIn(text) !== undefined)]}
      >
        <Input.TextArea rows={3} spellCheck={false} />
      </Form.Item>
      <Form.Item<GatewayValues>
        name="addresses"
        label={<FieldLabel field="addresses">{t('edit.addresses')}</FieldLabel>}
        extra={t('edit.addressesHint')}
        rules={[checked(t('edit.addressesFault'), areAddresses)]}
      >
        <Input.TextArea rows={2} spellCheck={false} />
      </Form.Item>
      <Form.Item<GatewayValues>
        name="port"
        label={<FieldLabel field="port">{t('edit.port')}</FieldLabel>}
        extra={t('edit.portHint')}
        rules={[{ type: 'integer', min: 1, max: 65_535, message: t('edit.portFault') }]}
      >
        <InputNumber style={{ width: '100%' }} placeholder="15443" />
      </Form.Item>
    </>
  )
}

const cpu = /^[0-9]+(\.[0-9]+)?m?$/
const memory = /^[0-9]+(\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T)$/

function Quantity(props: { name: 'cpuRequest' | 'cpuLimit' | 'memoryRequest' | 'memoryLimit'; field: string }) {
  const t = useNetworkText()
  const ofCpu = props.name.startsWith('cpu')
  return (
    <Form.Item<GatewayValues>
      name={props.name}
      label={<FieldLabel field={props.field}>{t(`edit.${props.name}`)}</FieldLabel>}
      rules={[{ pattern: ofCpu ? cpu : memory, max: 20, message: t(ofCpu ? 'edit.cpuFault' : 'edit.memoryFault') }]}
    >
      <Input maxLength={20} autoComplete="off" spellCheck={false} />
    </Form.Item>
  )
}

function checked(message: string, holds: (text: string) => boolean) {
  return {
    validator: (_rule: unknown, text: string) => (holds(text) ? Promise.resolve() : Promise.reject(new Error(message))),
  }
}
