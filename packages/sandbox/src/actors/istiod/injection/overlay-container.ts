import { isRecord, type Json, type JsonRecord, recordAt } from '@orbweaver/contracts/json'

/** Lists of a container that are merged item by item, and what tells items apart: its patch merge keys. */
const KEYS: Record<string, string> = { env: 'name', volumeMounts: 'mountPath', ports: 'containerPort' }

/** A container with another's fields on top of it, as a strategic merge patch puts them there. */
export function overlayContainer(below: JsonRecord, above: JsonRecord): JsonRecord {
  const out: JsonRecord = { ...below }
  for (const [field, value] of Object.entries(above)) {
    const found = below[field]
    const key = KEYS[field]
    if (key !== undefined && Array.isArray(found) && Array.isArray(value)) out[field] = overlayList(found, value, key)
    else out[field] = isRecord(found) && isRecord(value) ? overlayContainer(found, value) : value
  }
  return out
}

function overlayList(below: Json[], above: Json[], key: string): Json[] {
  const of = (item: Json): Json | undefined => recordAt(item)[key]
  const kept = below.map((item) => {
    const match = above.find((each) => of(each) === of(item))
    return match === undefined ? item : overlayContainer(recordAt(item), recordAt(match))
  })
  return [...kept, ...above.filter((item) => !below.some((each) => of(each) === of(item)))]
}
