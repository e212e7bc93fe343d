import type { RouteRequest } from '@orbweaver/contracts/explain'
import { type Json, listAt, numberAt, recordAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import { hasLabels } from '@orbweaver/istio/world/labels'
import { createRandom } from '../random.ts'
import { suffix } from '../routes/rules.ts'
import type { RouteWorld } from '../routes/generate.ts'
import type { World } from '../real-judges.ts'
import { isIstioGateway, isKubernetesGateway, type Populated, populate } from './populate.ts'

/** Requests a world; those that there are beyond it are left out evenly. */
const most = 60
const sources = 4

/** Who may is another question. */
const isOfAccess = ({ kind }: KubernetesObject): boolean =>
  kind === 'AuthorizationPolicy' || kind === 'RequestAuthentication'

/** A folder's configuration with Pods, and what its rules and services give reason to ask. */
export function requestsOf({ id, objects, meshConfig = '' }: World): RouteWorld {
  const made = populate(objects.filter((each) => !isOfAccess(each)))
  const all = [...inside(made), ...atGateways(made)]
  const random = createRandom(all.length)
  const requests = all.filter(() => random.chance(most / Math.max(all.length, 1)))
  const names = requests.map(({ from: { ref } }) => ({ namespace: ref.namespace ?? '', name: ref.name }))
  return {
    id,
    objects: made.objects,
    meshConfig,
    proxies: [...new Map(names.map((each) => [`${each.namespace}/${each.name}`, each])).values()],
    requests,
  }
}

type Asked = Pick<RouteRequest, 'host' | 'port' | 'protocol' | 'method' | 'path' | 'headers'>

const plain = { method: 'GET', path: '/', headers: {} }

function inside({ objects, workloads }: Populated): readonly RouteRequest[] {
  const asked = [...objects.flatMap(toService), ...objects.flatMap(toEntry)]
  const matched = new Map(
    rulesOf(objects, isOfMesh).flatMap((rule) => hostsOf(rule).map((host) => [host, matchesOf(rule)])),
  )
  const all = asked.flatMap((each) => [each, ...(matched.get(each.host) ?? []).map((match) => ({ ...each, ...match }))])
  return workloads
    .slice(0, sources)
    .flatMap((pod) => all.map((each) => ({ ...each, from: { kind: 'workload' as const, ref: refOf('default', pod) } })))
}

function toService({ kind, metadata, ...service }: KubernetesObject): readonly Asked[] {
  if (kind !== 'Service') return []
  const host = `${metadata.name}.${metadata.namespace ?? 'default'}.${suffix}`
  return listAt(service, 'spec', 'ports').flatMap((each) => {
    const port = numberAt(each, 'port')
    const name = textAt(each, 'appProtocol') ?? textAt(each, 'name') ?? ''
    return port === undefined || textAt(each, 'protocol') === 'UDP'
      ? []
      : [{ ...plain, host, port, protocol: spokenBy(name) }]
  })
}

function toEntry({ kind, ...entry }: KubernetesObject): readonly Asked[] {
  if (kind !== 'ServiceEntry') return []
  return textsAt(entry, 'spec', 'hosts').flatMap((host) =>
    listAt(entry, 'spec', 'ports').flatMap((each) => {
      const port = numberAt(each, 'number')
      const protocol = spokenBy((textAt(each, 'protocol') ?? '').toLowerCase())
      return port === undefined ? [] : [{ ...plain, host: within(host), port, protocol }]
    }),
  )
}

const spokenBy = (name: string): Asked['protocol'] =>
  /^(tls|https)/.test(name) ? 'tls' : /^(tcp|mysql|mongo|redis|postgres)/.test(name) ? 'tcp' : 'http'

/** A name that a wildcard stands for. */
const within = (host: string): string => (host === '*' ? 'any.example.com' : host.replace(/^\*/, 'a'))

function atGateways({ objects, gateways }: Populated): readonly RouteRequest[] {
  return gateways.flatMap((pod) =>
    objects
      .filter((each) => serves(pod, each))
      .flatMap((gateway) => {
        const rules = rulesOf(objects, (rule) => isBoundTo(rule, gateway))
        const from = { kind: 'gateway' as const, ref: refOf('default', pod) }
        return doorsOf(gateway).flatMap(({ hosts, ...door }) =>
          ['nowhere.test', ...hosts, ...rules.flatMap(hostsOf)].flatMap((host) => {
            const own = { ...plain, ...door, host, from }
            return [own, ...rules.flatMap(matchesOf).map((match) => ({ ...own, ...match }))]
          }),
        )
      }),
  )
}

type GatewayDoor = Pick<Asked, 'port' | 'protocol'> & { readonly hosts: readonly string[] }

/** Servers of Istio's Gateway, listeners of the other. */
const doorsOf = (gateway: KubernetesObject): readonly GatewayDoor[] => [
  ...listAt(gateway, 'spec', 'servers')
    .filter(isForAll)
    .map((server) => ({
      port: numberAt(server, 'port', 'number') ?? 80,
      protocol: atServer(textAt(server, 'port', 'protocol') ?? 'HTTP', textAt(server, 'tls', 'mode') ?? ''),
      hosts: textsAt(server, 'hosts').map((each) => within(each.slice(each.indexOf('/') + 1))),
    })),
  ...listAt(gateway, 'spec', 'listeners').map((listener) => ({
    port: numberAt(listener, 'port') ?? 80,
    protocol: atServer(textAt(listener, 'protocol') ?? 'HTTP', textAt(listener, 'tls', 'mode') ?? ''),
    hosts: [within(textAt(listener, 'hostname') ?? 'any.example.com')],
  })),
]

/** Whether a client has a certificate is no part of a request. */
const isForAll = (server: Json): boolean => !(textAt(server, 'tls', 'mode') ?? '').includes('MUTUAL')

function serves(pod: KubernetesObject, gateway: KubernetesObject): boolean {
  if (isIstioGateway(gateway)) return hasLabels(pod, stringsAt(gateway, 'spec', 'selector'))
  return isKubernetesGateway(gateway) && pod.metadata.name === `${gateway.metadata.name}-istio-0`
}

function atServer(protocol: string, mode: string): Asked['protocol'] {
  const spoken = protocol.toUpperCase()
  if (spoken === 'HTTPS') return mode === 'PASSTHROUGH' ? 'tls' : 'https'
  return spoken === 'TLS' ? 'tls' : spoken === 'TCP' || spoken === 'MONGO' ? 'tcp' : 'http'
}

const ruleKinds = new Set(['VirtualService', 'HTTPRoute'])

const rulesOf = (objects: readonly KubernetesObject[], isWanted: (rule: KubernetesObject) => boolean) =>
  objects.filter((each) => ruleKinds.has(each.kind) && isWanted(each))

const isOfMesh = (rule: KubernetesObject): boolean => {
  if (rule.kind !== 'VirtualService') return false
  const gateways = textsAt(rule, 'spec', 'gateways')
  return gateways.length === 0 || gateways.includes('mesh')
}

const isBoundTo = (rule: KubernetesObject, { metadata }: KubernetesObject): boolean =>
  listAt(rule, 'spec', 'parentRefs').some((each) => textAt(each, 'name') === metadata.name) ||
  textsAt(rule, 'spec', 'gateways').some(
    (each) =>
      each === `${metadata.namespace ?? 'default'}/${metadata.name}` ||
      (each === metadata.name && rule.metadata.namespace === metadata.namespace),
  )

/** As they are asked for: in full. */
function hostsOf(rule: KubernetesObject): readonly string[] {
  const namespace = rule.metadata.namespace ?? 'default'
  return [...textsAt(rule, 'spec', 'hosts'), ...textsAt(rule, 'spec', 'hostnames')].map((host) =>
    host.includes('.') || host === '*' ? within(host) : `${host}.${namespace}.${suffix}`,
  )
}

/** One request for each way a rule matches, as far as it says exactly what. */
function matchesOf(rule: KubernetesObject): readonly Pick<Asked, 'method' | 'path' | 'headers'>[] {
  return [
    ...listAt(rule, 'spec', 'http')
      .flatMap((http) => listAt(http, 'match'))
      .map((match) => ({
        method: textAt(match, 'method', 'exact') ?? 'GET',
        path: textAt(match, 'uri', 'exact') ?? `${textAt(match, 'uri', 'prefix') ?? '/'}x`,
        headers: Object.fromEntries(
          Object.entries(recordAt(match, 'headers')).map(([name, value]) => [
            name,
            textAt(value, 'exact') ?? `${textAt(value, 'prefix') ?? ''}a`,
          ]),
        ),
      })),
    ...listAt(rule, 'spec', 'rules')
      .flatMap((each) => listAt(each, 'matches'))
      .map((match) => ({
        method: textAt(match, 'method') ?? 'GET',
        path: textAt(match, 'path', 'value') ?? '/x',
        headers: Object.fromEntries(
          listAt(match, 'headers').map((each) => [textAt(each, 'name') ?? '', textAt(each, 'value') ?? '']),
        ),
      })),
  ]
}
