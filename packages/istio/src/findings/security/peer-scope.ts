import { at } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { readProxy } from '../../injection/proxy.ts'
import { isLive } from '../../injection/pod-state.ts'
import { isSystemNamespace } from '../../injection/policy.ts'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { hasLabels } from '../../world/labels.ts'
import { applications, areToCome } from '../carriers.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { isWhole, type Mode, modeOf, portModesOf } from '../mtls/modes.ts'
import { isPlainSomewhere } from '../mtls/client-rules.ts'
import { put, remove, replace } from '../operations.ts'
import { type LivePod, podsIn, spell } from '../pods.ts'
import { byOtherLabel } from '../other-label.ts'
import type { MeshWorld } from '../world.ts'
import { actionOf, selectorOf } from './policy-rules.ts'
import { knownPorts } from './ports.ts'

const nobody: Code = {
  code: 'peerauthentication.no-workload',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA0004'],
}
const overlap: Code = {
  code: 'peerauthentication.overlap',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['KIA0003'],
}
const port: Code = { code: 'peerauthentication.port-not-found', severity: 'warning', istio: 'ignores' }
const bare: Code = { code: 'peerauthentication.strict-without-proxy', severity: 'warning', istio: 'accepts' }
const left: Code = { code: 'peerauthentication.permissive-left', severity: 'info', istio: 'accepts' }
const plain: Code = { code: 'peerauthentication.disabled', severity: 'warning', istio: 'accepts' }

/** Live Pods that no proxy stands before, by namespace; under `*` all of them. Those of files are still to be made. */
const podsOutside: Index<LivePod> = defineIndex({
  name: 'pods outside of the mesh',
  kinds: [kinds.pod],
  where: 'every',
  entries: (pod, cluster) => {
    const namespace = pod.metadata.namespace ?? ''
    const isMade = pod.status !== undefined && isLive(pod)
    if (readProxy(pod).kind !== 'none' || !isMade || isSystemNamespace(namespace)) return []
    return [namespace, '*'].map((key) => [key, { cluster, pod }])
  },
})

/** Whom a PeerAuthentication reaches, and what it leaves open there. */
export const peerScope: Judge = {
  says: [nobody, overlap, port, bare, left, plain],
  kinds: [kinds.peerAuthentication],
  judge(subject, world) {
    const { object, namespace } = subject
    const isInRoot = namespace === world.mesh.rootNamespace
    if (isInRoot && !isWhole(object)) return []
    const found = ofMode(subject, world)
    if (isWhole(object) || !world.complete(kinds.pod)) return found
    const pods = podsIn(world, namespace, selectorOf(object))
    if (pods.length === 0) return [...ofNobody(subject, world), ...found]
    return [...ofRivals(subject, world, pods), ...ofPorts(subject, world), ...found]
  },
}

function ofNobody(subject: Subject, world: MeshWorld): Finding[] {
  const { object, namespace } = subject
  const selector = selectorOf(object)
  if (world.clusters.some((view) => areToCome(view, namespace, selector))) return []
  const pointer = '/spec/selector/matchLabels'
  const fixes = byOtherLabel(subject, world, { selector, pointer })
  return [found(subject, nobody, { pointer, params: { selector: spell(selector), namespace }, fixes })]
}

/** Of several that select a workload the oldest decides; the same selector is `peerauthentication.duplicate`. */
function ofRivals(subject: Subject, world: MeshWorld, pods: readonly LivePod[]): Finding[] {
  const { object, namespace, cluster } = subject
  const own = spell(selectorOf(object))
  const elder = world.config
    .list(kinds.peerAuthentication, namespace)
    .filter((each) => !isWhole(each) && spell(selectorOf(each)) !== own && byAge(each, object) < 0)
    .toSorted(byAge)
  const rival = elder.find((each) => pods.some(({ pod }) => hasLabels(pod, selectorOf(each))))
  const met = rival && pods.find(({ pod }) => hasLabels(pod, selectorOf(rival)))
  if (rival === undefined || met === undefined) return []
  const params = { winner: rival.metadata.name, pod: met.pod.metadata.name }
  const evidence = [refOf(cluster, rival), refOf(met.cluster, met.pod)]
  return [found(subject, overlap, { pointer: '/spec/selector/matchLabels', params, evidence })]
}

