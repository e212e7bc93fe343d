import { isRecord, type Json, type JsonRecord, sameJson } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { authored } from './touched.ts'

/** A place that both sides changed, each in its own way. Absent = no such field. */
type Conflict = { pointer: string; base: Json | undefined; mine: Json | undefined; theirs: Json | undefined }

export type Merge = { merged: KubernetesObject; conflicts: Conflict[] }

type Three = { base: Json | undefined; mine: Json | undefined; theirs: Json | undefined }

/**
 * Brings an edit (`mine`, begun at `base`) together with what others wrote meanwhile (`theirs`). What only one side
 * changed is taken; where both did, `merged` holds mine and the place is a conflict for a person. What servers write
 * (resourceVersion, status) is theirs.
 *
 * Istio's lists have no keys and their order is meaning, so a list is merged place by place only while it keeps its
 * length and neither side moved entries; otherwise it is one value.
 */
export function threeWayMerge(sides: {
  base: KubernetesObject
  mine: KubernetesObject
  theirs: KubernetesObject
}): Merge {
  const conflicts: Conflict[] = []
  const three = { base: authored(sides.base), mine: authored(sides.mine), theirs: authored(sides.theirs) }
  const value = merge(three, { pointer: '', conflicts })
  if (!isKubernetesObject(value)) return { merged: sides.mine, conflicts }
  const { theirs } = sides
  const metadata = { ...theirs.metadata, ...value.metadata }
  for (const field of Object.keys(theirs.metadata)) {
    if (!(field in value.metadata) && field in authored(theirs).metadata) delete metadata[field]
  }
  const merged: KubernetesObject = { ...value, metadata }
  if (theirs.status !== undefined) merged.status = theirs.status
  return { merged, conflicts }
}

type Walk = { pointer: string; conflicts: Conflict[] }

function merge(three: Three, walk: Walk): Json | undefined {
  const { base, mine, theirs } = three
  if (same(mine, theirs) || same(theirs, base)) return mine
  if (same(mine, base)) return theirs
  if (isRecord(mine) && isRecord(theirs)) return mergeMaps({ base: isRecord(base) ? base : {}, mine, theirs }, walk)
  if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs) && keepsPlaces({ base, mine, theirs })) {
    return base.map((each, index) => {
      const sides = { base: each, mine: mine[index], theirs: theirs[index] }
      return merge(sides, { ...walk, pointer: `${walk.pointer}/${index}` }) ?? null
    })
  }
  walk.conflicts.push({ pointer: walk.pointer, ...three })
  return mine
}

function mergeMaps(maps: { base: JsonRecord; mine: JsonRecord; theirs: JsonRecord }, walk: Walk): JsonRecord {
  const { base, mine, theirs } = maps
  const out: JsonRecord = {}
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const pointer = `${walk.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const value = merge({ base: base[key], mine: mine[key], theirs: theirs[key] }, { ...walk, pointer })
    if (value !== undefined) out[key] = value
  }
  return out
}

function keepsPlaces({ base, mine, theirs }: { base: Json[]; mine: Json[]; theirs: Json[] }): boolean {
  const one = base.length === mine.length && base.length === theirs.length
  return one && !moved(base, mine) && !moved(base, theirs)
}

/** Whether an entry stands where it did not: then places no longer mean the same entry on both sides. */
function moved(base: readonly Json[], side: readonly Json[]): boolean {
  return side.some((each, index) => {
    if (same(each, base[index])) return false
    return base.some((other, at) => at !== index && same(each, other))
  })
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return sameJson(a, b)
}
