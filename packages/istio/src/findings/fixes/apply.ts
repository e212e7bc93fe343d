import { isRecord, type Json } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'

type Operation = Fix['patches'][number]['operations'][number]

/** An object with a fix's operations carried out (RFC 6902); throws where one does not fit. */
export function patched(object: KubernetesObject, operations: readonly Operation[]): KubernetesObject {
  const result = operations.reduce<Json>(carriedOut, structuredClone<Json>(object))
  if (!isKubernetesObject(result)) throw new Error('what a fix leaves is no object')
  return result
}

/** The same; undefined where an operation does not fit, as in an object of no sensible shape. */
export function patchedIfFits(
  object: KubernetesObject,
  operations: readonly Operation[],
): KubernetesObject | undefined {
  try {
    return patched(object, operations)
  } catch {
    return undefined
  }
}

function carriedOut(root: Json, operation: Operation): Json {
  const keys = operation.path.split('/').slice(1)
  const last = keys.pop()
  if (last === undefined) return operation.op === 'remove' ? null : operation.value
  const parent = keys.reduce<Json | undefined>((here, key) => child(here, key), root)
  if (Array.isArray(parent)) ofList(parent, last, operation)
  else if (isRecord(parent)) ofRecord(parent, plain(last), operation)
  else throw new Error(`no ${operation.path}`)
  return root
}

const plain = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~')

function child(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)]
  return isRecord(value) ? value[plain(key)] : undefined
}

function ofList(list: Json[], key: string, operation: Operation): void {
  const index = key === '-' ? list.length : Number(key)
  if (!Number.isInteger(index) || index < 0 || index > list.length) throw new Error(`no ${operation.path}`)
  if (operation.op === 'remove') list.splice(index, 1)
  else list.splice(index, operation.op === 'add' ? 0 : 1, operation.value)
}

function ofRecord(record: { [key: string]: Json | undefined }, key: string, operation: Operation): void {
  if (operation.op !== 'add' && record[key] === undefined) throw new Error(`no ${operation.path}`)
  if (operation.op === 'remove') delete record[key]
  else record[key] = operation.value
}
