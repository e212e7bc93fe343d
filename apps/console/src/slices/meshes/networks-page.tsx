import { Page, type PageTab } from '@orbweaver/ui/page'
import { useState } from 'react'
import { codeOf } from '../../api/failure.ts'
import { useGo, useParam, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { QueryView } from '../../app/query-view.tsx'
import { Truths } from '../../app/truths.tsx'
import { paths } from '../../paths.ts'
import { MeshGone } from './mesh-gone.tsx'
import './meshes.css'
import { GroupsTab } from './networks/groups-tab.tsx'
import { LocalityTab } from './networks/locality-tab.tsx'
import { MoveDrawer } from './networks/move-drawer.tsx'
import './networks/networks.css'
import { type NetworkTab, networkTabs, readNetworks } from './networks/search.ts'
import { ServicesTab } from './networks/services-tab.tsx'
import { useNetworkText } from './networks/text.ts'
import { type Networks, useNetworks } from './networks/use-networks.ts'
import { WaysTab } from './networks/ways-tab.tsx'
import { useText } from './text.ts'

/** What lies between the clusters of a mesh: networks and their gateways, ways, places of nodes, and shared services. */
export function MeshNetworksPage() {
  const t = useNetworkText()
  const words = useText()
  const name = useParam('mesh')
  const go = useGo()
  usePageTitle(t('title'))
  const [search, setSearch] = useSearchOf(readNetworks)
  const [moving, setMoving] = useState<string[] | undefined>()
  const query = useNetworks(name)
  if (codeOf(query.error) === 'meshes.not_found') return <MeshGone mesh={name} />
  const tab = (key: NetworkTab): PageTab => {
    const href = paths.meshNetworks(name, { tab: key })
    return { key, label: t(`tab.${key}`), href, onSelect: () => go(href) }
  }
  const held = heldOf(query.data)
  const going = held === 'held.terminating'
  const move = {
    label: t('action.move'),
    disabled: held === undefined ? undefined : words(held),
    onSelect: () => setMoving([]),
  }
  return (
    <Page
      title={t('pageTitle', { mesh: name })}
      facts={[going && words('held.terminating')]}
      primary={query.data === undefined ? undefined : move}
      tabs={networkTabs.map(tab)}
      tab={search.tab}
      notice={search.tab === 'services' ? undefined : <Truths truths={query.data?.clusters} />}
    >
      {search.tab === 'services' ? (
        <ServicesTab mesh={name} held={going} search={search} onSearch={setSearch} />
      ) : (
        <QueryView query={query} lines={8}>
          {(networks) => (
            <>
              <Shown
                mesh={name}
                networks={networks}
                tab={search.tab}
                search={search}
                onSearch={setSearch}
                onMove={setMoving}
              />
              {moving !== undefined && (
                <MoveDrawer mesh={name} networks={networks} chosen={moving} onClose={() => setMoving(undefined)} />
              )}
            </>
          )}
        </QueryView>
      )}
    </Page>
  )
}

/** Why clusters cannot be moved, as a key of the slice's text. */
function heldOf(networks: Networks | undefined): 'held.terminating' | 'held.notManaged' | undefined {
  if (networks === undefined) return undefined
  if (networks.deleting) return 'held.terminating'
  return networks.kind === 'Managed' ? undefined : 'held.notManaged'
}

type Search = ReturnType<typeof readNetworks>
type TabProps = {
  mesh: string
  networks: Networks
  tab: NetworkTab
  search: Search
  onSearch: ReturnType<typeof useSearchOf<Search>>[1]
  onMove: (clusters: string[]) => void
}

function Shown(props: TabProps) {
  const { mesh, networks, tab, onMove } = props
  if (tab === 'ways') return <WaysTab mesh={mesh} networks={networks} onMove={onMove} />
  if (tab === 'locality') return <LocalityTab networks={networks} search={props.search} onSearch={props.onSearch} />
  return <GroupsTab mesh={mesh} networks={networks} onMove={onMove} />
}
