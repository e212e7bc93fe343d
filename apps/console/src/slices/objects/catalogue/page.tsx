import type { FindingCode } from '@orbweaver/contracts/findings'
import { type Column, DataTable } from '@orbweaver/ui/data-table'
import { Empty } from '@orbweaver/ui/empty'
import { Icon } from '@orbweaver/ui/icon'
import { KeyValue } from '@orbweaver/ui/key-value'
import { Page } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { useFailureOf } from '../../../api/failure.ts'
import { severityHealth } from '../../../app/found-cell.tsx'
import { useSearchOf } from '../../../app/location.ts'
import { usePageTitle } from '../../../app/page-title.ts'
import { readTable, tablePlace, tableQuery } from '../../../app/table-search.ts'
import { useCodeText } from '../../../app/wording.tsx'
import '../findings/findings.css'
import { Opener } from '../findings/opener.tsx'
import { useFoundText } from '../findings/text.ts'
import { useListed } from '../../../text/use-language.ts'
import { pageOfCodes } from './page-of-codes.ts'
import { useCatalogueText } from './text.ts'

/** Everything the console finds, whatever mesh: the help that each finding leads to. */
export function CataloguePage() {
  const t = useCatalogueText()
  const word = useCodeText()
  usePageTitle(t('title'))
  const [search, setSearch] = useSearchOf(readTable)
  const [toggled, setToggled] = useState<{ code: string; open: boolean }>()
  const list = useQuery(api.objects.findingCodes.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  const query = tableQuery(search)
  const codes = list.data?.items
  const shown = codes && pageOfCodes(codes, query, (code) => [word(code).title, word(code).detail])
  // Who comes for one code sees it at once.
  const only = shown?.total === 1 ? shown.items[0]?.code : undefined
  const isOpen = (code: string) => (toggled?.code === code ? toggled.open : code === only)
  return (
    <Page title={t('title')} facts={[t('about')]}>
      <DataTable
        id="objects.catalogue"
        label={t('title')}
        columns={useCodeColumns(isOpen, (code) => setToggled({ code, open: !isOpen(code) }))}
        rows={shown?.items}
        total={shown?.total ?? 0}
        rowKey={({ code }) => code}
        rowName={({ code }) => code}
        renderDetail={(row) => (isOpen(row.code) ? <CodeDetail of={row} /> : undefined)}
        query={query}
        onQuery={(next) => setSearch(tablePlace(next))}
        loading={list.isFetching}
        failure={useFailureOf(list.error)}
        onRetry={() => void list.refetch()}
        searchHint={t('search')}
        empty={<Empty title={t('title')} />}
      />
    </Page>
  )
}

function useCodeColumns(isOpen: (code: string) => boolean, onToggle: (code: string) => void): Column<FindingCode>[] {
  const t = useCatalogueText()
  const found = useFoundText()
  const word = useCodeText()
  return [
    {
      key: 'code',
      title: found('code'),
      sort: 'code',
      always: true,
      width: '40%',
      render: ({ code }) => (
        <span className="ow-row">
          <Opener open={isOpen(code)} name={code} onToggle={() => onToggle(code)} />
          <code title={code}>{code}</code>
        </span>
      ),
    },
    {
      key: 'found',
      title: found('found'),
      always: true,
      width: '60%',
      render: ({ code }) => <span title={word(code).title}>{word(code).title}</span>,
    },
    {
      key: 'severity',
      title: found('bySeverity'),
      sort: 'severity',
      width: 110,
      render: ({ severity }) => <Status health={severityHealth[severity]} word={found(`severity.${severity}`)} />,
    },
    { key: 'istio', title: 'Istio', width: 130, render: ({ istio }) => found(`istio.${istio}`) },
    {
      key: 'aliases',
      title: t('aliases'),
      width: 150,
      optional: true,
      render: ({ aliases }) => <code title={aliases.join(', ')}>{aliases.join(', ')}</code>,
    },
  ]
}

function CodeDetail(props: { of: FindingCode }) {
  const t = useCatalogueText()
  const listed = useListed()
  const found = useFoundText()
  const { code, kinds, aliases, docs, fixes } = props.of
  const { detail, fix } = useCodeText()(code)
  return (
    <div className="ow-finding-detail">
      <p>{detail}</p>
      <KeyValue
        facts={[
          { label: t('kinds'), value: kinds.length === 0 ? t('everyKind') : listed(kinds) },
          {
            label: found('fixes'),
            value:
              fixes.length === 0 ? (
                <span className="ow-soft">{t('noFix')}</span>
              ) : (
                <ul className="ow-fixes">
                  {fixes.map((each) => (
                    <li key={each}>{fix(each)}</li>
                  ))}
                </ul>
              ),
          },
          { label: t('aliases'), value: aliases.length === 0 ? t('noAliases') : <code>{aliases.join(', ')}</code> },
          ...(docs === undefined
            ? []
            : [
                {
                  label: found('docs'),
                  value: (
                    <a href={docs} target="_blank" rel="noreferrer">
                      {docs} <Icon name="external" />
                    </a>
                  ),
                },
              ]),
        ]}
      />
    </div>
  )
}
