import { isRecord, type JsonRecord, plainRecord } from '@orbweaver/contracts/json'
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
