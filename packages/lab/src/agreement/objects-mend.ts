import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { checked } from '@orbweaver/istio/validation/validate'

/** What an object of a kind cannot be without, or something that stands for what is missing. */
const least: Readonly<Record<string, JsonRecord>> = {
  VirtualService: { hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviews' } }] }] },
  DestinationRule: { host: 'reviews' },
  Gateway: { servers: [{ hosts: ['a.example.com'], port: { number: 80, name: 'http', protocol: 'HTTP' } }] },
  ServiceEntry: { hosts: ['a.example.com'] },
  Sidecar: { egress: [{ hosts: ['./*'] }] },
  WorkloadEntry: { address: '10.0.0.1' },
  WorkloadGroup: { template: {} },
  WasmPlugin: { url: 'oci://registry.example/a' },
  TrafficExtension: { lua: { inlineCode: 'x' } },
  AuthorizationPolicy: { rules: [{}] },
}

/**
 * The object without what our own checks have against it, as far as that can be taken away: what is left lies at the edge
 * of what istiod accepts, where a difference would show.
 */
export function mended(object: KubernetesObject): KubernetesObject {
  let now = object
  for (let round = 0; round < 40; round += 1) {
    const [error] = checked(now).errors
    if (error === undefined) return now
    now = structuredClone(now)
    const keys = error.pointer
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    if (keys.length < 2)
      now = {
        ...now,
        spec: { ...(isRecord(now['spec']) ? trimmed(now['spec']) : {}), ...structuredClone(least[now.kind] ?? {}) },
      }
    else takeAway(now, keys)
  }
  return now
}

/** Some of it goes, so that what cannot be together is no more. */
function trimmed(spec: JsonRecord): JsonRecord {
  return Object.fromEntries(Object.entries(spec).slice(1))
}

/** The value there; where there is none, what should have had it. */
function takeAway(root: Json, keys: readonly string[]): void {
  const parents: Json[] = [root]
  for (const key of keys) {
    const parent = parents.at(-1)
    const child = Array.isArray(parent) ? parent[Number(key)] : isRecord(parent) ? parent[key] : undefined
    if (child === undefined) break
    parents.push(child)
  }
  const at = Math.max(2, parents.length - 1)
  const [parent, key] = [parents[at - 1], keys[at - 1]]
  if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else if (isRecord(parent) && key !== undefined) delete parent[key]
}
