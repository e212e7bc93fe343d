import { apiVersionOf } from '@orbweaver/contracts/kubernetes'
import type { Resource, Target } from './client.ts'

/** What cannot be said in a URL of this kind, or the URL. */
export type Path = { ok: true; path: string } | { ok: false; problem: string }

export function collectionPath(resource: Resource, namespace: string | undefined): Path {
  if (namespace === undefined) return { ok: true, path: `${rootOf(resource)}/${resource.plural}` }
  if (!resource.namespaced) return { ok: false, problem: `${resource.plural} have no namespace` }
  if (!isSegment(namespace)) return { ok: false, problem: 'not a namespace name' }
  return { ok: true, path: `${rootOf(resource)}/namespaces/${encodeURIComponent(namespace)}/${resource.plural}` }
}

/** Where an object is created: a namespaced one only in a namespace. */
export function parentPath(resource: Resource, namespace: string | undefined): Path {
  if (resource.namespaced && namespace === undefined)
    return { ok: false, problem: `${resource.plural} need a namespace` }
  return collectionPath(resource, namespace)
}

/** A missing name would address the whole collection, a missing namespace another URL: both are refused here. */
export function objectPath(resource: Resource, target: Target & { subresource?: string }): Path {
  if (!isSegment(target.name)) return { ok: false, problem: 'not an object name' }
  const collection = parentPath(resource, target.namespace)
  if (!collection.ok) return collection
  const subresource = target.subresource === undefined ? '' : `/${encodeURIComponent(target.subresource)}`
  return { ok: true, path: `${collection.path}/${encodeURIComponent(target.name)}${subresource}` }
}

/** Query text with a leading `?`; entries without a value are left out. */
export function queryText(entries: Record<string, string | number | boolean | undefined>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(entries)) {
    if (value !== undefined) query.set(key, String(value))
  }
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

function rootOf(resource: Resource): string {
  return resource.group === '' ? `/api/${resource.version}` : `/apis/${apiVersionOf(resource)}`
}

/** apimachinery `path.IsValidPathSegmentName`, and not empty. */
function isSegment(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/%\p{Cc}]/u.test(name)
}
