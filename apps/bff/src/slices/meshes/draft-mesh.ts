import type { MeshSpec } from '@orbweaver/contracts/fleet-objects'
import { plainRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'

/** The Mesh object that a form's values make. */
export function meshObject(name: string, spec: MeshSpec): KubernetesObject {
  return { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', metadata: { name }, spec: plainRecord(spec) }
}

/** The same as packages/istio reads it, or what is missing. */
export function draftMesh(name: string, spec: MeshSpec): { mesh: Mesh } | { reasons: Message[] } {
  const read = readMesh(meshObject(name, spec))
  if (isMesh(read)) return { mesh: read }
  return { reasons: read.problems.map((each) => ({ code: `meshes.${each.code}`, params: each.params })) }
}
