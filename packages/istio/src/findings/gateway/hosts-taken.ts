import { stringsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { replace } from '../operations.ts'
import type { MeshWorld } from '../world.ts'
import { isAnalysedConflict } from './remembered.ts'
import { areTogether, nameOf, sanitized, type Server, serversOf } from './served.ts'

const dropped: Code = {
  code: 'gateway.tls-server-dropped',
  severity: 'error',
  istio: 'ignores',
  aliases: ['IST0145', 'KIA0301'],
}
const shared: Code = {
  code: 'gateway.hosts-shared',
  severity: 'info',
  istio: 'accepts',
  aliases: ['IST0145', 'KIA0301'],
}
const twice: Code = {
  code: 'gateway.host-twice',
  severity: 'warning',
  istio: 'ignores',
  aliases: ['IST0145', 'KIA0301'],
}

/** Gateways by port of their servers and host, with the namespace that it is for and without. */
const gatewaysByHost: Index<KubernetesObject> = defineIndex({
  name: 'gateways by port and host',
  kinds: [kinds.gateway],
  entries: (object) => {
    const keys = serversOf(object).flatMap((each) => [
      ...each.known.map((host) => keyOf(each, host)),
      ...each.known.map((host) => nameKeyOf(each, host)),
    ])
    return [...new Set(keys)].map((key) => [key, object])
  },
})

/**
 * Two Gateways of the same proxies serve one host on one port, or two servers of one Gateway do. Of HTTP servers the routes
 * are put together, whatever namespaces their hosts are for; of TLS servers whose hosts are for one namespace the one of
 * the older Gateway is kept, the other dropped (istio pilot/pkg/model/gateway.go, MergeGateways).
 */
export const hostsTaken: Judge = {
  says: [dropped, shared, twice],
  kinds: [kinds.gateway],
  judge(subject, world) {
    if (!world.complete(kinds.pod)) return []
    const servers = serversOf(subject.object)
    return servers.flatMap((server) => {
      const near = othersOf(subject, world, server)
      const isTold = isAnalysedConflict(world, subject.object, { port: server.port, near })
      const said = (code: Code) => (isTold ? code : { ...code, aliases: code.aliases?.filter(isNotIstioctls) ?? [] })
      return [
        ...withinItself({ subject, said }, server, hostsBefore(servers, server, subject.namespace)),
        ...withOthers({ subject, said }, server, { near, world }),
      ]
    })
  },
}

type Saying = { subject: Subject; said: (code: Code) => Code }

function isNotIstioctls(alias: string): boolean {
  return !alias.startsWith('IST')
}

/** Gateways of the same proxies that have one of the hosts there too. */
function othersOf({ object }: Subject, world: MeshWorld, server: Server): KubernetesObject[] {
  const selector = stringsAt(object, 'spec', 'selector')
  const same = new Set(server.known.flatMap((host) => world.look(gatewaysByHost, nameKeyOf(server, host))))
  same.delete(object)
  return [...same].filter((each) => areTogether(world, selector, stringsAt(each, 'spec', 'selector')))
}

type Around = { near: readonly KubernetesObject[]; world: MeshWorld }

function withOthers({ subject, said }: Saying, server: Server, { near, world }: Around): Finding[] {
  const { object, namespace, cluster } = subject
  const isOf = (other: KubernetesObject, host: string) => {
    const known = sanitized(host, namespace)
    const key = server.tls ? keyOf(server, known) : nameKeyOf(server, known)
    return world.look(gatewaysByHost, key).includes(other)
  }
  const rivals = near.filter((each) => server.hosts.some((host) => isOf(each, host)))
  const [first] = rivals.toSorted(byAge)
  if (first === undefined) return []
  const code = server.tls && byAge(first, object) < 0 ? dropped : shared
  const hosts = server.hosts.filter((host) => isOf(first, host))
  const other = `${first.metadata.namespace ?? namespace}/${first.metadata.name}`
  const params = { hosts: hosts.join(', '), port: server.port, other }
  const evidence = rivals.map((each) => refOf(cluster, each))
  const fixes = code === dropped ? leaving(subject, server, hosts) : []
  return [found(subject, said(code), { pointer: `${server.pointer}/hosts`, params, evidence, fixes })]
}

/** The server is kept for the hosts that are its own. */
function leaving(subject: Subject, { hosts, pointer }: Server, taken: readonly string[]): Fix[] {
  const own = hosts.filter((each) => !taken.includes(each))
  if (own.length === 0) return []
  return [fix(subject, { code: 'leave-hosts', params: { hosts: own.join(', ') } }, [replace(`${pointer}/hosts`, own)])]
}

function withinItself({ subject, said }: Saying, server: Server, again: readonly string[]): Finding[] {
  if (again.length === 0) return []
  const params = { hosts: again.join(', '), port: server.port }
  const severity = server.tls ? 'warning' : 'info'
  return [found(subject, said(twice), { pointer: `${server.pointer}/hosts`, params, severity })]
}

/** Hosts that an earlier server of the port has too. */
function hostsBefore(servers: readonly Server[], server: Server, home: string): string[] {
  const before = servers
    .slice(0, servers.indexOf(server))
    .filter(({ port, bind }) => port === server.port && bind === server.bind)
  const taken = new Set(before.flatMap(({ known }) => known))
  return server.hosts.filter((host) => taken.has(sanitized(host, home)))
}

function keyOf({ port, bind }: Pick<Server, 'port' | 'bind'>, host: string): string {
  return `${port} ${bind} ${host}`
}

function nameKeyOf(where: Pick<Server, 'port' | 'bind'>, host: string): string {
  return keyOf(where, `*/${nameOf(host)}`)
}
