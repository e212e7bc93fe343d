import { isRecord, type Json, type JsonRecord, listAt, sameJson } from '@orbweaver/contracts/json'
import { cloneJson } from '../clone.ts'
import { emptySchema, fieldOf, type Schema } from '../schema/schema.ts'

/** Strategic merge patch with the merge keys of the built-in kinds. Source: apimachinery pkg/util/strategicpatch v0.36. */
export function strategicMerge(original: JsonRecord, patch: JsonRecord, schema: Schema): JsonRecord {
  const directive = patch.$patch
  if (directive === 'replace') return withoutDirectives(patch)
  if (directive === 'delete') return {}
  const out: JsonRecord = { ...original }
  retain(out, patch)
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) continue
    if (key.startsWith(deletion)) removeFromPrimitives(out, key.slice(deletion.length), value)
    if (key.startsWith('$')) continue
    const order = patch[`${ordering}${key}`]
    mergeField(out, key, { value, schema: fieldOf(schema, key) ?? emptySchema('any'), order })
  }
  reorderRest(out, patch, schema)
  return out
}

/** An order without changes to the list it orders. */
function reorderRest(out: JsonRecord, patch: JsonRecord, schema: Schema): void {
  for (const [key, order] of Object.entries(patch)) {
    const field = key.startsWith(ordering) ? key.slice(ordering.length) : ''
    if (field !== '' && patch[field] === undefined) reorder(out, field, { order, schema: fieldOf(schema, field) })
  }
}

const deletion = '$deleteFromPrimitiveList/'
const ordering = '$setElementOrder/'

/** `$retainKeys` clears every other field: a changed union (Deployment strategy, volume source) leaves nothing behind. */
function retain(out: JsonRecord, patch: JsonRecord): void {
  if (patch.$retainKeys === undefined) return
  const kept = listAt(patch, '$retainKeys')
  for (const key of Object.keys(out)) if (!kept.includes(key)) delete out[key]
}

type Change = { value: Json; schema: Schema; order: Json | undefined }

function mergeField(out: JsonRecord, key: string, change: Change): void {
  const { value, schema } = change
  const current = out[key]
  if (value === null) {
    delete out[key]
    return
  }
  if (isRecord(value)) {
    if (value.$patch === 'delete') delete out[key]
    else out[key] = strategicMerge(isRecord(current) ? current : {}, value, schema)
    return
  }
  if (Array.isArray(value) && schema.patchStrategies.includes('merge')) {
    out[key] = mergeList(Array.isArray(current) ? current : [], value, change)
    return
  }
  out[key] = cloneJson(value)
}

function mergeList(current: Json[], patch: Json[], change: Change): Json[] {
  const { schema, order } = change
  const key = schema.mergeKey
  if (key === undefined) {
    const added = patch.filter((each) => !current.some((have) => sameJson(have, each)))
    return ordered([...current, ...added], order, undefined)
  }
  if (patch.some((each) => isRecord(each) && each.$patch === 'replace')) {
    return patch.filter((each) => !(isRecord(each) && each.$patch === 'replace')).map(cloneJson)
  }
  const out = [...current]
  for (const each of patch)
    if (isRecord(each)) mergeItem(out, each, { key, schema: schema.items ?? emptySchema('any') })
  return ordered(out, order, key)
}

function mergeItem(out: Json[], patch: JsonRecord, by: { key: string; schema: Schema }): void {
  const index = out.findIndex((each) => isRecord(each) && sameJson(each[by.key], patch[by.key]))
  if (patch.$patch === 'delete') {
    if (index >= 0) out.splice(index, 1)
    return
  }
  const found = out[index]
  if (isRecord(found)) out[index] = strategicMerge(found, patch, by.schema)
  else out.push(strategicMerge({}, patch, by.schema))
}

/** Items that `$setElementOrder` names come in its order, the server's own stay at their places before. */
function ordered(list: Json[], order: Json | undefined, key: string | undefined): Json[] {
  if (!Array.isArray(order)) return list
  const rank = (each: Json): number =>
    order.findIndex((wanted) =>
      key === undefined
        ? sameJson(wanted, each)
        : isRecord(wanted) && isRecord(each) && sameJson(wanted[key], each[key]),
    )
  const named = list.filter((each) => rank(each) >= 0).sort((a, b) => rank(a) - rank(b))
  return list.map((each) => (rank(each) >= 0 ? (named.shift() ?? each) : each))
}

function reorder(out: JsonRecord, field: string, by: { order: Json | undefined; schema: Schema | undefined }): void {
  const list = out[field]
  if (Array.isArray(list)) out[field] = ordered(list, by.order, by.schema?.mergeKey)
}

function removeFromPrimitives(out: JsonRecord, key: string, gone: Json): void {
  const list = out[key]
  if (!Array.isArray(list) || !Array.isArray(gone)) return
  out[key] = list.filter((each) => !gone.some((other) => sameJson(other, each)))
}

function withoutDirectives(patch: JsonRecord): JsonRecord {
  const { $patch: _directive, ...rest } = patch
  return rest
}
