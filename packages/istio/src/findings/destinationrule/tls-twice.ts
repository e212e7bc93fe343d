import { at, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { refOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge, type Subject } from '../finding.ts'
import type { HostOwner } from '../host-registry.ts'
import { replace } from '../operations.ts'
import { portsOf } from '../port-protocols.ts'
import { httpDestinationKey, httpDestinations } from '../virtualservice/http-destinations.ts'
import type { MeshWorld } from '../world.ts'

const code: Code = { code: 'destinationrule.tls-twice', severity: 'warning', istio: 'accepts' }

/**
 * TLS by the proxy on a port whose clients speak TLS themselves: it is encrypted twice, and the server understands nothing
 * (istio.io, Common Problems, Double TLS). Ports that HTTP routes send to get plain text, and are as they should be.
 */
export const tlsTwice: Judge = {
  says: [code],
  kinds: [kinds.destinationRule],
  judge(subject, world) {
    const { object, namespace } = subject
    const host = textAt(object, 'spec', 'host') ?? ''
    const policy = at(object, 'spec', 'trafficPolicy')
    if (host.startsWith('*') || !world.config.has(kinds.virtualService)) return []
    const owners = world.hosts.find(host, namespace)?.owners ?? []
    const entries = owners.filter(({ kind }) => kind === 'ServiceEntry')
    const single = listAt(policy, 'portLevelSettings')
    const own = single.map((each) => numberAt(each, 'port', 'number') ?? 0)
    const wide = {
      tls: at(policy, 'tls'),
      pointer: '/spec/trafficPolicy/tls',
      isFor: (port: number) => !own.includes(port),
    }
    const narrow = single.map((each, index) => ({
      tls: at(each, 'tls'),
      pointer: `/spec/trafficPolicy/portLevelSettings/${index}/tls`,
      isFor: (port: number) => port === own[index],
    }))
    const full = resolveHost(host, namespace)
    return [wide, ...narrow].flatMap((each) => judgeTls(subject, world, { ...each, entries, host: full }))
  },
}

type At = {
  tls: Json | undefined
  pointer: string
  isFor: (port: number) => boolean
  entries: readonly HostOwner[]
  host: string
}

function judgeTls(subject: Subject, world: MeshWorld, { tls, pointer, isFor, entries, host }: At): Finding[] {
  const mode = textAt(tls, 'mode') ?? ''
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return []
  const isRouted = (port: number) =>
    [port, undefined].some((each) => world.look(httpDestinations, httpDestinationKey(host, each)).length > 0)
  const twice = entries.flatMap((entry) =>
    portsOf(entry)
      .filter(({ protocol, number }) => protocol === 'tls' && isFor(number) && !isRouted(number))
      .map(({ number }) => ({ entry, number })),
  )
  const [first] = twice
  if (first === undefined) return []
  const params = { host, mode, ports: twice.map(({ number }) => number).join(', ') }
  const fixes = [fix(subject, { code: 'no-tls' }, [replace(pointer, { mode: 'DISABLE' })])]
  const evidence = [refOf(first.entry.cluster, first.entry.object)]
  return [found(subject, code, { pointer, params, fixes, evidence })]
}
