import { stringsAt } from '@orbweaver/contracts/json'
import type { Fix } from '@orbweaver/contracts/plan'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { areToCome } from '../carriers.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { replace } from '../operations.ts'
import { allPodsWith, podsWith, spell } from '../pods.ts'
import type { MeshWorld } from '../world.ts'

const nobody: Code = {
  code: 'gateway.selector-empty',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['IST0101', 'KIA0302'],
}
const ended: Code = {
  code: 'gateway.pods-ended',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['KIA0302'],
}

/** Accepted by Istio, without effect: no proxy takes these servers. A gateway's Pods may be in any namespace and cluster. */
export const selectorEmpty: Judge = {
  says: [nobody, ended],
  kinds: [kinds.gateway],
  judge(subject, world) {
    if (!world.complete(kinds.pod)) return []
    const selector = stringsAt(subject.object, 'spec', 'selector')
    const selected = allPodsWith(world, selector)
    if (selected.some(({ live }) => live)) return []
    const params = { selector: spell(selector) }
    const code = selected.length === 0 ? nobody : ended
    const isSoon = world.clusters.some((view) => areToCome(view, undefined, selector))
    const fixes = code === nobody && !isSoon ? fixesOf(subject, world) : []
    const severity = isSoon ? 'info' : code.severity
    return [found(subject, code, { pointer: '/spec/selector', params, fixes, severity })]
  },
}

/** Gateways for what leaves the mesh, or goes to another network: the ingress gateway is never meant. */
const ofOthers = /egress|east-?west/i

/** The label that Istio's own ingress gateway has, where it runs. */
function fixesOf(subject: Subject, world: MeshWorld): Fix[] {
  const value = { istio: world.mesh.ingressSelector }
  if (Object.values(stringsAt(subject.object, 'spec', 'selector')).some((each) => ofOthers.test(each))) return []
  const [pod] = podsWith(world, value)
  if (pod === undefined || labelsOf(pod.pod)['istio'] === undefined) return []
  const way = { code: 'ingress-gateway', params: { selector: spell(value) } }
  return [fix(subject, way, [replace('/spec/selector', value)])]
}
