import type { MeshDetail } from '@orbweaver/contracts/meshes'
import { pageOf, sorted } from '@orbweaver/contracts/page'
import { type Column, DataTable, type TableQuery } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { Page } from '@orbweaver/ui/page'
import { Button } from 'antd'
import { useState } from 'react'
import { codeOf, useFailureOf } from '../../api/failure.ts'
import { AppLink } from '../../app/link.tsx'
import { useParam, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { readTable, tablePlace, tableQuery } from '../../app/table-search.ts'
import { Truths } from '../../app/truths.tsx'
import { paths } from '../../paths.ts'
import { useListed } from '../../text/use-language.ts'
import { Unseen } from './columns.tsx'
import type { Member } from './health.ts'
import { JoinDrawer } from './members/join-drawer.tsx'
import { partsOf } from './members/parts.ts'
import { Parts } from './members/parts-cell.tsx'
import { MemberStatus, SyncStatus, Unserved } from './members/sync.tsx'
import { MeshGone } from './mesh-gone.tsx'
import './meshes.css'
import { LeaveDialog } from './removal/leave-dialog.tsx'
import { Strays } from './strays/strays.tsx'
import { useText } from './text.ts'
import { plainVersion } from './version.ts'
import { useMesh } from './use-mesh.ts'

/** The clusters of one mesh: how each is served, joining and leaving. */
export function MeshMembersPage() {
  const t = useText()
  const name = useParam('mesh')
  usePageTitle(t('members.title'))
  const [search, setSearch] = useSearchOf(readTable)
  const [joining, setJoining] = useState(false)
  const query = useMesh(name)
  const detail = query.data
  const page = detail === undefined ? undefined : rowsOf(detail, tableQuery(search))
  const leaving = useLeaving(name, detail)
  const held = useHeld(detail)
  const columns = useColumns(detail)
  const failure = useFailureOf(query.error)
  if (codeOf(query.error) === 'meshes.not_found') return <MeshGone mesh={name} />
  return (
    <Page
      title={t('members.pageTitle', { mesh: name })}
      primary={
        detail === undefined ? undefined : { label: t('action.join'), disabled: held, onSelect: () => setJoining(true) }
      }
      notice={<Truths truths={detail?.clusters} />}
    >
      <Unserved mesh={name} members={detail?.members} />
      <DataTable
        id="mesh-clusters"
        label={t('members.title')}
        columns={columns}
        rows={page?.items}
        total={page?.total ?? 0}
        rowKey={(member) => member.cluster}
        rowName={(member) => member.cluster}
        query={tableQuery(search)}
        onQuery={(next) => setSearch(tablePlace(next))}
        loading={query.isFetching}
        failure={failure}
        onRetry={() => void query.refetch()}
        searchHint={t('members.search')}
        empty={<Empty title={t('members.empty')} hint={t('members.emptyHint')} />}
        {...leaving.table}
      />
      <Strays of={detail} />
      {leaving.dialog}
      {detail !== undefined && (
        <JoinDrawer
          mesh={detail.mesh}
          spec={detail.spec}
          members={detail.members}
          open={joining}
          onClose={() => setJoining(false)}
        />
      )}
    </Page>
  )
}

/** A mesh has at most a hundred members, and all of them came with it: cut here. */
function rowsOf(detail: MeshDetail, query: TableQuery) {
  const wanted = query.search?.toLowerCase() ?? ''
  const rows = detail.members.filter(({ cluster, network }) =>
    [cluster, network].some((text) => text?.toLowerCase().includes(wanted) === true),
  )
  return pageOf(
    sorted(rows, (row) => [query.sort === 'network' ? (row.network ?? '') : row.cluster, row.cluster], query.order),
    query,
  )
}

function useHeld(detail: MeshDetail | undefined): string | undefined {
  const t = useText()
  if (detail === undefined) return undefined
  if (detail.mesh.kind !== 'Managed') return t('held.notManaged')
  return detail.mesh.phase === 'terminating' ? t('held.terminating') : undefined
}

function useLeaving(mesh: string, detail: MeshDetail | undefined) {
  const t = useText()
  const [asking, setAsking] = useState(false)
  const [keys, onKeys] = useState<string[]>([])
  const here = keys.filter((key) => detail?.members.some((member) => member.cluster === key))
  const selection = {
    keys: here,
    onKeys,
    disabled: ({ role }: Member) => (role === 'control-plane' ? t('held.controlPlane') : undefined),
    actions: (
      <Button size="small" onClick={() => setAsking(true)}>
        {t('action.leave')}
      </Button>
    ),
  }
  const dialog = asking && here.length > 0 && (
    <LeaveDialog mesh={mesh} clusters={here} onClose={() => setAsking(false)} onStarted={() => onKeys([])} />
  )
  return { table: detail?.mesh.kind === 'Managed' ? { selection } : {}, dialog }
}

/** Only a managed mesh has members that its istiod reads from afar. */
function useColumns(detail: MeshDetail | undefined): Column<Member>[] {
  const t = useText()
  const managed = detail?.mesh.kind === 'Managed'
  const sync: Column<Member> = {
    key: 'sync',
    title: t('members.column.sync'),
    width: '18%',
    render: (member) => <SyncStatus of={member.sync} />,
  }
  return [
    {
      key: 'cluster',
      title: t('members.column.cluster'),
      sort: 'cluster',
      always: true,
      width: managed ? '18%' : '22%',
      render: ({ cluster }) => (
        <AppLink to={paths.cluster(cluster)} title={cluster}>
          {cluster}
        </AppLink>
      ),
    },
    { key: 'role', title: t('members.column.role'), render: ({ role }) => t(`members.role.${role}`) },
    {
      key: 'state',
      title: t('members.column.state'),
      width: managed ? '16%' : '24%',
      render: (member) => <MemberStatus of={member} why />,
    },
    ...(managed ? [sync] : []),
    {
      key: 'parts',
      title: t('members.column.parts'),
      width: '14%',
      render: (member) => <Parts of={detail === undefined ? [] : partsOf(detail, member)} />,
    },
    {
      key: 'network',
      title: t('members.column.network'),
      sort: 'network',
      width: '16%',
      render: ({ network }) =>
        network === undefined ? <span className="ow-muted">{t('overview.notNamed')}</span> : <code>{network}</code>,
    },
    {
      key: 'kubernetes',
      title: t('members.column.kubernetes'),
      optional: true,
      render: ({ kubernetesVersion }) => kubernetesVersion ?? <Unseen />,
    },
    {
      key: 'istio',
      title: t('members.column.istio'),
      optional: true,
      render: ({ istioVersions }) =>
        istioVersions === undefined ? <Unseen /> : <Versions of={istioVersions.map(plainVersion)} />,
    },
    {
      key: 'namespaces',
      title: t('members.column.namespaces'),
      numeric: true,
      render: ({ injectedNamespaces, namespaces }) =>
        namespaces === 0 ? <Unseen /> : `${injectedNamespaces}/${namespaces}`,
    },
    {
      key: 'pods',
      title: t('members.column.pods'),
      numeric: true,
      render: ({ pods }) => (pods.total === 0 ? <Unseen /> : `${pods.injected}/${pods.total}`),
    },
  ]
}

function Versions(props: { of: readonly string[] }) {
  return useListed()(props.of)
}
