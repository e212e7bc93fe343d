import { Page, type PageTab } from '@orbweaver/ui/page'
import { useGo, useParam, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { paths } from '../../paths.ts'
import { NamespacesTab } from './namespaces-tab.tsx'
import { readSidecars, type SidecarTab } from './search.ts'
import { useText } from './text.ts'
import { WorkloadsTab } from './workloads-tab.tsx'

/** Who of the mesh has a sidecar, who should, and the switches. */
export function SidecarsPage() {
  const t = useText()
  const mesh = useParam('mesh')
  const go = useGo()
  usePageTitle(t('title'))
  const [search, setSearch] = useSearchOf(readSidecars)
  const tab = (key: SidecarTab): PageTab => {
    const href = paths.sidecars(mesh, { tab: key })
    return { key, label: t(key), href, onSelect: () => go(href) }
  }
  return (
    <Page title={t('title')} tabs={[tab('namespaces'), tab('workloads')]} tab={search.tab}>
      {search.tab === 'workloads' ? (
        <WorkloadsTab mesh={mesh} search={search} onSearch={setSearch} />
      ) : (
        <NamespacesTab mesh={mesh} search={search} onSearch={setSearch} />
      )}
    </Page>
  )
}
