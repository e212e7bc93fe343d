import { Page } from '@orbweaver/ui/page'
import { useGo, useParam, useSearchOf } from '../../../app/location.ts'
import { usePageTitle } from '../../../app/page-title.ts'
import { Truths } from '../../../app/truths.tsx'
import { paths } from '../../../paths.ts'
import { CodeTable } from './by-code.tsx'
import { FindingFilters, SeverityCounts } from './filters.tsx'
import './findings.css'
import { FindingTable } from './one-by-one.tsx'
import { readFindings } from './search.ts'
import { useFoundText } from './text.ts'
import { useFindings } from './use-findings.ts'

/** Everything that is wrong in a mesh, one by one or by what it is. */
export function FindingsPage() {
  const t = useFoundText()
  const mesh = useParam('mesh')
  const go = useGo()
  usePageTitle(t('title'))
  const [search, setSearch] = useSearchOf(readFindings)
  const list = useFindings(mesh, search)
  const { view, page: _page, sort: _sort, order: _order, ...kept } = search
  const tab = (key: 'flat' | 'byCode') => {
    const href = paths.findings(mesh, { ...kept, ...(key === 'byCode' && { view: 'codes' }) })
    return { key, label: t(key), href, onSelect: () => go(href) }
  }
  const clusters = (list.data?.clusters ?? []).map(({ cluster }) => cluster)
  const narrowing = { counts: list.data?.counts, clusters, search, onChange: setSearch }
  const table = { mesh, search, list, onChange: setSearch, filters: <FindingFilters {...narrowing} /> }
  return (
    <Page
      title={t('title')}
      facts={[t('about')]}
      menu={[{ key: 'codes', label: t('allCodes'), onSelect: () => go(paths.findingCodes()) }]}
      tabs={[tab('flat'), tab('byCode')]}
      tab={view === 'codes' ? 'byCode' : 'flat'}
      notice={<Truths truths={list.data?.clusters} />}
    >
      <SeverityCounts {...narrowing} />
      {view === 'codes' ? <CodeTable {...table} /> : <FindingTable {...table} />}
    </Page>
  )
}
