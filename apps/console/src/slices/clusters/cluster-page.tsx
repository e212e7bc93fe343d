import type { Capabilities, Check, Cluster, Rights } from '@orbweaver/contracts/clusters'
import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { Message } from '@orbweaver/contracts/message'
import { Checks } from '@orbweaver/ui/checks'
import type { MenuEntry } from '@orbweaver/ui/menu-button'
import { Columns, Page, type PrimaryAction, Section } from '@orbweaver/ui/page'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { useQuery } from '@tanstack/react-query'
import { api, fallbackPoll } from '../../api/api.ts'
import { codeOf } from '../../api/failure.ts'
import { useGo, useParam } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { usePlan } from '../../app/plan/use-plan.ts'
import { QueryView } from '../../app/query-view.tsx'
import { Truths } from '../../app/truths.tsx'
import { paths } from '../../paths.ts'
import { useCheckText } from '../../app/wording.tsx'
import { useMessage } from '../../text/messages.ts'
import { CapabilitiesSection } from './capabilities.tsx'
import { ClusterCredentials } from './cluster-credentials.tsx'
import { ClusterGone } from './cluster-gone.tsx'
import { ClusterFacts } from './cluster-facts.tsx'
import { removalHeld } from './cluster-state.ts'
import './clusters.css'
import { ClusterStatus } from './columns.tsx'
import { Conditions } from './conditions.tsx'
import { FoundIstioTable } from './found-istio.tsx'
import { RightsSection } from './rights.tsx'
import { ClusterLeftovers } from './leftovers.tsx'
import { useText } from './text.ts'

/** One cluster: what is known of it, what was checked just now, and which Istio runs in it. */
export function ClusterPage() {
  const name = useParam('cluster')
  usePageTitle(name)
  const query = useQuery(
    api.clusters.get.queryOptions({
      input: { name },
      // Its rights are still being asked: the answer is there in a moment, and nobody would be told of it.
      refetchInterval: ({ state: { data } }) =>
        data !== undefined && data.rights === undefined && isRead(data.clusters) ? 5_000 : fallbackPoll(),
    }),
  )
  if (codeOf(query.error) === 'clusters.not_found') return <ClusterGone cluster={name} />
  if (query.data === undefined) {
    return (
      <Page title={name}>
        <QueryView query={query}>{() => null}</QueryView>
      </Page>
    )
  }
  const { cluster, checks, capabilities, rights, editing, clusters } = query.data
  return (
    <ClusterView
      cluster={cluster}
      checks={checks}
      capabilities={capabilities}
      rights={rights}
      lacks={editing}
      truths={clusters}
      readAt={query.dataUpdatedAt}
      checking={query.isFetching}
      onCheck={() => void query.refetch()}
    />
  )
}

function isRead(truths: ClusterTruth[]): boolean {
  return truths.every(({ state }) => state === 'fresh')
}

type ViewProps = {
  cluster: Cluster
  checks: Check[]
  capabilities: Capabilities
  rights: Rights | undefined
  /** To save an edit of it. */
  lacks: Message[]
  truths: ClusterTruth[]
  /** When the server was asked, in milliseconds since 1970. */
  readAt: number
  checking: boolean
  onCheck: () => void
}

function ClusterView(props: ViewProps) {
  const t = useText()
  const { cluster, truths } = props
  const truth = truths.find((each) => each.cluster === cluster.name)
  return (
    <Page
      title={cluster.name}
      state={<ClusterStatus cluster={cluster} truth={truth} full />}
      facts={[
        cluster.spec.displayName !== cluster.name && cluster.spec.displayName,
        cluster.kubernetesVersion !== undefined && `Kubernetes ${cluster.kubernetesVersion}`,
        cluster.mesh === undefined ? t('role.none') : `${cluster.mesh}: ${t(`role.${cluster.role}`)}`,
        cluster.registeredAt !== undefined && (
          <span key="registered">
            {t('fact.registeredAt')} <TimeAgo at={cluster.registeredAt} />
          </span>
        ),
      ]}
      primary={useEditAction(cluster, props.lacks)}
      menu={useMenu(cluster, props.lacks.length > 0)}
      notice={<Truths truths={truths} />}
    >
      <Columns
        main={
          <>
            <CheckSection {...props} />
            <Section title={t('istioFound')}>
              <FoundIstioTable
                cluster={cluster.name}
                istio={cluster.istio}
                hidden={cluster.istioHidden === true}
                mesh={cluster.mesh}
                read={truth?.asOf !== undefined}
              />
            </Section>
            <ClusterLeftovers cluster={cluster.name} />
            <CapabilitiesSection of={props.capabilities} />
            <RightsSection of={props.rights} />
          </>
        }
        side={
          <>
            <Section title={t('facts')}>
              <ClusterFacts cluster={cluster} truth={truth} readAt={props.readAt} />
            </Section>
            <ClusterCredentials cluster={cluster} />
            <Section title={t('conditions')}>
              <Conditions conditions={cluster.conditions} />
            </Section>
          </>
        }
      />
    </Page>
  )
}

function CheckSection(props: ViewProps) {
  const t = useText()
  const text = useCheckText()
  const again = (
    <button type="button" className="ow-link" disabled={props.checking} onClick={props.onCheck}>
      {t('checkAgain')}
    </button>
  )
  return (
    <Section title={t('checks')} aside={again}>
      {props.checks.length === 0 ? (
        <p className="ow-muted">{t('noChecks')}</p>
      ) : (
        <Checks label={t('checks')} checks={props.checks.map((check) => ({ ...text(check), place: undefined }))} />
      )}
    </Section>
  )
}

function useEditAction(cluster: Cluster, lacks: readonly Message[]): PrimaryAction {
  const t = useText()
  const say = useMessage()
  const go = useGo()
  const refused = lacks.length > 0 ? lacks.map(say).join(' ') : undefined
  return {
    label: t('edit.action'),
    disabled: cluster.deleting ? t('beingRemoved') : refused,
    onSelect: () => go(paths.clusterEdit(cluster.name)),
  }
}

/** Planning is open to everybody: to who may not edit, the way there is in the menu. */
function useMenu(cluster: Cluster, mayNotEdit: boolean): MenuEntry[] {
  const t = useText()
  const go = useGo()
  const plan = usePlan()
  const held = removalHeld(cluster)
  const planning = { key: 'edit', label: t('edit.plan'), onSelect: () => go(paths.clusterEdit(cluster.name)) }
  return [
    ...(mayNotEdit && !cluster.deleting ? [planning] : []),
    {
      key: 'remove',
      label: t('remove'),
      danger: true,
      disabled: held === undefined ? undefined : t(held, { mesh: cluster.mesh ?? '' }),
      onSelect: () =>
        plan.open(
          { type: 'clusters.remove', name: cluster.name },
          {
            confirmName: cluster.name,
            stays: [t('removeStays.cluster'), t('removeStays.account')],
            onDone: () => go(paths.clusters()),
          },
        ),
    },
  ]
}
