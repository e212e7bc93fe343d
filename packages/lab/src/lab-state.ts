import { writeFileSync } from 'node:fs'
import { listAt, textAt } from '@orbweaver/contracts/json'
import type { Built } from './build.ts'
import { type ClusterLayout, layoutFrom } from './cluster-layout.ts'
import { readText, type RunDir } from './run-dir.ts'

/** What `up` decided: read by the agent, by `status` and by tests. */
export type LabState = { readonly built: Built; readonly clusters: readonly ClusterLayout[] }

export const writeState = (dir: RunDir, state: LabState): void =>
  writeFileSync(dir.state, JSON.stringify(state, null, 2), { mode: 0o600 })

export const readState = (dir: RunDir): LabState | undefined => {
  const text = readText(dir.state)
  if (text === '') return undefined
  const value: unknown = JSON.parse(text)
  const family = (name: string): string => textAt(value, 'built', name) ?? ''
  return {
    built: {
      etcd: family('etcd'),
      kubernetes: family('kubernetes'),
      kwok: family('kwok'),
      istio: family('istio'),
      judges: family('judges'),
      proxies: family('proxies'),
    },
    clusters: listAt(value, 'clusters').map(layoutFrom),
  }
}
