import type { MeshDetail, MeshSummary } from '@orbweaver/contracts/meshes'
import { patterns } from '@orbweaver/contracts/mesh-settings'
import { Empty } from '@orbweaver/ui/empty'
import { FormDrawer } from '@orbweaver/ui/form-shell'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Form, Input } from 'antd'
import { useMemo, useState } from 'react'
import { api } from '../../../api/api.ts'
import { useFailureOf } from '../../../api/failure.ts'
import { AppLink } from '../../../app/link.tsx'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import type { ClusterChoice } from '../form/choice.ts'
import { PreflightChecks } from '../form/preflight-checks.tsx'
import { usePreflight } from '../form/use-preflight.ts'
import { useText } from '../text.ts'
import { InjectField } from './inject-field.tsx'
import { joinable, joinIntent, type JoinValues, membersOf } from './joining.ts'
import './members.css'

/** Clusters to join with the network of each; then the plan. */
export function JoinDrawer(props: {
  mesh: MeshSummary
  spec: MeshDetail['spec']
  members: MeshDetail['members']
  open: boolean
  onClose: () => void
}) {
  const t = useText()
  const plan = usePlan()
  const { mesh, open, onClose } = props
  const [form] = Form.useForm<JoinValues>()
  const [values, setValues] = useState(none)
  const chosen = values.clusters
  const choices = useQuery(api.meshes.choices.queryOptions({ input: { kind: 'Managed' }, enabled: open }))
  const rows = joinable(choices.data?.clusters, { version: mesh.version, members: props.members })
  const failure = useFailureOf(choices.error)
  return (
    <FormDrawer
      title={t('join.title', { mesh: mesh.name })}
      open={open}
      onClose={onClose}
      form={form}
      initial={none}
      verb={t('join.verb')}
      loading={false}
      failure={failure}
      onRetry={() => void choices.refetch()}
      disabled={chosen.length === 0 ? t('join.choose') : undefined}
      onChange={(changed) => setValues({ ...none, ...changed })}
      onSubmit={() => {
        onClose()
        plan.open(joinIntent(mesh.name, values))
      }}
    >
      <p className="ow-soft mesh-lead">{t('join.lead')}</p>
      {choices.data === undefined && failure === undefined && <Skeleton lines={5} />}
      {choices.data !== undefined && <Choices rows={rows} chosen={chosen} version={mesh.version} />}
      {chosen.length > 0 && <JoinPreflight mesh={mesh} spec={props.spec} values={values} />}
    </FormDrawer>
  )
}

/** What speaks against it on either side; other members are asked about when the plan is made. */
function JoinPreflight(props: { mesh: MeshSummary; spec: MeshDetail['spec']; values: JoinValues }) {
  const { mesh, spec, values } = props
  const ready = useMemo(
    () => ({ name: mesh.name, spec: { ...spec, members: [...spec.members, ...membersOf(values)] } }),
    [mesh.name, spec, values],
  )
  const preflight = usePreflight(ready)
  return (
    <PreflightChecks preflight={preflight} mesh={mesh.name} clusters={[mesh.controlPlaneCluster, ...values.clusters]} />
  )
}

const none: JoinValues = { clusters: [], networks: {}, inject: {} }

type Row = ReturnType<typeof joinable>[number]

function Choices(props: { rows: Row[]; chosen: string[]; version: string | undefined }) {
  const t = useText()
  const { rows, chosen } = props
  if (rows.length === 0) {
    return (
      <Empty
        title={t('join.none')}
        hint={t('join.noneHint')}
        action={<AppLink to={paths.clusterRegister()}>{t('join.register')}</AppLink>}
      />
    )
  }
  return (
    <>
      <Form.Item<JoinValues> name="clusters" label={t('join.cluster')}>
        <Checkbox.Group
          className="mesh-join"
          options={rows.map(({ choice, held }) => ({
            value: choice.name,
            disabled: held !== undefined,
            label: <ChoiceLabel choice={choice} held={held} version={props.version} />,
          }))}
        />
      </Form.Item>
      <p className="ow-soft">
        {t('join.other')} <AppLink to={paths.clusterRegister()}>{t('join.register')}</AppLink>
      </p>
      {rows
        .filter(({ choice }) => chosen.includes(choice.name))
        .map(({ choice }) => (
          <JoinFields key={choice.name} choice={choice} />
        ))}
    </>
  )
}

/** What is said of each cluster that joins. */
function JoinFields({ choice }: { choice: ClusterChoice }) {
  const t = useText()
  return (
    <>
      <Form.Item<JoinValues>
        name={['networks', choice.name]}
        label={t('join.network', { cluster: choice.name })}
        extra={t('join.networkHint')}
        rules={[{ pattern: patterns.network, max: 63, message: t('join.networkFault') }]}
      >
        <Input
          maxLength={63}
          autoComplete="off"
          spellCheck={false}
          {...(choice.network === undefined ? {} : { placeholder: choice.network })}
        />
      </Form.Item>
      <Form.Item<JoinValues>
        name={['inject', choice.name]}
        label={t('join.inject', { cluster: choice.name })}
        extra={t('join.injectHint')}
      >
        <InjectField cluster={choice.name} />
      </Form.Item>
    </>
  )
}

function ChoiceLabel(props: { choice: ClusterChoice; held: Row['held']; version: string | undefined }) {
  const t = useText()
  const say = useMessage()
  const { choice, held } = props
  return (
    <span className="mesh-join-choice">
      {choice.name}
      {choice.displayName !== undefined && <span className="ow-muted"> {choice.displayName}</span>}
      {held !== undefined && (
        <small className="ow-soft">
          {held === 'version' ? t('join.version', { version: props.version ?? '' }) : say(held)}
          {choice.lacks !== undefined && (
            <>
              {' '}
              <AppLink to={paths.cluster(choice.name)}>{t('overview.openCluster', { cluster: choice.name })}</AppLink>
            </>
          )}
        </small>
      )}
    </span>
  )
}
