import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { inTextOrder } from '@orbweaver/contracts/text-order'

/**
 * A name without dots belongs to the namespace of the rule that says it; one with dots is taken as it is, so
 * `reviews.shop` is not `reviews.shop.svc.cluster.local` (istio pkg/config/model.go, ResolveShortnameToFQDN).
 */
export function resolveHost(name: string, namespace: string, domain = 'cluster.local'): string {
  return name.startsWith('*') || name.includes('.') ? name : `${name}.${namespace}.svc.${domain}`
}

/** Whether a wildcard (`*`, `*.example.com`) or an exact name covers a name; both resolved. */
export function covers(pattern: string, name: string): boolean {
  if (pattern === '*' || pattern === name) return true
  return pattern.startsWith('*') && name.endsWith(pattern.slice(1)) && name.length > pattern.length - 1
}

/** Whether one of two names covers the other (istio pkg/config/host/name.go, Matches). */
export function matches(one: string, other: string): boolean {
  const [first, second] = [one.startsWith('*'), other.startsWith('*')]
  if (!first && !second) return one === other
  if (first && second) {
    const [a, b] = [one.slice(1), other.slice(1)]
    return a.length < b.length ? b.endsWith(a) : a.endsWith(b)
  }
  return first ? other.endsWith(one.slice(1)) : one.endsWith(other.slice(1))
}

/** The wildcards that cover a name, the most specific first: `*.b.c`, `*.c`, `*` for `a.b.c`. */
export function wildcardsOver(name: string): string[] {
  const labels = name.replace(/^\*\.?/, '').split('.')
  const suffixes = labels.map((_, index) => `*.${labels.slice(index + 1).join('.')}`).slice(0, -1)
  return [...(name.startsWith('*') ? [name] : []), ...suffixes, '*']
}

export function exportToOf(object: KubernetesObject): string[] {
  return listAt(object, 'spec', 'exportTo').filter((each) => typeof each === 'string')
}

/** Nothing said means everybody: Istio's own default, which a mesh may change for new objects. */
export function isVisible(exportTo: readonly string[], owner: string, viewer: string): boolean {
  if (exportTo.length === 0 || exportTo.includes('*')) return true
  return exportTo.includes(viewer) || (exportTo.includes('.') && owner === viewer)
}

/** Oldest first, then by name, then by namespace: how Istio settles every tie (configCompareByCreationTime). */
export function byAge(a: KubernetesObject, b: KubernetesObject): number {
  return inTextOrder(ageOf(a), ageOf(b))
}

function ageOf(object: KubernetesObject): string {
  const { name, namespace = '' } = object.metadata
  return [textAt(object, 'metadata', 'creationTimestamp') ?? '', name, namespace].join('\u0000')
}
