import { at, stringsAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { nearestWord } from '../../values/nearest.ts'
import { kinds } from '../../world/kinds.ts'
import { hasLabels, type Labels } from '../../world/labels.ts'
import { carriersOf } from '../carriers.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { isNowhere } from '../exports.ts'
import { isAmbient, isInMesh, ofPod, willBeInMesh } from '../in-mesh.ts'
import { replace } from '../operations.ts'
import { allPodsWith, type LivePod, spell } from '../pods.ts'
import type { MeshWorld } from '../world.ts'
import { namedBy, targetsOf } from './policy-rules.ts'

const nobody: Code = {
  code: 'authorizationpolicy.no-workload',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0127', 'KIA0004'],
}
/** Kiali says it of policies that select. */
const nothing: Code = {
  code: 'authorizationpolicy.nothing-in-mesh',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0127'],
}
/** istioctl looks for Pods with a sidecar alone, which others may not see to be missing. */
const unseen: Code = {
  code: 'authorizationpolicy.workload-unseen',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0127'],
}
const stranger: Code = {
  code: 'authorizationpolicy.namespace-not-found',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0101', 'KIA0101'],
}

/** istioctl looks at sources, and not at conditions that mean the same. */
const strangerInCondition: Code = { ...stranger, aliases: [] }

/** Policies over no workload, and sources in namespaces that are not there (istio analyzers/authz). */
export const authorized: Judge = {
  says: [nobody, nothing, unseen, stranger, strangerInCondition],
  kinds: [kinds.authorizationPolicy],
  judge: (subject, world) => [...overNobody(subject, world), ...strangers(subject, world)],
}

function overNobody(subject: Subject, world: MeshWorld) {
  if (!world.complete(kinds.pod)) return []
  const { object, namespace } = subject
  const isSelecting = at(object, 'spec', 'selector') !== undefined
  const inMesh = namespace === world.mesh.rootNamespace
  if (inMesh && !isSelecting) return []
  const selector = stringsAt(object, 'spec', 'selector', 'matchLabels')
  const scope = inMesh ? undefined : namespace
  const isTold = ({ cluster, pod }: LivePod) => {
    if (!hasLabels(pod, selector)) return false
    if (isAmbient(pod)) return true
    const view = world.clusters.find((each) => each.cluster === cluster)
    return view !== undefined && isInMesh(view, pod.metadata.namespace ?? '', ofPod(pod))
  }
  if (podsOf(world, scope, selector).some(isTold)) return []
  const pointer = isSelecting ? '/spec/selector' : ''
  const held = targetOf(object) ?? workloadOf(world, scope, selector)
  if (held !== undefined) return [found(subject, unseen, { pointer, ...held })]
  const said = { pointer, params: { selector: spell(selector), namespace } }
  return [found(subject, !inMesh && said.params.selector === '' ? nothing : nobody, said)]
}

/** Of a namespace all of them. */
function podsOf(world: MeshWorld, namespace: string | undefined, selector: Labels): LivePod[] {
  if (namespace === undefined) return allPodsWith(world, selector)
  return world.clusters.flatMap((view) =>
    view.list(kinds.pod, namespace).map((pod) => ({ cluster: view.cluster, pod })),
  )
}

type Held = { params: { what: string }; evidence?: ObjectRef[] }

/** Where it is for what it names, no Pods are asked for. */
function targetOf(policy: KubernetesObject): Held | undefined {
  const [first] = targetsOf(policy)
  return first === undefined
    ? undefined
    : { params: { what: `${textAt(first, 'kind') ?? ''} ${textAt(first, 'name') ?? ''}` } }
}

/** What is selected and is in the mesh in a way that istioctl does not look at. */
function workloadOf(world: MeshWorld, namespace: string | undefined, selector: Labels): Held | undefined {
  for (const view of world.clusters) {
    const one = carriersOf(view, namespace, selector).find((each) => willBeInMesh(view, each))
    if (one === undefined) continue
    return { params: { what: `${one.kind} ${one.metadata.name}` }, evidence: [refOf(view.cluster, one)] }
  }
  return undefined
}

function strangers(subject: Subject, world: MeshWorld) {
  if (!world.complete(kinds.namespace)) return []
  return namedBy(subject.object, 'namespaces', 'source.namespace').flatMap(({ value: namespace, pointer }) => {
    if (isThere(world, namespace)) return []
    const code = pointer.includes('/when/') ? strangerInCondition : stranger
    if (code === strangerInCondition && (namespace === subject.namespace || isNever(world, namespace))) return []
    const fixes = nearFix(subject, world, { pointer, namespace })
    return [found(subject, code, { pointer, params: { namespace }, fixes })]
  })
}

function nearFix(subject: Subject, world: MeshWorld, { pointer, namespace }: { pointer: string; namespace: string }) {
  const names = world.clusters.flatMap((view) => view.list(kinds.namespace).map(({ metadata }) => metadata.name))
  const near = namespace.includes('*') ? undefined : nearestWord(names, namespace)
  if (near === undefined) return []
  const operation = replace(pointer, near)
  return [fix(subject, { code: 'near-name', params: { name: near } }, [operation])]
}

/** What istioctl does not look at is not told of what files alone do not tell. */
function isNever(world: MeshWorld, namespace: string): boolean {
  return !namespace.includes('*') && !isNowhere(world, namespace)
}

/** A prefix, a suffix, or a name in whatever case. */
function isThere(world: MeshWorld, wanted: string): boolean {
  if (wanted === '*') return world.clusters.some((view) => view.list(kinds.namespace).length > 0)
  const fits = (name: string) => {
    if (wanted.startsWith('*')) return name.endsWith(wanted.slice(1))
    if (wanted.endsWith('*')) return name.startsWith(wanted.slice(0, -1))
    return name.toLowerCase() === wanted.toLowerCase()
  }
  return world.clusters.some(
    (view) =>
      view.get(kinds.namespace, wanted) !== undefined ||
      view.list(kinds.namespace).some(({ metadata }) => fits(metadata.name)),
  )
}
