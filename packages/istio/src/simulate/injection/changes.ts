import { at, isRecord } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { Params } from '@orbweaver/contracts/message'
import type { Fix } from '@orbweaver/contracts/plan'
import { simulate } from '../../injection/simulate.ts'
import { type InjectionWorld, namespaceLabels } from '../../injection/world.ts'
import { step } from '../../pointer.ts'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import type { InjectionSubject } from './subject.ts'

type Operation = Fix['patches'][number]['operations'][number]

/** One thing that could be changed: what the namespace or the Pod would say then. */
export type Way = { code: string; params: Params; fix: Fix; labels: Labels; pod: KubernetesObject }

/** The revisions that inject a Pod. */
export function injectorsOf(world: InjectionWorld, pod: KubernetesObject, labels: Labels): string[] {
  return [...new Set(simulate(world, pod, labels).injecting.map(({ revision }) => revision))]
}

/** Changes that lead to the wanted number of injectors, as the simulator says of what would be then. */
export function changesTo(wanted: 'one' | 'none', world: InjectionWorld, subject: InjectionSubject): Fix[] {
  const count = wanted === 'one' ? 1 : 0
  const ways = wanted === 'one' ? [...namespaceOn(world, subject), ...podOn(world, subject)] : waysOff(world, subject)
  return ways.filter(({ pod, labels }) => injectorsOf(world, pod, labels).length === count).map(({ fix }) => fix)
}

/** Exactly one of the two labels: the default where it is served, else each revision or tag that is. */
function namespaceOn(world: InjectionWorld, subject: InjectionSubject): Way[] {
  const served = [...new Set(world.hooks.map(({ tag, revision }) => tag ?? revision))].toSorted()
  const enabled = namespaceWay(world, subject, { code: 'enable-namespace', label: names.injection, value: 'enabled' })
  const byRevision = served.flatMap((value) =>
    namespaceWay(world, subject, { code: 'revision-of-namespace', label: names.revision, value }),
  )
  return [...enabled, ...byRevision]
}

function namespaceOff(world: InjectionWorld, subject: InjectionSubject): Way[] {
  return namespaceWay(world, subject, { code: 'disable-namespace', label: names.injection, value: 'disabled' })
}

type Label = { code: string; label: string; value: string }

function namespaceWay(
  { view }: InjectionWorld,
  { namespace, pod }: InjectionSubject,
  { code, label, value }: Label,
): Way[] {
  const object = view.get(kinds.namespace, namespace)
  if (object === undefined) return []
  const other = label === names.injection ? names.revision : names.injection
  const { [other]: gone, ...rest } = namespaceLabels(view, namespace)
  const operations: Operation[] = [
    ...(gone === undefined ? [] : [{ op: 'remove', path: `/metadata/labels${step(other)}` } satisfies Operation]),
    ...labelling({ object, pointer: '' }, label, value),
  ]
  const params = { namespace, label, value }
  const fix = { code, params, patches: [{ ref: refOf(view.cluster, object), operations }] }
  return [{ code, params, fix, labels: { ...rest, [label]: value }, pod }]
}

function podOn(world: InjectionWorld, subject: InjectionSubject): Way[] {
  const revisions = [...new Set(world.hooks.map(({ tag, revision }) => tag ?? revision))].toSorted()
  return [
    ...withoutHostNetwork(world, subject),
    ...withoutAnnotation(world, subject),
    ...podWay(world, subject, { code: 'opt-in', label: names.inject, value: 'true' }),
    ...revisions.flatMap((value) => podWay(world, subject, { code: 'revision-of-pod', label: names.revision, value })),
  ]
}

function podOff(world: InjectionWorld, subject: InjectionSubject): Way[] {
  return podWay(world, subject, { code: 'opt-out', label: names.inject, value: 'false' })
}

function podWay(
  world: InjectionWorld,
  { namespace, pod, source }: InjectionSubject,
  { code, label, value }: Label,
): Way[] {
  if (source === undefined) return []
  const params = { name: source.ref.name, label, value }
  const operations = labelling(source, label, value)
  const after = { ...pod, metadata: { ...pod.metadata, labels: { ...labelsOf(pod), [label]: value } } }
  const fix = { code, params, patches: [{ ref: source.ref, operations }] }
  return [{ code, params, fix, labels: namespaceLabels(world.view, namespace), pod: after }]
}

/** The annotation of old says no, and there is no label that would go before it. */
function withoutAnnotation(world: InjectionWorld, subject: InjectionSubject): Way[] {
  return annotationWay(world, subject, { code: 'drop-annotation', name: names.inject })
}

/** An annotation of the Pods with another value, or without one; none where they have no such annotation. */
export function annotationWay(
  world: InjectionWorld,
  { namespace, pod, source }: InjectionSubject,
  { code, name: annotation, value }: { code: string; name: string; value?: string | undefined },
): Way[] {
  const { [annotation]: said, ...rest } = annotationsOf(pod)
  if (source === undefined || said === undefined) return []
  const path = `${source.pointer}/metadata/annotations${step(annotation)}`
  const params = { name: source.ref.name, annotation, ...(value !== undefined && { value }) }
  const operation: Operation = value === undefined ? { op: 'remove', path } : { op: 'replace', path, value }
  const fix: Fix = { code, params, patches: [{ ref: source.ref, operations: [operation] }] }
  const annotations = value === undefined ? rest : { ...rest, [annotation]: value }
  const after = { ...pod, metadata: { ...pod.metadata, annotations } }
  return [{ code, params, fix, labels: namespaceLabels(world.view, namespace), pod: after }]
}

/** Ways by which nobody injects. */
export function waysOff(world: InjectionWorld, subject: InjectionSubject): Way[] {
  return [...namespaceOff(world, subject), ...podOff(world, subject)]
}

function withoutHostNetwork(world: InjectionWorld, { namespace, pod, source }: InjectionSubject): Way[] {
  if (source === undefined || at(pod, 'spec', 'hostNetwork') !== true || !isRecord(pod.spec)) return []
  const { hostNetwork: _gone, ...spec } = pod.spec
  const params = { name: source.ref.name }
  const path = `${source.pointer}/spec/hostNetwork`
  const fix: Fix = {
    code: 'drop-host-network',
    params,
    patches: [{ ref: source.ref, operations: [{ op: 'remove', path }] }],
  }
  return [{ code: fix.code, params, fix, labels: namespaceLabels(world.view, namespace), pod: { ...pod, spec } }]
}

type Spot = { object: KubernetesObject; pointer: string }

/** A label at a place whose `metadata` or `labels` may not be there yet. */
function labelling({ object, pointer }: Spot, label: string, value: string): Operation[] {
  const path = pointer.split('/').slice(1)
  const metadata = `${pointer}/metadata`
  if (isRecord(at(object, ...path, 'metadata', 'labels')))
    return [{ op: 'add', path: `${metadata}/labels${step(label)}`, value }]
  if (isRecord(at(object, ...path, 'metadata')))
    return [{ op: 'add', path: `${metadata}/labels`, value: { [label]: value } }]
  return [{ op: 'add', path: metadata, value: { labels: { [label]: value } } }]
}
