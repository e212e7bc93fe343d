import { at, isRecord, type Json, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Column, ServedVersion } from '../definition.ts'
import { ageOf } from './age.ts'
import type { TableColumn } from './printer.ts'

const age: Column = {
  name: 'Age',
  type: 'date',
  format: '',
  description: '',
  priority: 0,
  jsonPath: '.metadata.creationTimestamp',
}

function columnsOf(version: ServedVersion): Column[] {
  return version.columns.length === 0 ? [age] : version.columns
}

/** additionalPrinterColumns behind the name. Source: apiextensions pkg/registry/customresource/tableconvertor v0.36. */
export function customColumns(version: ServedVersion): TableColumn[] {
  const name = { name: 'Name', type: 'string', format: 'name', description: '', priority: 0 }
  return [name, ...columnsOf(version).map(({ jsonPath: _path, ...column }) => column)]
}

export function customCells(version: ServedVersion, object: KubernetesObject, now: Date): Json[] {
  return [object.metadata.name, ...columnsOf(version).map((each) => cellOf(each, object, now))]
}

function cellOf(column: Column, object: KubernetesObject, now: Date): Json {
  const found = jsonPath(object, column.jsonPath)
  const first = found[0]
  if (first === undefined) return null
  if (column.type === 'date') return typeof first === 'string' ? ageOf(first, now) : '<invalid>'
  if (found.length > 1 && column.type === 'string') return found.map(cellText).join(' ')
  return column.type === 'string' ? cellText(first) : first
}

function cellText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const stepForm =
  /\.([A-Za-z0-9_\-/]+(?:\\\.[A-Za-z0-9_\-/]+)*)|\['([^']+)'\]|\[(\d+|\*)\]|\[\?\(@\.([A-Za-z0-9_.-]+)\s*==\s*["']([^"']*)["']\)\]/g

/** The simple JSON paths that printer columns use: fields, indexes, `[*]` and `[?(@.type=="Ready")]`. */
function jsonPath(value: Json, path: string): Json[] {
  let here: Json[] = [value]
  for (const match of path.matchAll(stepForm)) {
    const [, plain, quoted, index, filterKey, filterValue] = match
    const field = plain?.replaceAll('\\.', '.') ?? quoted
    here = here.flatMap((each) => {
      if (field !== undefined) return fieldAt(each, field)
      if (index !== undefined) return itemAt(each, index)
      return Array.isArray(each)
        ? each.filter((item) => textAt(item, ...(filterKey ?? '').split('.')) === filterValue)
        : []
    })
  }
  return here.filter((each) => each !== null)
}

function fieldAt(value: Json, field: string): Json[] {
  const found = isRecord(value) ? at(value, field) : undefined
  return found === undefined ? [] : [found]
}

function itemAt(value: Json, index: string): Json[] {
  if (!Array.isArray(value)) return []
  if (index === '*') return value
  const found = value[Number(index)]
  return found === undefined ? [] : [found]
}
