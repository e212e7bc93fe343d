import { isRecord, type Json, type JsonRecord, listAt, textAt, textsAt } from '@orbweaver/contracts/json'

/** What filters of a route or a backend change in headers, as a VirtualService says it; undefined where nothing. */
export function headersOf(filters: readonly Json[]): JsonRecord | undefined {
  const out: JsonRecord = {}
  for (const each of filters) {
    if (textAt(each, 'type') === 'RequestHeaderModifier') out.request = operations(each, 'requestHeaderModifier')
    if (textAt(each, 'type') === 'ResponseHeaderModifier') out.response = operations(each, 'responseHeaderModifier')
  }
  return Object.keys(out).length === 0 ? undefined : out
}

function operations(filter: Json, field: string): JsonRecord {
  const said = isRecord(filter) ? filter[field] : undefined
  const set = mapped(listAt(said, 'set'))
  const add = mapped(listAt(said, 'add'))
  const remove = textsAt(said, 'remove')
  return {
    ...(Object.keys(set).length > 0 && { set }),
    ...(Object.keys(add).length > 0 && { add }),
    ...(remove.length > 0 && { remove }),
  }
}

/** The first of a name counts. */
function mapped(list: readonly Json[]): JsonRecord {
  const out: JsonRecord = {}
  for (const each of list) {
    const name = (textAt(each, 'name') ?? '').toLowerCase()
    if (!Object.hasOwn(out, name)) out[name] = textAt(each, 'value') ?? ''
  }
  return out
}
