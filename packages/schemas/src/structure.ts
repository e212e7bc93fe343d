import { isRecord, type Json, type JsonRecord, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/**
 * A CRD without its words: names, types, enums, defaults and CEL stay, every description goes. A *property* that is called
 * `description` is an object, not a text, and stays.
 */
export function structureOf(crd: KubernetesObject): KubernetesObject {
  const { name, labels, annotations } = crd.metadata
  return {
    apiVersion: crd.apiVersion,
    kind: crd.kind,
    metadata: { name, ...(labels !== undefined && { labels }), ...(annotations !== undefined && { annotations }) },
    spec: withoutTexts(crd.spec ?? null),
  }
}

function withoutTexts(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutTexts)
  if (!isRecord(value)) return value
  const out: JsonRecord = {}
  for (const [key, each] of Object.entries(value)) {
    if (each !== undefined && !isText(key, each)) out[key] = withoutTexts(each)
  }
  return out
}

function isText(key: string, value: Json): boolean {
  return key === 'description' && typeof value === 'string'
}

/** One file a group, its CRDs by name, one a line: equal input gives equal bytes, and a diff shows which kind changed. */
export function filesByGroup(crds: readonly KubernetesObject[]): Map<string, string> {
  const groups = new Map<string, KubernetesObject[]>()
  for (const crd of [...crds].sort(byName)) {
    const group = textAt(crd, 'spec', 'group') ?? ''
    groups.set(group, [...(groups.get(group) ?? []), crd])
  }
  return new Map([...groups].map(([group, each]) => [`${group}.json`, linesOf(each)]))
}

function linesOf(crds: readonly KubernetesObject[]): string {
  return `[\n${crds.map((crd) => JSON.stringify(crd)).join(',\n')}\n]\n`
}

function byName(a: KubernetesObject, b: KubernetesObject): number {
  return a.metadata.name < b.metadata.name ? -1 : 1
}
