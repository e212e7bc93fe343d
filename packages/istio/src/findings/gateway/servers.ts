import { at, type Json, listAt, numberAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { byAge, matches } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { put, remove, replace } from '../operations.ts'
import { protocolNamed } from '../port-protocols.ts'
import { spellSorted } from './served.ts'

const dropped: Code = { code: 'gateway.protocol-dropped', severity: 'error', istio: 'ignores' }
const nowhere: Code = { code: 'gateway.redirect-to-nothing', severity: 'warning', istio: 'accepts' }
const plain: Code = { code: 'gateway.plain-too', severity: 'info', istio: 'accepts' }
const onlyOld: Code = { code: 'gateway.only-old-tls', severity: 'warning', istio: 'accepts' }

/** Servers of Gateways by the whole selector: those of the same proxies, whatever the namespace. */
const serversBySelector: Index<Server> = defineIndex({
  name: 'gateway servers by selector',
  kinds: [kinds.gateway],
  entries: (object) => {
    const key = selectorKey(object)
    return serversOf(object).map((each): [string, Server] => [key, each])
  },
})

/** What the servers of the same proxies make of each other. */
export const servers: Judge = {
  says: [dropped, nowhere, plain, onlyOld],
  kinds: [kinds.gateway],
  judge(subject, world) {
    const all = world.look(serversBySelector, selectorKey(subject.object))
    return serversOf(subject.object).flatMap((each) => [
      ...ofProtocol(subject, all, each),
      ...ofRedirect(subject, all, each),
      ...ofVersion(subject, each),
    ])
  },
}

type Server = {
  gateway: KubernetesObject
  index: number
  port: number
  bind: string
  /** TLS servers are told apart by the host that clients ask for; HTTP ones are put together; others stand alone. */
  kind: 'tls' | 'http' | 'other'
  /** As it is written. */
  protocol: string
  hosts: readonly string[]
  redirects: boolean
  maximum: string
}

function serversOf(gateway: KubernetesObject): Server[] {
  return listAt(gateway, 'spec', 'servers').map((server, index) => ({
    gateway,
    index,
    port: numberAt(server, 'port', 'number') ?? 0,
    bind: textAt(server, 'bind') ?? '',
    kind: kindOf(server),
    protocol: textAt(server, 'port', 'protocol') ?? '',
    hosts: textsAt(server, 'hosts').map((host) => host.slice(host.indexOf('/') + 1)),
    redirects: at(server, 'tls', 'httpsRedirect') === true,
    maximum: textAt(server, 'tls', 'maxProtocolVersion') ?? '',
  }))
}

function kindOf(server: Json): Server['kind'] {
  const protocol = protocolNamed(textAt(server, 'port', 'protocol') ?? '')
  if (protocol === 'tls') return 'tls'
  return protocol === 'http' ? 'http' : 'other'
}

function selectorKey(gateway: KubernetesObject): string {
  return spellSorted(stringsAt(gateway, 'spec', 'selector'))
}

/** On one port the first server decides; one that is not of the same kind is skipped (pilot/pkg/model/gateway.go, mergeGateways). */
function ofProtocol(subject: Subject, all: readonly Server[], server: Server): Finding[] {
  const before = all.filter(
    (each) => each.port === server.port && each.bind === server.bind && comesFirst(each, server),
  )
  const first = before.find((each) => each.kind !== server.kind || server.kind === 'other')
  if (first === undefined || server.port === 0) return []
  const params = { port: server.port, other: nameOf(first.gateway), protocol: server.protocol, first: first.protocol }
  const evidence = first.gateway === subject.object ? [] : [refOf(subject.cluster, first.gateway)]
  return [found(subject, dropped, { pointer: `/spec/servers/${server.index}/port`, params, evidence })]
}

function comesFirst(one: Server, other: Server): boolean {
  return one.gateway === other.gateway ? one.index < other.index : byAge(one.gateway, other.gateway) < 0
}

/** Plain HTTP of hosts that are served by TLS too, or that are sent there and are not. */
function ofRedirect(subject: Subject, all: readonly Server[], server: Server): Finding[] {
  if (server.kind !== 'http' || server.hosts.length === 0) return []
  const secured = all.filter(({ kind }) => kind === 'tls').flatMap(({ hosts }) => hosts)
  const isSecured = (host: string) => secured.some((each) => coversHost(each, host))
  const pointer = `/spec/servers/${server.index}`
  if (server.redirects) {
    const hosts = server.hosts.filter((host) => !secured.some((each) => matches(each, host)))
    if (hosts.length === 0) return []
    const stay = fix(subject, { code: 'no-redirect' }, [remove(`${pointer}/tls/httpsRedirect`)])
    return [
      found(subject, nowhere, {
        pointer: `${pointer}/tls/httpsRedirect`,
        params: { hosts: hosts.join(', ') },
        fixes: [stay],
      }),
    ]
  }
  const both = server.hosts.filter(isSecured)
  if (both.length === 0) return []
  const redirect = both.length === server.hosts.length ? [put(`${pointer}/tls`, { httpsRedirect: true })] : []
  const fixes = redirect.length === 0 ? [] : [fix(subject, { code: 'redirect' }, redirect)]
  return [found(subject, plain, { pointer, params: { hosts: both.join(', ') }, fixes })]
}

function coversHost(served: string, host: string): boolean {
  return served === host || served === '*' || (served.startsWith('*.') && host.endsWith(served.slice(1)))
}

function ofVersion(subject: Subject, { index, maximum }: Server): Finding[] {
  if (maximum !== 'TLSV1_0' && maximum !== 'TLSV1_1') return []
  const pointer = `/spec/servers/${index}/tls/maxProtocolVersion`
  const fixes = [fix(subject, { code: 'tls13' }, [replace(pointer, 'TLSV1_3')])]
  return [found(subject, onlyOld, { pointer, params: { maximum }, fixes })]
}

function nameOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`
}
