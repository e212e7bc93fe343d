import { FieldLabel, FormDrawer } from '@orbweaver/ui/form-shell'
import { AutoComplete, Checkbox, Form } from 'antd'
import { useState } from 'react'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { patterns } from '@orbweaver/contracts/mesh-settings'
import { useNetworkText } from './text.ts'
import type { Networks } from './use-networks.ts'
import '../members/members.css'

type MoveValues = { clusters: string[]; network: string }

/** Clusters and the network they go to, one that is there or a new one; then the plan. */
export function MoveDrawer(props: { mesh: string; networks: Networks; chosen: string[]; onClose: () => void }) {
  const t = useNetworkText()
  const plan = usePlan()
  const [form] = Form.useForm<MoveValues>()
  const [clusters, setClusters] = useState(props.chosen)
  const { mesh, networks, onClose } = props
  const known = [...new Set(networks.members.map((each) => each.network).filter((each) => each !== undefined))]
  const renamed = renamedBy(networks, props.chosen)
  return (
    <FormDrawer
      title={renamed === undefined ? t('move.title') : t('move.rename', { network: renamed })}
      open
      onClose={onClose}
      form={form}
      initial={{ clusters: props.chosen, network: '' }}
      verb={t('move.verb')}
      loading={false}
      failure={undefined}
      disabled={clusters.length === 0 ? t('move.choose') : undefined}
      onChange={(values) => setClusters(values.clusters)}
      onSubmit={({ clusters: moved, network }) => {
        onClose()
        plan.open({ type: 'meshes.move-network', name: mesh, clusters: moved, network: network.trim() })
      }}
    >
      <p className="ow-soft mesh-lead">{t('move.lead')}</p>
      <Form.Item<MoveValues> name="clusters" label={t('move.clusters')}>
        <Checkbox.Group
          className="mesh-join"
          options={networks.members.map(({ cluster, network }) => ({
            value: cluster,
            label: (
              <span className="mesh-join-choice">
                {cluster} <small className="ow-soft">{t('move.now', { network: network ?? t('unnamed') })}</small>
              </span>
            ),
          }))}
        />
      </Form.Item>
      <Form.Item<MoveValues>
        name="network"
        label={<FieldLabel field="network">{t('move.network')}</FieldLabel>}
        extra={t('move.networkHint')}
        rules={[
          { required: true, whitespace: true, message: t('move.missing') },
          { pattern: patterns.network, max: 63, message: t('move.fault') },
        ]}
      >
        <AutoComplete options={known.map((value) => ({ value }))} />
      </Form.Item>
    </FormDrawer>
  )
}

/** The network that ends when all its clusters go elsewhere. */
function renamedBy({ members }: Networks, chosen: readonly string[]): string | undefined {
  const first = members.find(({ cluster }) => chosen.includes(cluster))?.network
  const there = members.filter(({ network }) => network === first)
  const whole = there.length === chosen.length && there.every(({ cluster }) => chosen.includes(cluster))
  return whole ? first : undefined
}
