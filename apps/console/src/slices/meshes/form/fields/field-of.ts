import { at, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import { MeshSpec } from '@orbweaver/contracts/fleet-objects'
import type { Effect } from '@orbweaver/contracts/plan'
import { effectOf } from '@orbweaver/istio/meshes/effects'
import { type Setting, type SettingId, settings } from '@orbweaver/istio/meshes/settings'
import { withPath } from '../draft.ts'

/** A field that shows and edits one path of the draft, which stays the only truth. */
export type SpecField = {
  id: SettingId
  setting: Setting
  /** Below the Mesh's spec. */
  path: readonly string[]
}

export function fieldOf(id: SettingId): SpecField {
  const setting: Setting = settings[id]
  return { id, setting, path: ['settings', ...setting.path] }
}

export function valueAt(spec: JsonRecord, { path }: Pick<SpecField, 'path'>): Json | undefined {
  return at(spec, ...path)
}

/** What is given for one field, and away with what cannot stand beside it (rules of deploy/crds/meshes.yaml). */
export function withField(spec: JsonRecord, { id, path }: SpecField, value: Json | undefined): JsonRecord {
  const written = withPath(spec, path, value)
  if (value === undefined) return written
  const others: readonly SettingId[] = beside[id] ?? []
  return others.reduce((left, each) => withPath(left, fieldOf(each).path, undefined), written)
}

const beside: Partial<Record<SettingId, readonly SettingId[]>> = {
  distribute: ['failover', 'failoverPriority'],
  failover: ['distribute'],
  failoverPriority: ['distribute'],
}

/** The value of Istio's chart that a field sets, or the object that carries it. */
export function setsOf({ id, setting }: SpecField): string {
  return setting.to ?? (id === 'meshId' ? 'global.meshID' : 'Sidecar')
}

/** When a setting takes effect; an object is taken as it is written. */
export function effectsOf(field: SpecField): readonly Effect[] {
  const sets = setsOf(field)
  return sets === 'Sidecar' ? ['live'] : effectOf(sets).effects
}

/** Paths at which the draft is not what the contract takes, as `settings.sidecar.proxyLogLevel`. */
export function faultsOf(spec: JsonRecord): string[] {
  const read = MeshSpec.safeParse(spec)
  return read.success ? [] : read.error.issues.map((issue) => issue.path.map(String).join('.'))
}

export function hasFault(faults: readonly string[], path: readonly string[]): boolean {
  const own = path.join('.')
  return faults.some((each) => each === own || each.startsWith(`${own}.`))
}
