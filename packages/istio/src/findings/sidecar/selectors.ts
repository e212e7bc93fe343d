import { stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { hasLabels, type Labels } from '../../world/labels.ts'
import { names } from '../../world/names.ts'
import { areToCome } from '../carriers.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { isAmbient } from '../in-mesh.ts'
import { namesOf } from '../names-of.ts'
import { byOtherLabel } from '../other-label.ts'
import { allPodsWith, spell } from '../pods.ts'
import type { MeshWorld } from '../world.ts'

const nobody: Code = {
  code: 'sidecar.selector-empty',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['IST0101', 'KIA0004'],
}
const twice: Code = {
  code: 'sidecar.selectors-overlap',
  severity: 'error',
  istio: 'ignores',
  aliases: ['IST0110', 'KIA0003'],
}
const several: Code = {
  code: 'sidecar.several-defaults',
  severity: 'error',
  istio: 'ignores',
  aliases: ['IST0111', 'KIA0002'],
}
const ambient: Code = {
  code: 'sidecar.ambient',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['IST0167'],
}

/** For a Pod Istio takes one Sidecar: the oldest that selects it, else the namespace's oldest without a selector. */
export const selectors: Judge = {
  says: [nobody, twice, several, ambient],
  kinds: [kinds.sidecar],
  judge(subject, world) {
    const selector = selectorOf(subject.object)
    return Object.keys(selector).length === 0 ? judgeDefault(subject, world) : judgeSelector(subject, world, selector)
  },
}

function judgeSelector(subject: Subject, world: MeshWorld, selector: Labels) {
  if (!world.complete(kinds.pod)) return []
  const { object, namespace } = subject
  const pods = allPodsWith(world, selector).filter(({ pod }) => pod.metadata.namespace === namespace)
  const pointer = '/spec/workloadSelector/labels'
  const params = { selector: spell(selector), namespace }
  if (pods.length === 0) {
    const fixes = byOtherLabel(subject, world, { selector, pointer })
    const isSoon = world.clusters.some((view) => areToCome(view, namespace, selector))
    return [found(subject, nobody, { pointer, params, fixes, severity: isSoon ? 'info' : nobody.severity })]
  }
  const rivals = selecting(world, namespace).filter((each) => each !== object)
  const shared = pods.flatMap(({ cluster, pod }) => {
    if (isAmbient(pod)) return []
    const others = rivals.filter((each) => hasLabels(pod, selectorOf(each)))
    return others.length === 0 ? [] : [{ cluster, pod, others }]
  })
  const around = pods.find(({ pod }) => isAmbient(pod))
  const [first] = shared
  const evidence = first?.others.map((each) => refOf(subject.cluster, each)) ?? []
  const clash = first && { ...params, pod: first.pod.metadata.name, others: namesOf(first.others) }
  return [
    ...(clash === undefined
      ? []
      : [
          found(subject, twice, {
            pointer,
            params: clash,
            evidence,
            severity: severityOf(object, first?.others ?? []),
          }),
        ]),
    ...(around === undefined
      ? []
      : [found(subject, ambient, { pointer, params, evidence: [refOf(around.cluster, around.pod)] })]),
  ]
}

function judgeDefault(subject: Subject, world: MeshWorld) {
  const { object, namespace } = subject
  const home = subject.view.get(kinds.namespace, namespace)
  const params = { namespace, selector: '' }
  if (home !== undefined && isAmbientNamespace(home)) return [found(subject, ambient, { params })]
  const others = world.config
    .list(kinds.sidecar, namespace)
    .filter((each) => each !== object && Object.keys(selectorOf(each)).length === 0)
  if (others.length === 0) return []
  const evidence = others.map((each) => refOf(subject.cluster, each))
  const severity = severityOf(object, others)
  return [found(subject, several, { params: { namespace, others: namesOf(others) }, evidence, severity })]
}

/** The oldest is taken: it is not the one without effect. */
function severityOf(object: KubernetesObject, others: readonly KubernetesObject[]) {
  return others.every((each) => byAge(object, each) < 0) ? 'warning' : 'error'
}

function selecting(world: MeshWorld, namespace: string): KubernetesObject[] {
  return world.config.list(kinds.sidecar, namespace).filter((each) => Object.keys(selectorOf(each)).length > 0)
}

function selectorOf(object: KubernetesObject): Labels {
  return stringsAt(object, 'spec', 'workloadSelector', 'labels')
}

/** A label of injection wins (istio analyzers/util/in_mesh.go, NamespaceInAmbientMode). */
function isAmbientNamespace(namespace: KubernetesObject): boolean {
  const labels = labelsOf(namespace)
  if (labels[names.injection] === 'enabled' || (labels[names.revision] ?? '') !== '') return false
  return labels[names.dataplaneMode] === 'ambient'
}
