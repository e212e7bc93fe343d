import { refKey } from '@orbweaver/contracts/kubernetes'
import type { TlsSecret, Withheld } from '@orbweaver/contracts/security'
import { DataTable } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { Page } from '@orbweaver/ui/page'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { Status } from '@orbweaver/ui/status'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { api } from '../../api/api.ts'
import { useFailureOf } from '../../api/failure.ts'
import { useParam, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { tablePlace, tableQuery } from '../../app/table-search.ts'
import { Truths, unreadIn } from '../../app/truths.tsx'
import { useMessage } from '../../text/messages.ts'
import { useSecretColumns } from './columns.tsx'
import { SecretFilters } from './filters.tsx'
import { placeText, readPlace, type SecretPlace, readSecrets, secretsInput } from './search.ts'
import './security.css'
import { useText } from './text.ts'

// Reading certificates takes a library that is larger than the page.
const SecretDrawer = lazy(() => import('./secret-drawer.tsx').then((each) => ({ default: each.SecretDrawer })))
const ApplyDrawer = lazy(() => import('./apply-drawer.tsx').then((each) => ({ default: each.ApplyDrawer })))

type Applied = TlsSecret | 'new'

/** TLS Secrets of a mesh: until when they hold, who uses them, and which are named in vain. */
export function TlsSecretsPage() {
  const t = useText()
  const mesh = useParam('mesh')
  usePageTitle(t('title'))
  const [search, setSearch] = useSearchOf(readSecrets)
  const [applied, setApplied] = useState<Applied>()
  const input = secretsInput(mesh, search)
  const list = useQuery(api.security.secrets.queryOptions({ input, placeholderData: keepPreviousData }))
  const open = readPlace(search.secret)
  const columns = useSecretColumns({
    mesh,
    onOpen: (place) => setSearch({ secret: placeText(place) }),
    onApply: setApplied,
  })
  const { items, total, counts, namespaces, withheld, clusters: truths } = list.data ?? nothing
  const clusters = truths.map(({ cluster }) => cluster)
  return (
    <Page
      title={t('title')}
      facts={[t('about')]}
      primary={{ label: t('create'), onSelect: () => setApplied('new') }}
      notice={
        <>
          <Truths truths={truths} />
          <NotTold withheld={withheld} />
        </>
      }
    >
      <DataTable
        id="security.tls-secrets"
        label={t('title')}
        columns={columns}
        rows={items}
        total={total}
        rowKey={({ ref }) => refKey(ref)}
        rowName={({ ref }) => ref.name}
        query={tableQuery(search)}
        onQuery={(query) => setSearch(tablePlace(query))}
        loading={list.isFetching}
        failure={useFailureOf(list.error)}
        onRetry={() => void list.refetch()}
        searchHint={t('search')}
        filters={
          <SecretFilters
            clusters={clusters}
            namespaces={namespaces}
            counts={counts}
            search={search}
            onChange={setSearch}
          />
        }
        unread={unreadIn(truths)}
        filtered={[search.cluster, search.namespace, search.show].some((each) => each !== undefined)}
        onClearFilters={() =>
          setSearch({ cluster: undefined, namespace: undefined, show: undefined, search: undefined, page: undefined })
        }
        empty={<NoSecrets hidden={withheld.length > 0} onCreate={() => setApplied('new')} />}
      />
      <Drawers
        mesh={mesh}
        clusters={clusters}
        namespaces={namespaces}
        open={open}
        applied={applied}
        onOpen={(place) => setSearch({ secret: place === undefined ? undefined : placeText(place) })}
        onApply={setApplied}
      />
    </Page>
  )
}

/** Before there is an answer. */
const nothing = { items: undefined, total: 0, counts: {}, namespaces: [], withheld: [], clusters: [] }

function Drawers(props: {
  mesh: string
  clusters: string[]
  namespaces: string[]
  open: SecretPlace | undefined
  applied: Applied | undefined
  onOpen: (place: SecretPlace | undefined) => void
  onApply: (applied: Applied | undefined) => void
}) {
  const { mesh, clusters, namespaces, open, applied, onOpen, onApply } = props
  return (
    <Suspense fallback={<Skeleton lines={3} />}>
      {open !== undefined && (
        <SecretDrawer
          mesh={mesh}
          place={open}
          onClose={() => onOpen(undefined)}
          onReplace={(secret) => {
            onOpen(undefined)
            onApply(secret)
          }}
        />
      )}
      {applied !== undefined && (
        <ApplyDrawer
          mesh={mesh}
          clusters={clusters}
          namespaces={namespaces}
          present={applied === 'new' ? undefined : applied}
          onClose={() => onApply(undefined)}
        />
      )}
    </Suspense>
  )
}

function NotTold(props: { withheld: Withheld[] }) {
  const t = useText()
  const say = useMessage()
  if (props.withheld.length === 0) return null
  return (
    <details className="tls-withheld">
      <summary>
        <Status health="unknown" word={t('withheld')} />
      </summary>
      <ul>
        {props.withheld.map(({ cluster, why }) => (
          <li key={cluster}>{say(why)}</li>
        ))}
      </ul>
    </details>
  )
}

function NoSecrets(props: { hidden: boolean; onCreate: () => void }) {
  const t = useText()
  const create = <Button onClick={props.onCreate}>{t('create')}</Button>
  if (props.hidden) return <Empty title={t('emptyHidden')} hint={t('emptyHiddenHint')} action={create} />
  return <Empty title={t('empty')} hint={t('emptyHint')} action={create} />
}
