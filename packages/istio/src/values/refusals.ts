import type { JsonRecord } from '@orbweaver/contracts/json'
import type { Message } from '@orbweaver/contracts/message'
import type { Mesh } from '../meshes/mesh.ts'
import { type VersionDifference, differencesAt, newlyRefused, refusedValues, type ValueRefusal } from './given.ts'
import type { AllValues } from './schema.ts'

/** Values of one cluster: the mesh's own in its control plane's, and what a member says otherwise. */
type Place = { cluster: string; values: JsonRecord }

function placesOf(mesh: Mesh): Place[] {
  const own = { cluster: mesh.controlPlane.cluster, values: mesh.values }
  return [own, ...mesh.members.map(({ cluster, values }) => ({ cluster, values }))]
}

/** Why the values that a change of a mesh brings are refused; `before` is undefined for a new mesh. */
export function valueRefusals(all: AllValues, before: Mesh | undefined, after: Mesh): Message[] {
  const earlier = new Map(before === undefined ? [] : placesOf(before).map(({ cluster, values }) => [cluster, values]))
  return placesOf(after).flatMap(({ cluster, values }) => {
    const was = refusedValues(all.of(before?.version ?? ''), earlier.get(cluster) ?? {})
    return newlyRefused(was, refusedValues(all.of(after.version ?? ''), values)).map((each) => message(each, cluster))
  })
}

function message({ code, params }: ValueRefusal, cluster: string): Message {
  if (code === 'owned') return { code: `meshes.value-owned.${params.owner}`, params: { path: params.path, cluster } }
  if (code === 'unknown' && params.nearest !== undefined) {
    return { code: 'meshes.value-unfit.unknown-near', params: { ...params, cluster } }
  }
  return { code: `meshes.value-unfit.${code}`, params: { ...params, cluster } }
}

/** What becomes of the mesh's values when its version moves to another minor, for the plan of it. */
export function valueNotes(all: AllValues, before: Mesh, after: Mesh): Message[] {
  const [from, to] = [all.of(before.version ?? ''), all.of(after.version ?? '')]
  if (from === undefined || to === undefined || from.minor === to.minor) return []
  return differencesAt(from, to, after.values)
    .filter(({ what }) => what !== 'removed' && what !== 'changed')
    .map((each) => note(each, to.minor))
}

function note({ path, what, to }: VersionDifference, minor: string): Message {
  return { code: `meshes.value-note.${what}`, params: { path, minor, to: JSON.stringify(to ?? null) } }
}
