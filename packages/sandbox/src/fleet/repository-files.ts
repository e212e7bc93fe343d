import { readFileSync } from 'node:fs'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { parseAllDocuments } from 'yaml'

/** Root of the repository: this file lies three folders below packages/, as source and as build. */
const DEPLOY = new URL('../../../../deploy/', import.meta.url)

const read = new Map<string, KubernetesObject[]>()

/** The objects of files under deploy/: what an operator would apply with kubectl. Each file is read once. */
export function deployed(...files: string[]): KubernetesObject[] {
  return files.flatMap((file) => {
    const known = read.get(file)
    if (known !== undefined) return known
    const objects = objectsIn(readFileSync(new URL(file, DEPLOY), 'utf8'))
    read.set(file, objects)
    return objects
  })
}

function objectsIn(text: string): KubernetesObject[] {
  const out: KubernetesObject[] = []
  for (const document of parseAllDocuments(text)) {
    const object: unknown = document.toJSON()
    if (isKubernetesObject(object)) out.push(object)
  }
  return out
}
