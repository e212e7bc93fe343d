import type { Place } from '@orbweaver/contracts/explain'
import { at } from '@orbweaver/contracts/json'
import { annotationsOf, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import type { Injection } from '../../injection/simulate.ts'
import { step } from '../../pointer.ts'
import { kinds } from '../../world/kinds.ts'
import { names } from '../../world/names.ts'
import type { ClusterView } from '../../world/view.ts'
import type { InjectionSubject } from './subject.ts'

type Known = { views: readonly ClusterView[]; view: ClusterView; subject: InjectionSubject }

/** What decides, where it is something that is written down. */
export function decidedBy(known: Known, { trail, by, matched }: Injection): Place | null {
  const code = trail.findLast((each) => each.code !== 'invalid-inject-value')?.code ?? ''
  const place = byCode[code]
  if (place !== undefined) return place(known)
  if (!ofInjector.includes(code)) return null
  const asked = code === 'policy-enabled' ? wish(known) : null
  const [first] = matched
  return asked ?? injectorMap(known, (by ?? first)?.revision ?? 'default')
}

/** What the control plane's own configuration decides. */
const ofInjector = [
  'never-inject-selector',
  'always-inject-selector',
  'policy-enabled',
  'policy-disabled',
  'policy-illegal',
]

const byCode: Readonly<Record<string, ((known: Known) => Place | null) | undefined>> = {
  'namespace-disabled': (known) => namespaceLabel(known, names.injection),
  'namespace-blocked': (known) => namespaceLabel(known, names.injection),
  'revision-unserved': (known) => namespaceLabel(known, names.revision),
  'pod-revision-unserved': (known) => podField(known, 'labels', names.revision),
  'default-unserved': (known) => namespaceLabel(known, names.injection) ?? podField(known, 'labels', names.inject),
  'pod-opted-in': ownWish,
  'pod-opted-out': ownWish,
  'host-network': ({ subject }) => inSource(subject, '/spec/hostNetwork'),
  'system-namespace': ({ view, subject }) => {
    const object = view.get(kinds.namespace, subject.namespace)
    return object === undefined ? null : { ref: refOf(view.cluster, object), pointer: '' }
  },
}

/** The label decides before the annotation. */
function ownWish(known: Known): Place | null {
  return podField(known, 'labels', names.inject) ?? podField(known, 'annotations', names.inject)
}

/** Why a webhook asks about the Pod at all: the namespace's label, else the Pod's own. */
function wish(known: Known): Place | null {
  return (
    namespaceLabel(known, names.injection) ??
    namespaceLabel(known, names.revision) ??
    podField(known, 'labels', names.revision) ??
    podField(known, 'labels', names.inject)
  )
}

function namespaceLabel({ view, subject }: Known, label: string): Place | null {
  const object = view.get(kinds.namespace, subject.namespace)
  if (object === undefined || labelsOf(object)[label] === undefined) return null
  return { ref: refOf(view.cluster, object), pointer: `/metadata/labels${step(label)}` }
}

export function podField(
  { subject }: Pick<Known, 'subject'>,
  field: 'labels' | 'annotations',
  name: string,
): Place | null {
  const said = field === 'labels' ? labelsOf(subject.pod) : annotationsOf(subject.pod)
  return said[name] === undefined ? null : inSource(subject, `/metadata/${field}${step(name)}`)
}

function inSource({ source }: InjectionSubject, pointer: string): Place | null {
  if (source === undefined) return null
  const whole = source.pointer + pointer
  const path = whole
    .split('/')
    .slice(1)
    .map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'))
  return at(source.object, ...path) === undefined ? null : { ref: source.ref, pointer: whole }
}

/** The configuration that a revision's injector reads. */
function injectorMap({ views }: Known, revision: string): Place | null {
  for (const view of views) {
    const map = view
      .list(kinds.configMap)
      .find(
        (each) =>
          each.metadata.name.startsWith('istio-sidecar-injector') &&
          (labelsOf(each)[names.revision] ?? 'default') === revision,
      )
    if (map !== undefined) return { ref: refOf(view.cluster, map), pointer: '/data/values' }
  }
  return null
}
