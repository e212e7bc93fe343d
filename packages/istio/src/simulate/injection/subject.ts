import { at, isRecord, type JsonRecord } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { ownerOf } from '../../injection/owners.ts'
import { type KindKey, kindOf, kinds } from '../../world/kinds.ts'
import type { ClusterView } from '../../world/view.ts'
import { namespaceOf } from '../../world/namespace-of.ts'

/** Whose injection is asked about: the Pod as the API server would be asked for it, and where its labels are written. */
export type InjectionSubject = {
  readonly namespace: string
  readonly pod: KubernetesObject
  /** What to write to for other Pods to be made: a workload's template, or a Pod that nothing makes. */
  readonly source: { readonly object: KubernetesObject; readonly ref: ObjectRef; readonly pointer: string } | undefined
}

const templates: Readonly<Record<KindKey, readonly string[] | undefined>> = {
  [kinds.deployment]: ['spec', 'template'],
  [kinds.statefulSet]: ['spec', 'template'],
  [kinds.daemonSet]: ['spec', 'template'],
  [kinds.replicaSet]: ['spec', 'template'],
  [kinds.job]: ['spec', 'template'],
  [kinds.cronJob]: ['spec', 'jobTemplate', 'spec', 'template'],
}

/** Undefined for what makes no Pods. */
export function subjectOf(view: ClusterView, object: KubernetesObject): InjectionSubject | undefined {
  const kind = kindOf(object)
  if (kind === kinds.namespace) return ofNamespace(object.metadata.name)
  const namespace = namespaceOf(object)
  if (kind === kinds.pod) return { namespace, pod: object, source: sourceOf(view, object) }
  const path = templates[kind]
  const template = path === undefined ? undefined : at(object, ...path)
  if (path === undefined || !isRecord(template)) return undefined
  return {
    namespace,
    pod: podOf(template, namespace),
    source: { object, ref: refOf(view.cluster, object), pointer: `/${path.join('/')}` },
  }
}

function ofNamespace(namespace: string): InjectionSubject {
  const metadata = { name: 'any', namespace }
  return { namespace, pod: { apiVersion: 'v1', kind: 'Pod', metadata, spec: {} }, source: undefined }
}

function sourceOf(view: ClusterView, pod: KubernetesObject): InjectionSubject['source'] {
  const { object, ref } = ownerOf(view, pod)
  if (object === undefined) return undefined
  const path = templates[kindOf(object)]
  return { object, ref, pointer: path === undefined ? '' : `/${path.join('/')}` }
}

function podOf(template: JsonRecord, namespace: string): KubernetesObject {
  const { metadata } = template
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...(isRecord(metadata) ? withTexts(metadata) : {}), name: 'new', namespace },
    spec: template.spec ?? {},
  }
}

/** Labels and annotations that are texts: of others nothing is said. */
function withTexts(metadata: JsonRecord): { labels: Record<string, string>; annotations: Record<string, string> } {
  const texts = (value: unknown) =>
    Object.fromEntries(
      Object.entries(isRecord(value) ? value : {}).flatMap(([key, each]): [string, string][] =>
        typeof each === 'string' ? [[key, each]] : [],
      ),
    )
  return { labels: texts(metadata.labels), annotations: texts(metadata.annotations) }
}
