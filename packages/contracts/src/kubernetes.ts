import { z } from 'zod'
import { isJson, isRecord, type Json, stringsAt, textAt } from './json.ts'
import { SegmentName } from './names.ts'

/** Any Kubernetes object as plain data. Fields beyond metadata are read through json.ts. */
export type KubernetesObject = {
  apiVersion: string
  kind: string
  metadata: ObjectMeta
  [field: string]: Json | undefined
}

export type ObjectMeta = {
  name: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  creationTimestamp?: string
  deletionTimestamp?: string
  labels?: { [key: string]: string }
  annotations?: { [key: string]: string }
  [field: string]: Json | undefined
}

export function isKubernetesObject(value: unknown): value is KubernetesObject {
  return (
    isRecord(value) &&
    typeof value.apiVersion === 'string' &&
    typeof value.kind === 'string' &&
    isRecord(value.metadata) &&
    typeof value.metadata.name === 'string'
  )
}

export const KubernetesObject = z.custom<KubernetesObject>(
  (value) => isKubernetesObject(value) && isJson(value),
  'not a Kubernetes object',
)

/** Where an object is: never without its cluster, so that two clusters' objects cannot be mixed up. */
export const ObjectRef = z.object({
  cluster: z.string().min(1).max(253),
  group: z.string().max(253),
  version: z.string().min(1).max(63),
  kind: z.string().min(1).max(63),
  namespace: SegmentName.max(63).optional(),
  name: SegmentName,
})
export type ObjectRef = z.infer<typeof ObjectRef>

/** Group and version of an apiVersion: `v1` is the core group, written as the empty string. */
export function splitApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/')
  if (slash < 0) return { group: '', version: apiVersion }
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) }
}

export function apiVersionOf(of: { group: string; version: string }): string {
  return of.group === '' ? of.version : `${of.group}/${of.version}`
}

export function refOf(cluster: string, object: KubernetesObject): ObjectRef {
  const { namespace, name } = object.metadata
  const { group, version } = splitApiVersion(object.apiVersion)
  const { kind } = object
  return namespace === undefined
    ? { cluster, group, version, kind, name }
    : { cluster, group, version, kind, name, namespace }
}

/** One text per reference, for keys of maps. The version is left out: it names the same object. */
export function refKey(ref: ObjectRef): string {
  return [ref.cluster, ref.group, ref.kind, ref.namespace ?? '', ref.name].join('/')
}

export function labelsOf(object: KubernetesObject): Record<string, string> {
  return stringsAt(object, 'metadata', 'labels')
}

export function annotationsOf(object: KubernetesObject): Record<string, string> {
  return stringsAt(object, 'metadata', 'annotations')
}

/** Type and status of one condition in `status.conditions`. */
export function conditionOf(object: KubernetesObject, type: string): Condition | undefined {
  const conditions = isRecord(object.status) ? object.status.conditions : undefined
  if (!Array.isArray(conditions)) return undefined
  const found = conditions.find((each) => textAt(each, 'type') === type)
  if (found === undefined) return undefined
  return {
    type,
    status: textAt(found, 'status') ?? 'Unknown',
    reason: textAt(found, 'reason') ?? '',
    message: textAt(found, 'message') ?? '',
    since: textAt(found, 'lastTransitionTime'),
  }
}
export type Condition = { type: string; status: string; reason: string; message: string; since: string | undefined }

/** Name and, where there is one, namespace: what a call to an API server needs beside the kind. */
export function targetOf(of: { name: string; namespace?: string | undefined }): { name: string; namespace?: string } {
  return of.namespace === undefined ? { name: of.name } : { namespace: of.namespace, name: of.name }
}
