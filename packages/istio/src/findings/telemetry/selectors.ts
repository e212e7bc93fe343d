import { at, stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { hasLabels, type Labels } from '../../world/labels.ts'
import { areToCome } from '../carriers.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { namesOf } from '../names-of.ts'
import { byOtherLabel } from '../other-label.ts'
import { allPodsWith, spell } from '../pods.ts'
import type { MeshWorld } from '../world.ts'

const nobody: Code = {
  code: 'telemetry.selector-empty',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['IST0101', 'KIA0004'],
}
const twice: Code = {
  code: 'telemetry.selectors-overlap',
  severity: 'error',
  istio: 'ignores',
  aliases: ['IST0159', 'KIA0003'],
}
const several: Code = {
  code: 'telemetry.several-defaults',
  severity: 'error',
  istio: 'ignores',
  aliases: ['IST0160', 'KIA0002'],
}

/** For a workload Istio takes one Telemetry that selects it, and one of its namespace: the oldest of each. */
export const selectors: Judge = {
  says: [nobody, twice, several],
  kinds: [kinds.telemetry],
  judge(subject, world) {
    // A selector without labels is one all the same: such an object is no default.
    if (at(subject.object, 'spec', 'selector') === undefined) return judgeDefault(subject, world)
    const selector = selectorOf(subject.object)
    return Object.keys(selector).length === 0 ? [] : judgeSelector(subject, world, selector)
  },
}

function judgeSelector(subject: Subject, world: MeshWorld, selector: Labels) {
  if (!world.complete(kinds.pod)) return []
  const { object, namespace } = subject
  const pods = allPodsWith(world, selector).filter(({ pod }) => pod.metadata.namespace === namespace)
  const pointer = '/spec/selector/matchLabels'
  const params = { selector: spell(selector), namespace }
  if (pods.length === 0) {
    const fixes = byOtherLabel(subject, world, { selector, pointer })
    const isSoon = world.clusters.some((view) => areToCome(view, namespace, selector))
    return [found(subject, nobody, { pointer, params, fixes, severity: isSoon ? 'info' : nobody.severity })]
  }
  const rivals = world.config
    .list(kinds.telemetry, namespace)
    .filter((each) => each !== object && Object.keys(selectorOf(each)).length > 0)
  for (const { pod } of pods) {
    const others = rivals.filter((each) => hasLabels(pod, selectorOf(each)))
    if (others.length === 0) continue
    const clash = { ...params, pod: pod.metadata.name, others: namesOf(others) }
    const evidence = others.map((each) => refOf(subject.cluster, each))
    return [found(subject, twice, { pointer, params: clash, evidence })]
  }
  return []
}

function judgeDefault(subject: Subject, world: MeshWorld) {
  const { object, namespace } = subject
  const others = world.config
    .list(kinds.telemetry, namespace)
    .filter((each) => each !== object && at(each, 'spec', 'selector') === undefined)
  if (others.length === 0) return []
  const evidence = others.map((each) => refOf(subject.cluster, each))
  return [found(subject, several, { params: { namespace, others: namesOf(others) }, evidence })]
}

function selectorOf(object: KubernetesObject): Labels {
  return stringsAt(object, 'spec', 'selector', 'matchLabels')
}
