import { recordAt } from '@orbweaver/contracts/json'
import type { Observed, ObservedCluster, Stage } from './stage.ts'

/** A cluster that was not read yet. */
export const unread = (network?: string): ObservedCluster => ({
  view: undefined,
  network,
  server: 'https://api.example.com',
})
export const nothing: Observed = new Map()
export const find = (stages: Stage[], id: string) => {
  const found = stages.find((each) => each.id === id)
  if (found === undefined) throw new Error(`no stage ${id}`)
  return found
}
/** Helm values in the stage's Istio object. */
export const values = (stage: Stage) => recordAt(stage.objects[0], 'spec', 'values')
