import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

export type MeshOptions = {
  displayName?: string
  cluster: string
  settings?: JsonRecord
} & (
  | { kind: 'Dedicated'; version: string }
  | { kind: 'Managed'; version: string; members: string[] }
  | { kind: 'External'; revision: string }
)

/** A Mesh as a person makes it in the console. */
export function meshObject(name: string, options: MeshOptions): KubernetesObject {
  const { kind, displayName = name, cluster, settings = {} } = options
  const controlPlane: JsonRecord = { cluster, namespace: 'istio-system' }
  const spec: JsonRecord = { kind, displayName, controlPlane, settings }
  if (options.kind === 'External') controlPlane.revision = options.revision
  else spec.version = options.version
  if (options.kind === 'Managed') spec.members = options.members.map((each) => ({ cluster: each }))
  return { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', metadata: { name }, spec }
}
