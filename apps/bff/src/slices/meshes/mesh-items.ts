import { MeshSpec } from '@orbweaver/contracts/fleet-objects'
import { isRecord, type Json, type JsonRecord, plainRecord, sameJson } from '@orbweaver/contracts/json'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import { meshes as meshResource } from '@orbweaver/kube/resources'
import type { DraftItem } from '../../changes/draft.ts'

export function meshRef(hub: string, name: string): ObjectRef {
  return { cluster: hub, group: meshResource.group, version: meshResource.version, kind: meshResource.kind, name }
}

export function meshUpdate(hub: string, name: string, edit: (live: KubernetesObject) => KubernetesObject): DraftItem {
  return { ref: meshRef(hub, name), resource: meshResource, by: 'person', op: 'update', how: 'replace', edit }
}

/** The record with another spec, made from the one it has. */
export function withSpec(live: KubernetesObject, change: (spec: JsonRecord) => object): KubernetesObject {
  return { ...live, spec: plainRecord(change(plainRecord(isRecord(live.spec) ? live.spec : {}))) }
}

export function withMembers(live: KubernetesObject, change: (members: unknown[]) => unknown[]): KubernetesObject {
  return withSpec(live, (spec) => ({ ...spec, members: change(Array.isArray(spec.members) ? spec.members : []) }))
}

/**
 * A whole spec that was sent, in the words of the record: the contract fills in what a record made by hand leaves out
 * (empty lists and maps, defaults), and filling in changes nothing.
 */
export function asWritten(sent: JsonRecord, said: JsonRecord): JsonRecord {
  const read = MeshSpec.safeParse(said)
  if (!read.success) return sent
  const written = inWordsOf(sent, { read: plainRecord(read.data), said })
  return isRecord(written) ? written : sent
}

function inWordsOf(
  sent: Json | undefined,
  { read, said }: Record<'read' | 'said', Json | undefined>,
): Json | undefined {
  if (sent !== undefined && read !== undefined && sameJson(sent, read)) return said
  if (!isRecord(sent) || !isRecord(read) || !isRecord(said)) return sent
  const out: JsonRecord = {}
  for (const key of Object.keys(sent)) {
    const value = inWordsOf(sent[key], { read: read[key], said: said[key] })
    if (value !== undefined) out[key] = value
  }
  return out
}
