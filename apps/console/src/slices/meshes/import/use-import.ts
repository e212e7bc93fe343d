import { MeshName } from '@orbweaver/contracts/names'
import { movedTo, portions } from '@orbweaver/istio/meshes/import'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { api } from '../../../api/api.ts'
import { codeOf } from '../../../api/failure.ts'
import { type ImportFile, readFiles } from './read-files.ts'

/** Most clusters that one page of the list gives. */
const mostClusters = 500

/** Files, and what becomes of them: everything that follows from them is worked out anew, so that nothing is lost. */
export function useImport() {
  const [files, setFiles] = useState<ImportFile[]>([])
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const [renamed, setName] = useState<string | undefined>()
  const [conflicts, setConflicts] = useState<'keep' | 'replace'>('keep')
  const [done, setDone] = useState<ReadonlySet<number>>(new Set())
  const clusters = useQuery(api.clusters.list.queryOptions({ input: { size: mostClusters } }))
  const read = useMemo(() => readFiles(files), [files])
  const registered = useMemo(() => (clusters.data?.items ?? []).map((each) => each.name), [clusters.data])
  const to = useMemo(
    () =>
      Object.fromEntries(read.clusters.map((each) => [each, chosen[each] ?? (registered.includes(each) ? each : '')])),
    [read, chosen, registered],
  )
  const name = renamed ?? read.mesh?.name ?? ''
  const valid = MeshName.safeParse(name).success
  const live = useQuery({
    ...api.meshes.get.queryOptions({ input: { name } }),
    enabled: valid && read.mesh !== undefined,
    retry: false,
  })
  const moved = useMemo(() => movedTo(read, to), [read, to])
  const parts = useMemo(() => portions(moved.objects), [moved])
  const targets = Object.values(to)
  return {
    files,
    add: (more: readonly ImportFile[]) => {
      setFiles((now) => [...now.filter((each) => !more.some((one) => one.name === each.name)), ...more])
      setDone(new Set())
    },
    drop: (file: string) => {
      setFiles((now) => now.filter((each) => each.name !== file))
      setDone(new Set())
    },
    read,
    registered,
    to,
    choose: (from: string, cluster: string) => {
      setChosen((now) => ({ ...now, [from]: cluster }))
      setDone(new Set())
    },
    unmapped: read.clusters.find((each) => (to[each] ?? '') === ''),
    doubled: new Set(targets).size < targets.length,
    name,
    valid,
    rename: setName,
    conflicts,
    setConflicts,
    moved,
    parts,
    done,
    finish: (part: number) => setDone((now) => new Set([...now, part])),
    /** Undefined while nobody knows. */
    exists: live.data !== undefined ? true : codeOf(live.error) === 'meshes.not_found' ? false : undefined,
    phase: live.data?.mesh.phase,
    refresh: () => void live.refetch(),
  }
}

export type Import = ReturnType<typeof useImport>
