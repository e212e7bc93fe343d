import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { labelSelectorOf, matchesLabels } from '@orbweaver/contracts/selectors'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import type { Labels } from '../../world/labels.ts'
import type { ClusterView } from '../../world/view.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { ofTemplate } from '../in-mesh.ts'
import { labelled } from './template.ts'

const left: Code = { code: 'pod.image-auto', severity: 'error', istio: 'ignores', aliases: ['IST0147'] }
const unserved: Code = { code: 'workload.image-auto', severity: 'warning', istio: 'ignores', aliases: ['IST0146'] }

/**
 * `image: auto` stands for an image that injection fills in (istio analyzers/injection/image-auto.go): a Pod that still
 * has it was not injected and cannot start; a Deployment whose Pods no webhook takes will make such Pods.
 */
export const imageAuto: Judge = {
  says: [left, unserved],
  kinds: [kinds.pod, kinds.deployment],
  where: 'every',
  judge(subject) {
    const { object, namespace, view } = subject
    if (object.kind === 'Pod') {
      const index = autoIndex(object.spec)
      return index < 0 ? [] : [found(subject, left, { pointer: `/spec/containers/${index}/image` })]
    }
    const index = autoIndex(at(object, 'spec', 'template', 'spec'))
    if (index < 0 || !view.has(kinds.mutatingWebhook)) return []
    const home = view.get(kinds.namespace, namespace)
    if (isTaken(view, home === undefined ? {} : labelsOf(home), ofTemplate(object).labels)) return []
    const way = fix(subject, { code: 'by-label' }, labelled(object, { [names.inject]: 'true' }))
    const pointer = `/spec/template/spec/containers/${index}/image`
    return [found(subject, unserved, { pointer, params: { namespace }, fixes: [way] })]
  },
}

function autoIndex(spec: unknown): number {
  const isAuto = (each: unknown) => textAt(each, 'name') === 'istio-proxy' && textAt(each, 'image') === 'auto'
  return listAt(spec, 'containers').findIndex(isAuto)
}

/** By the selectors alone, whatever the webhook is for. */
function isTaken(view: ClusterView, namespace: Labels, pod: Labels): boolean {
  const webhooks = view.list(kinds.mutatingWebhook).flatMap((each) => listAt(each, 'webhooks'))
  return webhooks
    .filter((each) => (textAt(each, 'name') ?? '').endsWith('istio.io'))
    .some((each) => fits(at(each, 'namespaceSelector'), namespace) && fits(at(each, 'objectSelector'), pod))
}

function fits(selector: unknown, labels: Labels): boolean {
  if (selector === undefined || selector === null) return true
  const requirements = labelSelectorOf(selector)
  return requirements !== undefined && matchesLabels(requirements, { ...labels })
}
