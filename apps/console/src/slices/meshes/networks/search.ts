import type { RawSearch } from '../../../app/location.ts'
import { pageInput, readTable } from '../../../app/table-search.ts'
import type { TablePlace } from '../../../paths.ts'

export const networkTabs = ['networks', 'ways', 'locality', 'services'] as const
export type NetworkTab = (typeof networkTabs)[number]
export const serviceShows = ['problems', 'local'] as const
export type NetworksSearch = TablePlace & {
  tab: NetworkTab
  cluster?: string
  show?: (typeof serviceShows)[number]
}

export function readNetworks(raw: RawSearch): NetworksSearch {
  const show = serviceShows.find((each) => each === raw.show)
  return {
    ...readTable(raw),
    tab: networkTabs.find((each) => each === raw.tab) ?? 'networks',
    ...(raw.cluster === undefined || raw.cluster === '' ? {} : { cluster: raw.cluster }),
    ...(show === undefined ? {} : { show }),
  }
}

export function servicesInput(name: string, { show, ...place }: NetworksSearch) {
  return { name, ...pageInput(place), ...(show === undefined ? {} : { show }) }
}
