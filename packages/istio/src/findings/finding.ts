import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import type { MeshWorld } from './world.ts'

/** One file a finding: what it looks for in a mesh, and all it finds. */
export type Judge = (world: MeshWorld) => Finding[]

type Parts = {
  cluster: string
  object: KubernetesObject
  code: string
  severity: Finding['severity']
  pointer?: string
  params?: Finding['params']
  evidence?: ObjectRef[]
  /** Other tools' codes for the same: istioctl analyze (IST…), Kiali (KIA…). */
  aliases?: string[]
}

export function finding(parts: Parts): Finding {
  const { cluster, object, code, severity, pointer = '', params = {}, evidence = [], aliases = [] } = parts
  return { code, severity, ref: refOf(cluster, object), pointer, params, evidence, aliases }
}
