import type { AccessCell } from '@orbweaver/contracts/explain-access'
import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { mentions } from '@orbweaver/contracts/page'
import { type Column, DataTable, type TableQuery } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { Status } from '@orbweaver/ui/status'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useFailureOf } from '../../api/failure.ts'
import { useDraftOf } from '../../app/explain/draft-banner.tsx'
import { AppLink } from '../../app/link.tsx'
import { paths, refPath } from '../../paths.ts'
import { useMessage } from '../../text/messages.ts'
import { PlaceLink } from '../../app/explain/place-link.tsx'
import { useListed } from '../../text/use-language.ts'
import { useText } from './text.ts'
import { verdictHealth } from '../../app/explain/verdicts.ts'
import { useByNobody } from './by-nobody.ts'

/** Everybody who may call a workload, or everything that it may call, each by the rule that says so. */
export function Reach(props: { mesh: string; of: ObjectRef; direction: 'callers' | 'callees' }) {
  const t = useText()
  const { mesh, of, direction } = props
  const [asked, setAsked] = useState<TableQuery>({ page: 1, size: 10, order: 'asc' })
  const query = useQuery(api.security.reach.queryOptions({ input: { mesh, ref: of, direction } }))
  const cells = query.data?.cells.filter((cell) => mentions(asked.search, wordsOf(cell)))
  const { page, size } = asked
  const draft = useDraftOf(mesh)
  return (
    <section className="ow-reach">
      <h2>{t(direction, { name: of.name })}</h2>
      {draft !== undefined && <p className="ow-soft">{t('reachNow')}</p>}
      <DataTable
        id={`traffic.${direction}`}
        label={t(direction, { name: of.name })}
        columns={useColumns({ mesh, direction, several: severalIn(query.data) })}
        rows={cells?.slice((page - 1) * size, page * size)}
        total={cells?.length ?? 0}
        rowKey={keyOf}
        rowName={(cell) => nameOf(cell, direction)}
        query={asked}
        onQuery={setAsked}
        loading={query.isFetching}
        failure={useFailureOf(query.error)}
        onRetry={() => void query.refetch()}
        empty={<Empty title={t('nobody')} hint={t('nobodyHint')} />}
      />
    </section>
  )
}

function keyOf({ from, to }: AccessCell): string {
  return [
    from.cluster,
    from.namespace,
    from.principal ?? '',
    refPath(from.workloads[0] ?? to.ref),
    refPath(to.ref),
    to.port,
  ].join(' ')
}

function wordsOf({ from, to }: AccessCell): (string | undefined)[] {
  return [...from.workloads, to.ref].flatMap(({ name, namespace, cluster }) => [name, namespace, cluster])
}

function nameOf({ from, to }: AccessCell, direction: 'callers' | 'callees'): string {
  return direction === 'callers' ? (from.workloads[0]?.name ?? from.namespace) : to.ref.name
}

/** Behind one name there may be several workloads; and one cluster need not be named in each row. */
function severalIn(answer: { cells: readonly AccessCell[]; clusters: readonly object[] } | undefined) {
  const { cells = [], clusters = [] } = answer ?? {}
  return { called: new Set(cells.map(({ to }) => refPath(to.ref))).size > 1, clusters: clusters.length > 1 }
}

type Showing = { mesh: string; direction: 'callers' | 'callees'; several: ReturnType<typeof severalIn> }

function useColumns({ mesh, direction, several }: Showing): Column<AccessCell>[] {
  const t = useText()
  const byNobody = useByNobody()
  const listed = useListed()
  const say = useMessage()
  const called: Column<AccessCell> = {
    key: 'called',
    title: t('callee'),
    width: '20%',
    render: ({ to }) => <span title={to.ref.name}>{to.ref.name}</span>,
  }
  return [
    {
      key: 'end',
      title: direction === 'callers' ? t('caller') : t('callee'),
      always: true,
      width: '28%',
      render: (cell: AccessCell) => (
        <End mesh={mesh} cell={cell} direction={direction} showCluster={several.clusters} />
      ),
    },
    ...(several.called && direction === 'callers' ? [called] : []),
    { key: 'port', title: t('port'), width: 64, render: ({ to }: AccessCell) => <code>{to.port}</code> },
    {
      key: 'verdict',
      title: t('verdict'),
      width: '40%',
      render: ({ verdict, depends }: AccessCell) => (
        <Status
          health={verdictHealth[verdict]}
          word={say({ code: `access.verdict.${verdict}`, params: {} })}
          reason={listed(depends.map((each) => say({ code: `access.depends.${each}`, params: {} })))}
        />
      ),
    },
    {
      key: 'by',
      title: t('decidedBy'),
      width: '32%',
      render: ({ verdict, decidedBy }: AccessCell) =>
        decidedBy === null ? byNobody(verdict) : <PlaceLink mesh={mesh} of={decidedBy} brief />,
    },
  ]
}

/** Leads to the call itself, with what is known of it filled in. */
function End(props: { mesh: string; cell: AccessCell; direction: 'callers' | 'callees'; showCluster: boolean }) {
  const { from, to } = props.cell
  const names = props.direction === 'callers' ? from.workloads : [to.ref]
  const listed = useListed()
  const [caller] = from.workloads
  const place = {
    ...(caller !== undefined && { from: refPath(caller) }),
    to: refPath(to.ref),
    port: String(to.port),
  }
  const [first] = names
  const words = listed(names.map(({ name }) => name))
  return (
    <span className="ow-reach-end" title={from.principal ?? words}>
      <AppLink to={paths.explainCall(props.mesh, place)}>{words}</AppLink>
      <span>
        <span className="ow-soft">{first?.namespace}</span>{' '}
        {props.showCluster && <span className="ow-tag">{first?.cluster}</span>}
      </span>
    </span>
  )
}
