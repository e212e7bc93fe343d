import { at, listAt, stringsAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { nearestWord } from '../../values/nearest.ts'
import { kinds } from '../../world/kinds.ts'
import { hasLabels } from '../../world/labels.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { isAmbient, isInMesh, ofPod } from '../in-mesh.ts'
import { replace } from '../operations.ts'
import { allPodsWith, spell } from '../pods.ts'
import type { MeshWorld } from '../world.ts'

const nobody: Code = {
  code: 'authorizationpolicy.no-workload',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0127', 'KIA0004'],
}
const stranger: Code = {
  code: 'authorizationpolicy.namespace-not-found',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['IST0101', 'KIA0101'],
}

/** Policies over no workload, and sources in namespaces that are not there (istio analyzers/authz). */
export const authorized: Judge = {
  says: [nobody, stranger],
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
  const pods = inMesh
    ? allPodsWith(world, selector)
    : world.clusters.flatMap((view) => view.list(kinds.pod, namespace).map((pod) => ({ cluster: view.cluster, pod })))
  const isTold = ({ cluster, pod }: { cluster: string; pod: KubernetesObject }) => {
    if (!hasLabels(pod, selector)) return false
    if (isAmbient(pod)) return true
    const view = world.clusters.find((each) => each.cluster === cluster)
    return view !== undefined && isInMesh(view, pod.metadata.namespace ?? '', ofPod(pod))
  }
  if (pods.some(isTold)) return []
  const pointer = isSelecting ? '/spec/selector' : ''
  return [found(subject, nobody, { pointer, params: { selector: spell(selector), namespace } })]
}

function strangers(subject: Subject, world: MeshWorld) {
  if (!world.complete(kinds.namespace)) return []
  return listAt(subject.object, 'spec', 'rules').flatMap((rule, index) =>
    listAt(rule, 'from').flatMap((from, place) =>
      ['namespaces', 'notNamespaces'].flatMap((field) =>
        textsAt(from, 'source', field).flatMap((namespace, at) => {
          if (isThere(world, namespace)) return []
          const pointer = `/spec/rules/${index}/from/${place}/source/${field}/${at}`
          return [
            found(subject, stranger, {
              pointer,
              params: { namespace },
              fixes: nearFix(subject, world, { pointer, namespace }),
            }),
          ]
        }),
      ),
    ),
  )
}

function nearFix(subject: Subject, world: MeshWorld, { pointer, namespace }: { pointer: string; namespace: string }) {
  const names = world.clusters.flatMap((view) => view.list(kinds.namespace).map(({ metadata }) => metadata.name))
  const near = namespace.includes('*') ? undefined : nearestWord(names, namespace)
  if (near === undefined) return []
  const operation = replace(pointer, near)
  return [fix(subject, { code: 'near-name', params: { name: near } }, [operation])]
}

/** A prefix, a suffix, or a name in whatever case. */
function isThere(world: MeshWorld, wanted: string): boolean {
  if (wanted === '*') return world.clusters.some((view) => view.list(kinds.namespace).length > 0)
  const fits = (name: string) => {
    if (wanted.startsWith('*')) return name.endsWith(wanted.slice(1))
    if (wanted.endsWith('*')) return name.startsWith(wanted.slice(0, -1))
    return name.toLowerCase() === wanted.toLowerCase()
  }
  const isPlain = !wanted.includes('*')
  return world.clusters.some(
    (view) =>
      (isPlain && view.get(kinds.namespace, wanted) !== undefined) ||
      view.list(kinds.namespace).some(({ metadata }) => fits(metadata.name)),
  )
}
