import type { Resource } from './client.ts'
import * as resources from './resources.ts'

const byKind = new Map(Object.values(resources).map((each) => [`${each.group}/${each.kind}`, each]))

/** The kind as this product speaks it, at the version it speaks. Other kinds: discovery.ts. */
export function knownResource(group: string, kind: string): Resource | undefined {
  return byKind.get(`${group}/${kind}`)
}
