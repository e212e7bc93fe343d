import type { AccessCall, Claims } from '@orbweaver/contracts/explain-access'
import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { clustersOf } from '../proxies/networks.ts'
import type { App, Platform } from '../proxies/platform.ts'
import type { Random } from '../random.ts'
import { calledBy, entryOf, entryTarget } from './entries.ts'
import { byDoor, type Door } from './gateways.ts'
import { values } from './policies.ts'

type Around = { readonly doors: readonly Door[]; readonly clusters: ReturnType<typeof clustersOf> }

/** To a Pod from outside, by a gateway, by a sidecar as it calls by itself, or from another cluster. */
export function bySidecars(made: Platform, to: App, { doors, clusters }: Around): AccessCall {
  const { random } = made
  const call = callOf(made, to)
  const door = random.chance(0.5) ? random.any(doors) : undefined
  const port = random.any(to.ports)
  if (port === undefined || (door === undefined && random.chance(0.6))) return call
  const near = { ...call, to: { ...call.to, port: port.target } }
  if (door !== undefined)
    return byDoor(made, door, { ...near, ...(door.protocol === 'tcp' && random.chance(0.5) ? tcp : {}) })
  const from = random.any(made.apps)
  if (from === undefined) return call
  return byItself(made, to, { clusters, from, near, isTcp: isPlain(random, port.protocol) })
}

type Itself = Pick<Around, 'clusters'> & { readonly from: App; readonly near: AccessCall; readonly isTcp: boolean }

/** As a client's proxy makes it: to the Service, or to a host beside it. */
function byItself(made: Platform, to: App, { clusters, from, near, isTcp }: Itself): AccessCall {
  const { random } = made
  const { sni: _sni, ...rest } = near
  const entry = random.chance(0.3) ? entryOf(made.objects, to) : undefined
  if (entry === undefined) {
    const ends = acrossClusters(made, clusters, { from, to: near.to })
    return { ...rest, ...ends, ...(isTcp ? tcp : http(random)), mtls: 'auto' }
  }
  const spoken = calledBy(entry).protocol === 'TCP' ? tcp : http(random)
  return { ...rest, from: podOfApp(from), to: { ...near.to, port: entryTarget }, ...spoken, mtls: 'auto' }
}

const tcp = { protocol: 'tcp', claims: null } satisfies Partial<AccessCall>

type Ends = { readonly from: App; readonly to: AccessCall['to'] }

/** Both ends, of which one or the other may be in the other cluster, where it has a Pod there. */
function acrossClusters({ random }: Platform, { remotes = {} }: Around['clusters'], { from, to }: Ends) {
  const west = (ref: ObjectRef, often: number): ObjectRef => {
    const away = random.chance(often)
    const isThere = (remotes['west'] ?? []).some(
      ({ kind, metadata }) => kind === 'Pod' && metadata.name === ref.name && metadata.namespace === ref.namespace,
    )
    return away && isThere ? { ...ref, cluster: 'west' } : ref
  }
  return {
    from: { kind: 'workload' as const, ref: west(podRef(from.namespace, `${from.name}-v1`), 0.4) },
    to: { ...to, ref: west(to.ref, 0.4) },
  }
}

/** By a gateway, to Services by the way that the mesh has for it, and past it to Pods by somebody who is only described. */
export function inAmbient(made: Platform, to: App, doors: readonly Door[]): AccessCall {
  const { random, apps } = made
  const call = callOf(made, to)
  const from = random.any(apps.filter((each) => made.ambient.has(each.namespace) || made.ambient.has(to.namespace)))
  const port = random.any(to.ports)
  const door = random.chance(0.5) ? random.any(doors) : undefined
  if (door !== undefined && port !== undefined) {
    const asked = random.chance(0.5) ? { ref: serviceRef(to), port: port.number } : { ...call.to, port: port.target }
    return byDoor(made, door, { ...call, to: asked, ...(door.protocol === 'tcp' && random.chance(0.5) ? tcp : {}) })
  }
  if (from === undefined || port === undefined || random.chance(0.3)) {
    const principal = `cluster.local/ns/${random.pick(['shop', 'pay', 'far'])}/sa/${random.pick(values.accounts)}`
    return { ...call, from: { kind: 'identity', principal, ip: random.pick(['10.244.0.4', '203.0.113.5']) } }
  }
  const { sni: _sni, ...rest } = call
  return {
    ...rest,
    from: { kind: 'workload', ref: podRef(from.namespace, `${from.name}-v1`) },
    to: { ref: serviceRef(to), port: port.number },
    mtls: 'auto',
    ...(isPlain(random, port.protocol) ? tcp : http(random)),
  }
}

