import { flagAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { documentAt } from '../../meshes/config-maps.ts'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import type { ClusterView } from '../../world/view.ts'
import { type Code, found, type Judge } from '../finding.ts'
import { relabelled, type Relabelling } from './relabelling.ts'
import { runsMesh } from './runs-mesh.ts'

const none: Code = { code: 'namespace.not-injected', severity: 'info', istio: 'accepts', aliases: ['IST0102'] }
const byDefault: Code = {
  code: 'namespace.injected-by-default',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0148'],
}
const ambient: Code = {
  code: 'namespace.sidecar-and-ambient',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0123', 'KIA1311'],
}

/** What istioctl says of a namespace's labels (istio analyzers/injection/injection.go). */
export const injectionLabels: Judge = {
  says: [none, byDefault, ambient],
  kinds: [kinds.namespace],
  where: 'every',
  judge(subject, world) {
    const { object, view } = subject
    // Named in Istio's source: the namespace of a control plane by its usual name.
    if (object.metadata.name === 'istio-system') return []
    const injection = world.injection.find((each) => each.view.cluster === subject.cluster)
    const ways = (...tried: Relabelling[]) =>
      injection === undefined ? [] : tried.flatMap((each) => relabelled(subject, injection, each)).slice(0, 1)
    const mode = labelsOf(object)[names.dataplaneMode] ?? ''
    const twice = asksTwice(labelsOf(object))
      ? [
          found(subject, ambient, {
            pointer: '/metadata/labels',
            params: { mode },
            fixes: ways({ code: 'one-label', without: [names.dataplaneMode] }),
          }),
        ]
      : []
    if (mode === 'ambient' || asksForSidecars(labelsOf(object))) return twice
    const params = { namespace: object.metadata.name }
    const outside = { code: 'stay-outside', with: { [names.injection]: 'disabled' } }
    const inside = { code: 'say-so', with: { [names.injection]: 'enabled' } }
    const isTaken = isByDefault(view)
    // What would be taken in is told all the same: a sidecar is of no use there.
    if (!isTaken && runsMesh(view, object)) return twice
    const fixes = isTaken ? ways(inside, outside) : ways(outside)
    return [...twice, found(subject, isTaken ? byDefault : none, { params, fixes })]
  },
}

/** For sidecars, and for a mode of the data plane; `istio-injection` of another value than `enabled` hides the rest. */
function asksTwice(labels: Labels): boolean {
  const injection = labels[names.injection]
  if (labels[names.dataplaneMode] === undefined) return false
  return injection === undefined ? labels[names.revision] !== undefined : injection === 'enabled'
}

/** Or says that there shall be none. */
function asksForSidecars(labels: Labels): boolean {
  return (labels[names.injection] ?? '') !== '' || labels[names.revision] !== undefined
}

/** Of the default revision's injector: a namespace without labels belongs to it. */
function isByDefault(view: ClusterView): boolean {
  const maps = view.list(kinds.configMap).filter(({ metadata }) => metadata.name === 'istio-sidecar-injector')
  return maps.some((each) => flagAt(documentAt(each, 'values'), 'sidecarInjectorWebhook', 'enableNamespacesByDefault'))
}
