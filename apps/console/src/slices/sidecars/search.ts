import type { Policy } from '@orbweaver/contracts/sidecars'
import type { RawSearch } from '../../app/location.ts'
import { pageInput, readTable } from '../../app/table-search.ts'
import type { TablePlace } from '../../paths.ts'

export type SidecarTab = 'namespaces' | 'workloads'
export type SidecarSearch = TablePlace & {
  tab: SidecarTab
  cluster?: string
  namespace?: string
  policy?: Policy
  /** Whether namespaces that belong to Kubernetes and Istio are listed too. */
  system?: 'yes'
}

export const policies = ['enabled', 'revision', 'disabled', 'none', 'blocked', 'conflict'] as const

export function readSidecars(raw: RawSearch): SidecarSearch {
  const policy = policies.find((each) => each === raw.policy)
  return {
    ...readTable(raw),
    tab: raw.tab === 'workloads' ? 'workloads' : 'namespaces',
    ...given('cluster', raw.cluster),
    ...given('namespace', raw.namespace),
    ...(policy === undefined ? {} : { policy }),
    ...(raw.system === 'yes' ? { system: 'yes' as const } : {}),
  }
}

function given<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  const out: { [K in Key]?: string } = {}
  if (value !== undefined && value !== '') out[key] = value
  return out
}

export function namespacesInput(mesh: string, search: SidecarSearch) {
  return {
    mesh,
    ...pageInput(search),
    ...(search.cluster === undefined ? {} : { cluster: search.cluster }),
    ...(search.policy === undefined ? {} : { policy: search.policy }),
    ...(search.system === 'yes' ? { system: true } : {}),
  }
}

export function workloadsInput(mesh: string, search: SidecarSearch) {
  return {
    mesh,
    ...pageInput(search),
    ...(search.cluster === undefined ? {} : { cluster: search.cluster }),
    ...(search.namespace === undefined ? {} : { namespace: search.namespace }),
    ...(search.system === 'yes' ? { system: true } : {}),
  }
}
