import { readFileSync } from 'node:fs'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** In the sources and in the bundle alike, three directories below the repository's root. */
const generated = new URL('../../../packages/schemas/generated/', import.meta.url)

const groups = ['extensions.istio.io', 'networking.istio.io', 'security.istio.io', 'telemetry.istio.io']

/** The definitions of Istio's kinds that this product was made with (packages/schemas). */
export function shippedDefinitions(): KubernetesObject[] {
  return groups.flatMap((group) => {
    const parsed: unknown = JSON.parse(readFileSync(new URL(`${group}.json`, generated), 'utf8'))
    if (!Array.isArray(parsed)) throw new Error(`generated/${group}.json is not a list`)
    return parsed.filter(isKubernetesObject)
  })
}