const podOfApp = ({ namespace, name }: App) => ({ kind: 'workload' as const, ref: podRef(namespace, `${name}-v1`) })

const serviceRef = ({ namespace, name }: App): ObjectRef => ({ ...podRef(namespace, name), kind: 'Service' })

const podRef = (namespace: string, name: string): ObjectRef => ({
  cluster: 'default',
  group: '',
  version: 'v1',
  kind: 'Pod',
  namespace,
  name,
})

/** A call that leaves nothing out. */
function callOf(made: Platform, to: App): AccessCall {
  const { random } = made
  const port = random.chance(0.9) ? random.any(to.ports) : undefined
  const number = port?.target ?? random.pick([8080, 7777])
  const mtls = random.chance(0.65)
  const service = `${to.name}.${to.namespace}.svc.cluster.local`
  return {
    from: sourceOf(made),
    to: { ref: podRef(to.namespace, `${to.name}-v1`), port: number },
    mtls,
    sni: mtls ? `outbound_.${port?.number ?? number}_._.${service}` : '',
    ...(isPlain(random, port?.protocol) ? tcp : http(random)),
  }
}

const isPlain = (random: Random, protocol: string | undefined): boolean =>
  protocol === 'tcp' || protocol === 'tls' || random.chance(0.1)

const http = (random: Random): Omit<AccessCall, 'from' | 'to' | 'mtls' | 'sni'> => ({
  protocol: 'http',
  method: random.pick(values.methods),
  path: random.pick(values.paths) + (random.chance(0.2) ? '?x=1' : ''),
  host: random.pick(values.hosts),
  headers: random.chance(0.4) ? { 'x-user': random.pick(['ann', 'bob', 'mann']) } : {},
  claims: random.chance(0.5) ? claimsOf(random) : null,
  ...(random.chance(0.3) && { remoteIp: random.pick(['203.0.113.5', '10.244.0.4', '198.51.100.7']) }),
})

function sourceOf({ random, apps }: Platform): AccessCall['from'] {
  const from = random.any(apps)
  if (from !== undefined && random.chance(0.6)) {
    return { kind: 'workload', ref: podRef(from.namespace, `${from.name}-v1`) }
  }
  const [namespace, account] = [random.pick(['shop', 'pay', 'far']), random.pick(values.accounts)]
  const trust = random.pick(['cluster.local', 'cluster.local', 'old.example.com'])
  return {
    kind: 'identity',
    principal: `${trust}/ns/${namespace}/sa/${account}`,
    ip: random.pick(['10.244.0.4', '10.244.3.3', '203.0.113.5', '198.51.100.7']),
  }
}

function claimsOf(random: Random): Claims {
  return {
    iss: random.pick([...values.issuers, 'https://unknown.example.com'] satisfies [string, ...string[]]),
    sub: random.pick(['ann', 'bob']),
    ...(random.chance(0.6) && { aud: random.pick<Claims[string]>(['shop', 'pay', 'else', ['shop', 'else']]) }),
    ...(random.chance(0.3) && { azp: random.pick(['app', 'other']) }),
    ...(random.chance(0.4) && { group: random.pick<Claims[string]>(['admins', ['staff', 'admins'], ['staff'], 7]) }),
    ...(random.chance(0.3) && { scope: random.pick(['read write', 'read', 'admin']) }),
    ...(random.chance(0.3) && {
      realm: random.pick<Claims[string]>([{ role: 'owner' }, { role: ['owner', 'guest'] }]),
    }),
  }
}
