import { readdirSync, readFileSync } from 'node:fs'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { parseAllDocuments } from 'yaml'

/** The manifests an installation applies: they are data of this kind, so their tests live here. */
const deploy = new URL('../../../../deploy/', import.meta.url)

export function manifest(path: string): KubernetesObject[] {
  return parseAllDocuments(readFileSync(new URL(path, deploy), 'utf8')).map((document) => {
    const value: unknown = document.toJS()
    if (document.errors.length > 0 || !isKubernetesObject(value)) {
      throw new Error(`${path} holds something else than Kubernetes objects`)
    }
    return value
  })
}

export const folder = (name: string): string[] => readdirSync(new URL(name, deploy)).map((file) => `${name}/${file}`)
