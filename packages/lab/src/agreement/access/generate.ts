import type { AccessCall, Claims } from '@orbweaver/contracts/explain-access'
import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { ProxyWorld } from '../../envoy/configuration.ts'
import { waypoints } from '../proxies/ambient.ts'
import { clustersOf } from '../proxies/networks.ts'
import { type App, type Platform, platform } from '../proxies/platform.ts'
import { createRandom, type Random } from '../random.ts'
import { authorizationPolicy, peerAuthentication, requestAuthentication, values } from './policies.ts'

export type AccessWorld = ProxyWorld & { readonly calls: readonly AccessCall[] }

/** Calls a world. */
const asked = 24

/** One world with policies of all kinds, and calls of its workloads. The same number, the same world. */
export function generate(seed: number): AccessWorld {
  const random = createRandom(seed * 104_729 + 31)
  const made = platform(random)
  for (let each = random.below(6); each > 0; each--) authorizationPolicy(made, `policy-${each}`)
  for (let each = random.below(4); each > 0; each--) peerAuthentication(made, `peers-${each}`)
  for (let each = random.below(3); each > 0; each--) requestAuthentication(made, `tokens-${each}`)
  const inner = made.ambient.size > 0 ? waypoints(made) : []
  const targets = [random.any(made.apps), random.any(made.apps)].filter((each) => each !== undefined)
  const calls = Array.from({ length: asked }, () => random.any(targets)).flatMap((to) =>
    to === undefined ? [] : [made.ambient.size > 0 ? inAmbient(made, to) : callOf(made, to)],
  )
  return {
    id: String(seed),
    ...clustersOf(made),
    meshConfig: settings(random),
    ambient: made.ambient.size > 0,
    proxies: [
      ...inner,
      ...targets
        .filter((app) => !made.ambient.has(app.namespace))
        .flatMap(({ namespace, name, versions }) =>
          versions.map((version) => ({ namespace, name: `${name}-${version}` })),
        ),
    ],
    calls,
  }
}

/** To Services by the way that the mesh has for it, and past it to Pods by somebody who is only described. */
function inAmbient(made: Platform, to: App): AccessCall {
  const { random, apps } = made
  const call = callOf(made, to)
  const from = random.any(apps.filter((each) => made.ambient.has(each.namespace) || made.ambient.has(to.namespace)))
  const port = random.any(to.ports)
  if (from === undefined || port === undefined || random.chance(0.3)) {
    const principal = `cluster.local/ns/${random.pick(['shop', 'pay', 'far'])}/sa/${random.pick(values.accounts)}`
    return { ...call, from: { kind: 'identity', principal, ip: random.pick(['10.244.0.4', '203.0.113.5']) } }
  }
  const { sni: _sni, ...rest } = call
  return {
    ...rest,
    from: { kind: 'workload', ref: podRef(from.namespace, `${from.name}-v1`) },
    to: { ref: { ...podRef(to.namespace, to.name), kind: 'Service' }, port: port.number },
    mtls: 'auto',
    ...(isPlain(random, port.protocol) ? { protocol: 'tcp', claims: null } : http(random)),
  }
}

const good = 'service: api.shop.svc.cluster.local, port: 80'

/** Some that istiod can build, and some that it cannot: what is sent to those is denied. Of one name the last counts. */
const providers: readonly string[] = [
  `{ name: gate, envoyExtAuthzHttp: { ${good} } }`,
  `{ name: calls, envoyExtAuthzGrpc: { ${good} } }`,
  `{ name: twice, envoyExtAuthzHttp: { ${good} } }`,
  `{ name: twice, envoyExtAuthzGrpc: { ${good} } }`,
  `{ name: lost, envoyExtAuthzHttp: { service: nowhere.example.com, port: 80 } }`,
  `{ name: odd, envoyExtAuthzHttp: { ${good}, pathPrefix: odd } }`,
  `{ name: traces, zipkin: { ${good} } }`,
]

const settings = (random: Random): string =>
  [
    `extensionProviders: [${providers.join(', ')}]`,
    ...(random.chance(0.2) ? ['trustDomainAliases: [old.example.com]'] : []),
    ...(random.chance(0.2)
      ? [`pathNormalization: { normalization: ${random.pick(['NONE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES'])} }`]
      : []),
  ].join('\n')

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
    ...(isPlain(random, port?.protocol) ? { protocol: 'tcp', claims: null } : http(random)),
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
