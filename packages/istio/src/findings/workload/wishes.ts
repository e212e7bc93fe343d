import { flagAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { isSystemNamespace } from '../../injection/policy.ts'
import { simulate } from '../../injection/simulate.ts'
import { type InjectionWorld, namespaceLabels } from '../../injection/world.ts'
import { step } from '../../pointer.ts'
import { names } from '../../world/names.ts'
import { templated, templateLabels } from '../carriers.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { remove, replace } from '../operations.ts'
import { podOf, templatePath } from '../../world/pod-of.ts'
import { kinds } from '../../world/kinds.ts'
import { labelled } from './template.ts'

const value: Code = { code: 'workload.inject-value', severity: 'warning', istio: 'ignores' }
const contradiction: Code = { code: 'workload.inject-contradiction', severity: 'warning', istio: 'ignores' }
const unseen: Code = { code: 'workload.annotation-unseen', severity: 'warning', istio: 'ignores' }
const out: Code = { code: 'workload.opted-out', severity: 'info', istio: 'accepts' }
const host: Code = { code: 'workload.host-network', severity: 'info', istio: 'accepts' }
const revision: Code = { code: 'workload.revision-ignored', severity: 'warning', istio: 'ignores' }

/** What templates ask of injection, beside what their namespace asks (istio pkg/kube/inject/inject.go, injectRequired). */
export const injectionWishes: Judge = {
  says: [value, contradiction, unseen, out, host, revision],
  kinds: [...templated, kinds.cronJob],
  where: 'every',
  judge(subject, world) {
    const injection = world.injection.find(({ view }) => view.cluster === subject.cluster)
    if (injection === undefined || isSystemNamespace(subject.namespace)) return []
    const wish = wishOf(subject.object)
    return [
      ...ofValue(subject, injection, wish),
      ...ofAnnotation(subject, injection, wish),
      ...ofNamespace(subject, injection, wish),
    ]
  },
}

type Wish = { label: string | undefined; annotation: string | undefined }

function wishOf(workload: KubernetesObject): Wish {
  return {
    label: templateLabels(workload)[names.inject],
    annotation: annotationsOf(podOf(workload))[names.inject],
  }
}

function within({ object }: Subject, ...rest: string[]): string {
  return [...templatePath(object), ...rest].map(step).join('')
}
const labelIn = (subject: Subject) => within(subject, 'metadata', 'labels', names.inject)
const annotationIn = (subject: Subject) => within(subject, 'metadata', 'annotations', names.inject)

/** What is neither true nor false is as if it were not there. */
function ofValue(subject: Subject, injection: InjectionWorld, { label, annotation }: Wish): Finding[] {
  const said = label ?? annotation
  if (said === undefined || said === 'true' || said === 'false') return []
  const pointer = label === undefined ? annotationIn(subject) : labelIn(subject)
  const right = meantBy(said)
  const isFree = right === 'false' ? injectorOf(subject, injection) === undefined : label !== undefined
  const way = { code: 'plain-value', params: { right: right ?? '' } }
  const fixes = right === undefined || !isFree ? [] : [fix(subject, way, [replace(pointer, right)])]
  return [found(subject, value, { pointer, params: { value: said }, fixes })]
}

function meantBy(said: string): string | undefined {
  if (['no', 'off', 'disabled', '0', 'false'].includes(said.toLowerCase())) return 'false'
  return ['yes', 'on', 'enabled', '1', 'true'].includes(said.toLowerCase()) ? 'true' : undefined
}

/** Who injects Pods of the namespace that ask for nothing. */
function injectorOf({ namespace, view }: Subject, injection: InjectionWorld) {
  const plain = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any', namespace } }
  return simulate(injection, plain, namespaceLabels(view, namespace)).by
}

/** The label counts where there are both; webhooks see labels alone. */
function ofAnnotation(subject: Subject, injection: InjectionWorld, { label, annotation }: Wish): Finding[] {
  if (annotation === undefined) return []
  const annotationAt = annotationIn(subject)
  const params = { label: label ?? '', annotation }
  if (label !== undefined && label !== annotation) {
    const way = fix(subject, { code: 'label-alone' }, [remove(annotationAt)])
    return [found(subject, contradiction, { pointer: annotationAt, params, fixes: [way] })]
  }
  if (label !== undefined || annotation !== 'true') return []
  const pod = podOf(subject.object)
  const withLabel = { ...pod, metadata: { ...pod.metadata, labels: { ...labelsOf(pod), [names.inject]: 'true' } } }
  if (simulate(injection, pod).matched.length > 0 || !simulate(injection, withLabel).injected) return []
  const way = fix(subject, { code: 'by-label' }, labelled(subject.object, { [names.inject]: 'true' }))
  return [found(subject, unseen, { pointer: annotationAt, params, fixes: [way] })]
}

function ofNamespace(subject: Subject, injection: InjectionWorld, { label, annotation }: Wish): Finding[] {
  const { object, namespace } = subject
  const by = injectorOf(subject, injection)
  if (by === undefined) return []
  const isOut = (label ?? annotation) === 'false'
  const params = { namespace, revision: by.tag ?? by.revision }
  if (flagAt(object, ...templatePath(object), 'spec', 'hostNetwork') === true) {
    const way = fix(subject, { code: 'say-so' }, labelled(object, { [names.inject]: 'false' }))
    return isOut
      ? []
      : [found(subject, host, { pointer: within(subject, 'spec', 'hostNetwork'), params, fixes: [way] })]
  }
  if (isOut)
    return [found(subject, out, { pointer: label === undefined ? annotationIn(subject) : labelIn(subject), params })]
  const asked = templateLabels(object)[names.revision]
  if (asked === undefined || asked === by.revision || asked === by.tag) return []
  const pointer = within(subject, 'metadata', 'labels', names.revision)
  const way = fix(subject, { code: 'drop-revision' }, [remove(pointer)])
  return [found(subject, revision, { pointer, params: { ...params, asked }, fixes: [way] })]
}