function ofPorts(subject: Subject, world: MeshWorld): Finding[] {
  const modes = portModesOf(subject.object)
  const known = modes.length === 0 ? undefined : knownPorts(subject, world)
  if (known === undefined) return []
  return modes.flatMap(({ port: text }) => {
    if (known.numbers.has(Number(text))) return []
    const pointer = `/spec/portLevelMtls/${text}`
    const before = known.served.filter((each) => String(each.port) === text)
    const [right, ...more] = [...new Set(before.flatMap(({ numbers }) => numbers))]
    const ports = modes.map((each) => each.port)
    const isClear = right !== undefined && more.length === 0 && !ports.includes(String(right))
    const way = { code: 'port-of-pods', params: { port: String(right) } }
    const value = at(subject.object, 'spec', 'portLevelMtls', text) ?? null
    const operations = [remove(pointer), put(`/spec/portLevelMtls/${String(right)}`, value)]
    const params = { port: text, targets: [...known.numbers].join(', ') }
    return [found(subject, port, { pointer, params, fixes: isClear ? [fix(subject, way, operations)] : [] })]
  })
}

function ofMode(subject: Subject, world: MeshWorld): Finding[] {
  const { object } = subject
  const mode = modeOf(object)
  const pointer = '/spec/mtls/mode'
  const isClosed = isWhole(object) && world.complete(kinds.pod) && isAllInMesh(world)
  if (mode === 'DISABLE') {
    const fixes = isClosed ? closing(subject, world) : opening(subject, world)
    return [found(subject, plain, { pointer, fixes })]
  }
  if (mode === 'PERMISSIVE') return isClosed ? [found(subject, left, { pointer, fixes: closing(subject, world) })] : []
  return mode === 'STRICT' && world.complete(kinds.pod) ? ofStrict(subject, world) : []
}

function ofStrict({ object, namespace, cluster }: Subject, world: MeshWorld): Finding[] {
  const scope = namespace === world.mesh.rootNamespace ? '*' : namespace
  const pods = world.look(podsOutside, scope).filter(({ pod }) => hasLabels(pod, selectorOf(object)))
  const [first] = pods
  if (first === undefined) return []
  const params = { count: pods.length, pod: first.pod.metadata.name, namespace: first.pod.metadata.namespace ?? '' }
  const evidence = pods.slice(0, 5).map((each) => refOf(each.cluster, each.pod))
  return [found({ cluster, object }, bare, { pointer: '/spec/mtls/mode', params, evidence })]
}

/** An application with a proxy, or with ztunnel. */
const isInside = (pod: KubernetesObject): boolean => readProxy(pod).kind !== 'none' && applications(pod).length > 0

/** Whether there are applications with a proxy, and no Pod without: a gateway alone, as that of files, is none. */
export function isAllInMesh(world: MeshWorld): boolean {
  return world.look(podsOutside, '*').length === 0 && world.clusters.some((view) => view.list(kinds.pod).some(isInside))
}

/** Only where nobody is denied by an identity, which plain text would pass by. */
function opening(subject: Subject, world: MeshWorld) {
  const isOfMesh = subject.namespace === world.mesh.rootNamespace
  const policies = world.config.list(kinds.authorizationPolicy, isOfMesh ? undefined : subject.namespace)
  return policies.some((each) => actionOf(each) === 'DENY') ? [] : [moded(subject, 'PERMISSIVE')]
}

/** Only where no client is told, or left, to send plain text, and no port is to take it. */
function closing(subject: Subject, world: MeshWorld) {
  const isOfMesh = subject.namespace === world.mesh.rootNamespace
  const policies = world.config.list(kinds.peerAuthentication, isOfMesh ? undefined : subject.namespace)
  const isOpen = policies.some((each) => portModesOf(each).some(({ mode }) => mode !== undefined && mode !== 'STRICT'))
  return isOpen || isPlainSomewhere(world) || !world.mesh.autoMtls ? [] : [moded(subject, 'STRICT')]
}

function moded(subject: Subject, mode: Mode) {
  const operation = replace('/spec/mtls/mode', mode)
  return fix(subject, { code: 'other-mode', params: { mode } }, [operation])
}
