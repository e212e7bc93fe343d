import { at, canonicalJson, type Json, listAt, numberAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { Fix } from '@orbweaver/contracts/plan'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { matches } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { patchedIfFits } from '../fixes/apply.ts'
import { allPodsWith, podsWith, spell } from '../pods.ts'
import { rulesByGateway } from '../virtualservice/gateway-rules.ts'
import type { MeshWorld } from '../world.ts'
import { credential } from './credential.ts'
import { isShownByOthers } from './duplicate-certificate.ts'
import { portNotServed } from './port-not-served.ts'
import { areTogether } from './served.ts'
import { hostNamesOf } from './secret-places.ts'
import { servedCertificate } from './served-certificate.ts'

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
    const fixes = code === nobody ? fixesOf(subject, world) : []
    return [found(subject, code, { pointer: '/spec/selector', params, fixes })]
  },
}

/** The label that Istio's own ingress gateway has, where it runs and can serve what is asked for here. */
function fixesOf(subject: Subject, world: MeshWorld): Fix[] {
  const value = { istio: world.mesh.ingressSelector }
  const [pod] = podsWith(world, value)
  if (pod === undefined || labelsOf(pod.pod)['istio'] === undefined) return []
  const way = fix(subject, { code: 'ingress-gateway', params: { selector: spell(value) } }, [
    { op: 'replace', path: '/spec/selector', value },
  ])
  const after = patchedIfFits(subject.object, way.patches[0]?.operations ?? [])
  return after !== undefined && isServed({ ...subject, object: after }, world) ? [way] : []
}

/** Whether the proxies that are selected then have the ports, the certificates and the hosts to themselves. */
function isServed(subject: Subject, world: MeshWorld): boolean {
  const isFaulty = [portNotServed, credential, servedCertificate].some((each) => each.judge(subject, world).length > 0)
  return !isFaulty && !isCrowded(subject.object, world) && rulesOf(subject, world).every(isPlain)
}

/** Whether another Gateway of the same proxies has one of its hosts or its certificate, or another protocol on a port. */
function isCrowded(gateway: KubernetesObject, world: MeshWorld): boolean {
  const selector = stringsAt(gateway, 'spec', 'selector')
  const own = listAt(gateway, 'spec', 'servers')
  // As it stands it selects no Pod, so that it is not among them itself.
  const near = world.config
    .list(kinds.gateway)
    .filter((each) => areTogether(world, selector, stringsAt(each, 'spec', 'selector')))
  const names = own.map((server) => textAt(at(server, 'tls'), 'credentialName') ?? '')
  const isShared = names.some((name) => name !== '' && isShownByOthers(world, gateway, name))
  return (
    isShared ||
    near.flatMap((each) => listAt(each, 'spec', 'servers')).some((other) => own.some((each) => areRivals(each, other)))
  )
}

/** On one port with other protocols, or with hosts in common, be it over TLS and without. */
function areRivals(one: Json, other: Json): boolean {
  const [hosts, theirs] = [hostNamesOf(one), hostNamesOf(other)]
  const isSamePort = numberAt(one, 'port', 'number') === numberAt(other, 'port', 'number')
  const isOtherKind = textAt(one, 'port', 'protocol') !== textAt(other, 'port', 'protocol')
  return (isSamePort && isOtherKind) || hosts.some((host) => theirs.some((each) => matches(host, each)))
}

function rulesOf({ object, namespace }: Subject, world: MeshWorld): readonly KubernetesObject[] {
  return world.look(rulesByGateway, `${namespace}/${object.metadata.name}`)
}

/** It is for all, and asks neither for subsets, nor for claims, nor for TLS that is passed on: these depend on the proxies. */
function isPlain(rule: KubernetesObject): boolean {
  const exported = textsAt(rule, 'spec', 'exportTo')
  const isForAll = exported.length === 0 || exported.includes('*')
  return (
    isForAll &&
    listAt(rule, 'spec', 'tls').length === 0 &&
    !/"subset":|"@request\.auth/.test(canonicalJson(at(rule, 'spec') ?? null))
  )
}
