import type { InjectionExplanation } from '@orbweaver/contracts/explain-access'
import type { TrailStep } from '@orbweaver/contracts/explain'
import { annotationsOf, type KubernetesObject, labelsOf, type ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import { areInjectorsKnown } from '../../findings/installation.ts'
import type { MeshWorld } from '../../findings/world.ts'
import { podState } from '../../injection/pod-state.ts'
import { type Injection, simulate } from '../../injection/simulate.ts'
import { type InjectionWorld, namespaceLabels } from '../../injection/world.ts'
import { kindKey, kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import { podsOf } from '../workloads/workload.ts'
import { changesTo, injectorsOf } from './changes.ts'
import { decidedBy } from './decided-by.ts'
import { hooksTold } from './hooks-told.ts'
import { changesToLetIn } from './let-in.ts'
import { type Refusal, refusalOf } from './refusal.ts'
import { type InjectionSubject, subjectOf } from './subject.ts'

/** Whether Pods of a namespace or workload, or one in the place of this one, get a sidecar, from whom, and what would change that. */
export function injection(world: MeshWorld, ref: ObjectRef): InjectionExplanation {
  const own = world.injection.find((each) => each.view.cluster === ref.cluster)
  const object = own?.view.get(kindKey(ref), ref.name, ref.namespace)
  if (own === undefined || object === undefined)
    return unknown(ref, { code: 'not-found', params: { kind: ref.kind, name: ref.name } })
  const subject = subjectOf(own.view, object)
  if (subject === undefined) return unknown(ref, { code: 'makes-no-pods', params: { kind: ref.kind, name: ref.name } })
  for (const kind of [kinds.mutatingWebhook, kinds.namespace]) {
    if (!own.view.has(kind)) return unknown(ref, { code: 'kind-unread', params: { kind } })
  }
  if (!areInjectorsKnown(world, own)) return unknown(ref, { code: 'injectors-unseen', params: {} })
  return explained(world, own, { ref, object, subject })
}

type Asked = { ref: ObjectRef; object: KubernetesObject; subject: InjectionSubject }

function explained(world: MeshWorld, own: InjectionWorld, { ref, object, subject }: Asked): InjectionExplanation {
  const { pod, namespace } = subject
  const labels = namespaceLabels(own.view, namespace)
  const found = simulate(own, pod, labels)
  const injectors = injectorsOf(own, pod, labels)
  const refusal = refusalOf(world, { own, subject, found })
  if (refusal !== undefined) return refused(world, { own, ref, object, subject, found, refusal })
  const outcome = injectors.length > 1 ? 'injected-twice' : found.injected ? 'injected' : 'not-injected'
  const views = own.view.cluster === world.config.cluster ? [own.view] : [own.view, world.config]
  const state = stateOf(world, own, { ref, object, subject })
  return {
    ref,
    outcome,
    by: found.by === undefined ? null : { ...found.by, tag: found.by.tag },
    decidedBy: decidedBy({ views, view: own.view, subject }, found),
    hooks: hooksTold(own.hooks, labels, labelsOf(pod)),
    trail: [...found.trail.map(stepOf), ...remarks(own, subject, injectors)],
    ...(state !== undefined && { state }),
    changes: outcome === 'injected' ? changesTo('none', own, subject) : changesTo('one', own, subject),
  }
}

type Refused = Asked & { own: InjectionWorld; found: Injection; refusal: Refusal }

/** No Pod is made at all. */
function refused(world: MeshWorld, { own, found, refusal, ...asked }: Refused): InjectionExplanation {
  const { ref, subject } = asked
  const state = stateOf(world, own, asked)
  return {
    ref,
    outcome: 'refused',
    by: null,
    decidedBy: refusal.place,
    hooks: hooksTold(own.hooks, namespaceLabels(own.view, subject.namespace), labelsOf(subject.pod)),
    trail: [...found.trail.map(stepOf), refusal.step],
    ...(state !== undefined && { state }),
    changes: changesToLetIn(world, { own, subject, refusal }),
  }
}

function stepOf({ code, params }: Message): TrailStep {
  return { code, params }
}

/** What does not decide, and should be known. */
function remarks(own: InjectionWorld, { namespace, pod }: InjectionSubject, injectors: readonly string[]): TrailStep[] {
  const labels = namespaceLabels(own.view, namespace)
  const both = labels[names.injection] !== undefined && labels[names.revision] !== undefined
  const byAnnotation = labelsOf(pod)[names.inject] === undefined && annotationsOf(pod)[names.inject] !== undefined
  const ambient = (labelsOf(pod)[names.dataplaneMode] ?? labels[names.dataplaneMode]) === 'ambient'
  return [
    ...(injectors.length > 1 ? [{ code: 'injected-twice', params: { revisions: injectors.join(', ') } }] : []),
    ...(both ? [{ code: 'both-labels', params: { namespace } }] : []),
    ...(byAnnotation ? [{ code: 'by-annotation', params: {} }] : []),
    ...(ambient && injectors.length === 0 ? [{ code: 'in-ambient', params: {} }] : []),
    ...(ambient && injectors.length > 0 ? [{ code: 'sidecar-before-ambient', params: {} }] : []),
  ]
}

/** What a Pod that is there has against what it would get: of a workload the first that has to be renewed. */
function stateOf(world: MeshWorld, own: InjectionWorld, { ref, object }: Asked): InjectionExplanation['state'] {
  const pods = ref.kind === 'Pod' ? (object.status === undefined ? [] : [object]) : podsOf(world, ref)
  const states = pods.map((pod) => podState(own, pod))
  const told = states.find(({ pendingRestart }) => pendingRestart) ?? states[0]
  return told && { code: told.code, params: told.why.params, pendingRestart: told.pendingRestart }
}

function unknown(ref: ObjectRef, why: Message): InjectionExplanation {
  return { ref, outcome: 'unknown', by: null, decidedBy: null, hooks: [], trail: [why], changes: [] }
}
