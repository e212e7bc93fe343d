import { at, type Json, listAt, numberAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import type { Labels } from '../../world/labels.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import { replace } from '../operations.ts'
import { allPodsWith, spell } from '../pods.ts'
import type { MeshWorld } from '../world.ts'

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

const twice: Code = { code: 'gateway.host-twice', severity: 'warning', istio: 'ignores', aliases: ['IST0145'] }

/** A Gateway, and whether what it has under the key is in its last server of the port: istioctl remembers no other. */
type Holder = { gateway: KubernetesObject; isRemembered: boolean }

/** Gateways by port and host of their servers. */
const gatewaysByHost: Index<Holder> = defineIndex({
  name: 'gateways by port and host',
  kinds: [kinds.gateway],
  entries: (gateway) => {
    const servers = serversOf(gateway)
    const last = new Map(servers.map((each) => [each.port, each]))
    const remembered = new Map(
      servers.flatMap((each) =>
        each.hosts.map((host): [string, boolean] => [keyOf(each, host), last.get(each.port) === each]),
      ),
    )
    return [...remembered].map(([key, isRemembered]): [string, Holder] => [key, { gateway, isRemembered }])
  },
})

const gatewaysByPort: Index<KubernetesObject> = defineIndex({
  name: 'gateways by port',
  kinds: [kinds.gateway],
  entries: (gateway) => [...new Set(serversOf(gateway).map(({ port }) => port))].map((port) => [String(port), gateway]),
})

/**
 * Two Gateways of the same proxies serve one host on one port. Of HTTP servers the routes are put together; of TLS
 * servers the one of the older Gateway is kept, the other dropped (istio pilot/pkg/model/gateway.go, MergeGateways).
 */
export const hostsTaken: Judge = {
  says: [dropped, shared, twice],
  kinds: [kinds.gateway],
  judge(subject, world) {
    if (!world.complete(kinds.pod)) return []
    const { object, namespace } = subject
    const selector = stringsAt(object, 'spec', 'selector')
    const own = serversOf(object)
    return own.flatMap((server) => {
      const again = hostsBefore(own, server)
      if (again.length > 0) return [saidTwice({ subject, world }, server, again)]
      const same = server.hosts.flatMap((host) => world.look(gatewaysByHost, keyOf(server, host)))
      const near = same.filter(
        ({ gateway }) => gateway !== object && areTogether(world, selector, stringsAt(gateway, 'spec', 'selector')),
      )
      const others = [...new Set(near.map(({ gateway }) => gateway))]
      const [first] = others.toSorted(byAge)
      if (first === undefined) return []
      const loses = server.tls && byAge(first, object) < 0
      const hosts = server.hosts.filter((host) =>
        world.look(gatewaysByHost, keyOf(server, host)).some(({ gateway }) => gateway === first),
      )
      const params = {
        hosts: hosts.join(', '),
        port: server.port,
        other: `${first.metadata.namespace ?? namespace}/${first.metadata.name}`,
      }
      const evidence = others.map((each) => refOf(subject.cluster, each))
      const fixes = loses ? leaving(subject, server, hosts) : []
      const code = loses ? dropped : shared
      const seen = near.some(({ isRemembered }) => isRemembered) ? code : { ...code, aliases: ['KIA0301'] }
      return [found(subject, seen, { pointer: `${server.pointer}/hosts`, params, evidence, fixes })]
    })
  },
}

/** Hosts that an earlier server of the port has too. */
function hostsBefore(servers: readonly Server[], server: Server): string[] {
  const before = servers
    .slice(0, servers.indexOf(server))
    .filter(({ port, bind }) => port === server.port && bind === server.bind)
  return server.hosts.filter((host) => before.some(({ hosts }) => hosts.includes(host)))
}

/** To istioctl the earlier server's hosts are those of every other Gateway of the port. */
function saidTwice(
  { subject, world }: { subject: Subject; world: MeshWorld },
  server: Server,
  again: readonly string[],
) {
  const selector = stringsAt(subject.object, 'spec', 'selector')
  const isSeen = world
    .look(gatewaysByPort, String(server.port))
    .some((each) => each !== subject.object && areTogether(world, selector, stringsAt(each, 'spec', 'selector')))
  const params = { hosts: again.join(', '), port: server.port }
  const code = isSeen ? twice : { ...twice, aliases: [] }
  return found(subject, code, { pointer: `${server.pointer}/hosts`, params, severity: server.tls ? 'warning' : 'info' })
}

type Server = { pointer: string; port: number; bind: string; hosts: string[]; tls: boolean }

function serversOf(gateway: KubernetesObject): Server[] {
  return listAt(gateway, 'spec', 'servers').map((server, index) => ({
    pointer: `/spec/servers/${index}`,
    port: numberAt(server, 'port', 'number') ?? 0,
    bind: textAt(server, 'bind') ?? '',
    hosts: [...new Set(textsAt(server, 'hosts'))],
    tls: endsTls(server),
  }))
}

/** Servers by name of the host that the client asks for (SNI): those that have TLS, but for a redirect alone. */
function endsTls(server: Json): boolean {
  const protocol = (textAt(server, 'port', 'protocol') ?? '').toUpperCase()
  return protocol === 'HTTPS' || protocol === 'TLS' || textAt(at(server, 'tls'), 'mode') !== undefined
}

function keyOf({ port, bind }: Server, host: string): string {
  return `${port} ${bind} ${host}`
}

/** The server is kept for the hosts that are its own. */
function leaving(subject: Subject, { hosts, pointer }: Server, taken: readonly string[]): Fix[] {
  const own = hosts.filter((each) => !taken.includes(each))
  if (own.length === 0) return []
  return [fix(subject, { code: 'leave-hosts', params: { hosts: own.join(', ') } }, [replace(`${pointer}/hosts`, own)])]
}

/** Equal selectors, or selectors of which one is part of the other and some Pod has both. */
export function areTogether(world: MeshWorld, one: Labels, other: Labels): boolean {
  const [a, b] = [one, other].map((each) => spell(sorted(each)))
  if (a === undefined || b === undefined || a === b) return true
  return (
    (a.includes(b) || b.includes(a)) &&
    allPodsWith(world, { ...one, ...other }).some(({ pod }) => has(pod, one) && has(pod, other))
  )
}

function has({ metadata }: KubernetesObject, labels: Labels): boolean {
  return Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value)
}

function sorted(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
