import { readFileSync } from 'node:fs'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { parseAllDocuments } from 'yaml'

/** Root of the repository: this file lies three folders below packages/, as source and as build. */
const DEPLOY = new URL('../../../../deploy/', import.meta.url)

/** The objects of files under deploy/: what an operator would apply with kubectl. */
export function deployed(...files: string[]): KubernetesObject[] {
  const out: KubernetesObject[] = []
  for (const file of files) {
    for (const document of parseAllDocuments(readFileSync(new URL(file, DEPLOY), 'utf8'))) {
      const object: unknown = document.toJSON()
      if (isKubernetesObject(object)) out.push(object)
    }
  }
  return out
}
