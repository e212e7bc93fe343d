import { type Json, listAt, numberAt, sameJson, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import type { Host } from '../host-registry.ts'
import { replace } from '../operations.ts'
import { portsOf } from '../port-protocols.ts'
import { isForMesh } from './gateways.ts'
import { type TlsMatch, tlsMatchesOf } from './tls-matches.ts'

const code: Code = { code: 'virtualservice.sni-overlap', severity: 'error', istio: 'accepts' }

/**
 * Matches of TLS that have some of their names in common. istiod leaves out one whose names are the very same, in the same
 * order, and keeps any other (istio pilot/pkg/networking/core/tls.go, hashRuntimeTLSMatchPredicates); Envoy refuses a listener
 * with two chains for one name. At gateways istiod skips the second (gateway.go, CheckDuplicates).
 */
export const sniOverlap: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const { object, namespace } = subject
    if (!isForMesh(object) || listAt(object, 'spec', 'tls').length === 0) return []
    const hosts = textsAt(object, 'spec', 'hosts').flatMap((each) => world.hosts.find(each, namespace) ?? [])
    const all = matchesIn(object)
    return all.flatMap((match, index) => overlapOf(subject, { match, before: all.slice(0, index), hosts }))
  },
}

type Match = TlsMatch & { names: readonly string[] }

/** Those for sidecars. */
function matchesIn(rule: KubernetesObject): Match[] {
  return tlsMatchesOf(rule).flatMap((each) => {
    const gateways = textsAt(each.value, 'gateways')
    const isInMesh = gateways.length === 0 || gateways.includes('mesh')
    const pointer = `${each.pointer}/sniHosts`
    return isInMesh ? [{ ...each, pointer, names: textsAt(each.value, 'sniHosts') }] : []
  })
}

type Asked = { match: Match; before: readonly Match[]; hosts: readonly Host[] }

function overlapOf(subject: Subject, { match, before, hosts }: Asked): Finding[] {
  const meeting = before.filter((each) => areMet(each.value, match.value) && isSomewhere(hosts, each, match))
  // istiod leaves it out.
  if (meeting.some(({ names }) => sameJson([...names], [...match.names]))) return []
  const [first] = meeting.filter(({ names }) => names.some((name) => match.names.includes(name)))
  if (first === undefined) return []
  const isTaken = (name: string) => meeting.some(({ names }) => names.includes(name))
  const own = match.names.filter((name) => !isTaken(name))
  const fixes = own.length === 0 ? [] : [leaving(subject, match, own)]
  const evidence = hosts.flatMap(({ owners }) => owners.map((each) => refOf(each.cluster, each.object)))
  const params = { names: match.names.filter(isTaken).join(', '), route: match.route, earlier: first.route }
  return [found(subject, code, { pointer: match.pointer, params, evidence, fixes })]
}

function leaving(subject: Subject, { pointer }: Match, own: string[]) {
  return fix(subject, { code: 'leave-names', params: { names: own.join(', ') } }, [replace(pointer, own)])
}

/** Whether there are proxies for which both are, and chains of both are told apart by nothing but names (matchTLS). */
function areMet(one: Json, other: Json): boolean {
  const labels = stringsAt(other, 'sourceLabels')
  const namespaces = [one, other].map((each) => textAt(each, 'sourceNamespace') ?? '').filter((each) => each !== '')
  return (
    Object.entries(stringsAt(one, 'sourceLabels')).every(([key, value]) => [undefined, value].includes(labels[key])) &&
    new Set(namespaces).size < 2 &&
    sameJson(listAt(one, 'destinationSubnets'), listAt(other, 'destinationSubnets'))
  )
}

/** Whether a host has a port for TLS that both are for. */
function isSomewhere(hosts: readonly Host[], one: Match, other: Match): boolean {
  const wanted = [one, other].map(({ value }) => numberAt(value, 'port') ?? 0).filter((port) => port !== 0)
  const ports = hosts.flatMap(({ owners }) => owners.flatMap(portsOf))
  return ports.some(({ protocol, number }) => protocol === 'tls' && wanted.every((port) => port === number))
}
