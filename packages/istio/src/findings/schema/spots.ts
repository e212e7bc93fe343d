import { at, type Json } from '@orbweaver/contracts/json'

/** What a JSON pointer leads to. */
export function valueAt(object: Json, pointer: string): Json | undefined {
  const keys = pointer.split('/').slice(1)
  return keys.reduce<Json | undefined>((here, key) => {
    const plain = key.replaceAll('~1', '/').replaceAll('~0', '~')
    return Array.isArray(here) ? here[Number(plain)] : at(here, plain)
  }, object)
}
