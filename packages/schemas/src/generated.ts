import { readFileSync } from 'node:fs'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** The definitions of one group out of ../generated, which lies beside src and dist alike. */
export function definitionsOf(group: string): KubernetesObject[] {
  const parsed: unknown = JSON.parse(readFileSync(new URL(`../generated/${group}.json`, import.meta.url), 'utf8'))
  if (!Array.isArray(parsed)) throw new Error(`generated/${group}.json is not a list`)
  return parsed.filter(isKubernetesObject)
}
