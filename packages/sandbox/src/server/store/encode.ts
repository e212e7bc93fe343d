import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { apiVersionFor, type Served } from '../definition.ts'
import type { Entry } from './collection.ts'

/**
 * An object as JSON text without its kind and apiVersion, made once a revision: every list and every watcher shares it,
 * and any served version is the same text behind another head.
 */
function bareText(entry: Entry): string {
  entry.text ??= bare(entry.object)
  return entry.text
}

function bare(object: KubernetesObject): string {
  const { kind: _kind, apiVersion: _apiVersion, ...rest } = object
  return JSON.stringify(rest)
}

function objectText(served: Served, text: string): string {
  const { kind } = served.definition
  return `{"kind":"${kind}","apiVersion":"${apiVersionFor(served)}",${text.slice(1)}`
}

/** Items of built-in lists carry no kind of their own; custom ones do. As the real encoders do. */
export function itemText(served: Served, entry: Entry): string {
  return served.definition.builtin ? bareText(entry) : objectText(served, bareText(entry))
}

export function entryText(served: Served, entry: Entry): string {
  return objectText(served, bareText(entry))
}

/** The object itself in the version asked for. Conversion is None: only the apiVersion differs. */
export function inVersion(served: Served, object: KubernetesObject): KubernetesObject {
  const apiVersion = apiVersionFor(served)
  return object.apiVersion === apiVersion ? object : { ...object, apiVersion }
}

export function partialMetadata(object: KubernetesObject): JsonRecord {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata }
}
