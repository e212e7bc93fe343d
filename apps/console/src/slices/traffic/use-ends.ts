import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { refPath } from '../../paths.ts'

/** What can be chosen from a list in groups: by namespace, and by cluster where there are several. */
type EndGroup = { label: string; options: EndOption[] }

/** Once it is chosen its group is out of sight, so its place stands beside its name. */
type EndOption = { value: string; label: string; chosen: string }

export function endOption(value: string, name: string, place: string): EndOption {
  return { value, label: name, chosen: place === '' ? name : `${name} · ${place}` }
}

/** `failed`: none could be read, which is not that there are none; `retry` asks again for what failed. */
export type Ends = { groups: EndGroup[]; isLoading: boolean; failed: boolean; retry: () => void }

/** More are found by the address alone: a request is explained for whatever it names. */
const most = 500

/** Workloads of a mesh that the viewer may see. */
export function useWorkloads(mesh: string): Ends {
  const list = useQuery(api.sidecars.workloads.queryOptions({ input: { mesh, size: most, system: true } }))
  return { groups: grouped((list.data?.items ?? []).map(({ ref }) => ref)), ...standOf(list) }
}

/** Istio Gateways of a mesh that the viewer may see. */
export function useGateways(mesh: string): Ends {
  const input = { mesh, kinds: ['Gateway' as const], size: most }
  const list = useQuery(api.objects.list.queryOptions({ input }))
  return { groups: grouped((list.data?.items ?? []).map(({ ref }) => ref)), ...standOf(list) }
}

function grouped(refs: readonly ObjectRef[]): EndGroup[] {
  const several = new Set(refs.map(({ cluster }) => cluster)).size > 1
  const groups = new Map<string, EndGroup>()
  for (const ref of refs) {
    const label = [...(several ? [ref.cluster] : []), ref.namespace ?? ''].join(' / ')
    const group = groups.get(label) ?? { label, options: [] }
    group.options.push(endOption(refPath(ref), ref.name, label))
    groups.set(label, group)
  }
  return [...groups.values()].toSorted((one, other) => one.label.localeCompare(other.label))
}

/** Namespaces of a mesh that the viewer may see, as one group. */
export function useNamespaces(mesh: string, label: string): Ends {
  const list = useQuery(api.sidecars.namespaces.queryOptions({ input: { mesh, size: most, system: true } }))
  const items = list.data?.items ?? []
  const several = new Set(items.map(({ cluster }) => cluster)).size > 1
  const options = items.map(({ cluster, namespace }) => {
    const value = refPath({ cluster, group: '', version: 'v1', kind: 'Namespace', name: namespace })
    return endOption(value, several ? `${namespace} (${cluster})` : namespace, '')
  })
  return { groups: options.length === 0 ? [] : [{ label, options }], ...standOf(list) }
}

/** Several lists as one: what could be read can be chosen. */
export function together(...ends: Ends[]): Ends {
  return {
    groups: ends.flatMap(({ groups }) => groups),
    isLoading: ends.some(({ isLoading }) => isLoading),
    failed: ends.some(({ failed }) => failed),
    retry: () => {
      for (const each of ends) if (each.failed) each.retry()
    },
  }
}

function standOf(list: { isLoading: boolean; isLoadingError: boolean; refetch: () => Promise<unknown> }) {
  return { isLoading: list.isLoading, failed: list.isLoadingError, retry: () => void list.refetch() }
}
