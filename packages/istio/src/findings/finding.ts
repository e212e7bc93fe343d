import type { Json } from '@orbweaver/contracts/json'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import { refKey, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import type { KindKey } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import type { MeshWorld } from './world.ts'

/** What can be found: a slug whose first word is the kind, how bad it is, and what Istio does with such an object. */
export type Code = {
  readonly code: string
  /** By effect. One object's finding may be milder: then its judge says so. */
  readonly severity: Finding['severity']
  readonly istio: 'rejects' | 'ignores' | 'accepts'
  /** Other tools' codes for the same: istioctl analyze (IST…), Kiali (KIA…). */
  readonly aliases?: readonly string[]
  /** A page of istio.io, below https://istio.io/latest/docs/; without it the page of the first IST alias. */
  readonly docs?: string
}

/** One object that is judged, and where it is. */
export type Subject = {
  cluster: string
  object: KubernetesObject
  /** Empty for what has none. */
  namespace: string
  view: ClusterView
}

/** One file a finding: whose objects it looks at, and what it says of one of them in its world. */
export type Judge = {
  readonly says: readonly Code[]
  readonly kinds: readonly KindKey[]
  /** Rules are judged in the cluster that istiod reads them from; `every` for what each cluster has of its own. */
  readonly where?: 'every'
  judge(subject: Subject, world: MeshWorld): readonly Finding[]
}

type Parts = {
  pointer?: string
  params?: Finding['params']
  evidence?: readonly ObjectRef[]
  fixes?: readonly Fix[]
  severity?: Finding['severity']
}

/** The finding of a code about a subject; each object that it rests on is named once. */
export function found(subject: Pick<Subject, 'cluster' | 'object'>, code: Code, parts: Parts = {}): Finding {
  const { pointer = '', params = {}, evidence = [], fixes = [], severity = code.severity } = parts
  return {
    code: code.code,
    severity,
    ref: refOf(subject.cluster, subject.object),
    pointer,
    params,
    evidence: [...new Map(evidence.map((each) => [refKey(each), each])).values()],
    aliases: [...(code.aliases ?? [])],
    fixes: [...fixes],
  }
}

type Operation = Fix['patches'][number]['operations'][number]

/** What a way out is called, and what its sentence needs. */
type Way = { code: string; params?: Fix['params'] }

/** A way out by changing the subject itself: operations of RFC 6902. */
export function fix(
  subject: Pick<Subject, 'cluster' | 'object'>,
  { code, params = {} }: Way,
  operations: readonly Operation[],
): Fix {
  return { code, params, patches: [{ ref: refOf(subject.cluster, subject.object), operations: [...operations] }] }
}

/** A way out by a new object in a cluster. */
export function fixByCreating(cluster: string, { code, params = {} }: Way, object: KubernetesObject): Fix {
  const value: Json = object
  return { code, params, patches: [{ ref: refOf(cluster, object), operations: [{ op: 'add', path: '', value }] }] }
}
