import { RouteExplanation, type RouteRequest, RouteRequest as Request } from '@orbweaver/contracts/explain'
import { isRecord, type Json } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, it } from 'vitest'
import { meshParts } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'
import { clusterView } from '../../world/view.ts'
import { worldOf } from '../world.ts'
import { explainRoute } from './explain.ts'
import { objectsIn } from './samples.ts'

const world = objectsIn(`
{apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, labels: {app: client}}, spec: {nodeName: n}, status: {podIP: 10.1.0.1}}
---
{apiVersion: v1, kind: Node, metadata: {name: n, labels: {topology.kubernetes.io/region: r}}}
---
{apiVersion: v1, kind: Service, metadata: {name: reviews, namespace: shop}, spec: {clusterIP: 10.0.0.1, selector: {app: client}, ports: [{name: http, port: 80, targetPort: web}, {name: x, port: 9000}]}}
---
{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: e, namespace: shop, labels: {kubernetes.io/service-name: reviews}}, ports: [{name: http, port: 80}], endpoints: [{addresses: [10.1.0.1], conditions: {ready: true}, targetRef: {kind: Pod, name: client}}]}
---
{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: v, namespace: shop}, spec: {hosts: [reviews, "*.example"], gateways: [mesh, g], http: [{match: [{uri: {prefix: /}, headers: {a: {exact: b}}, queryParams: {q: {regex: ".*"}}, sourceLabels: {app: client}}], route: [{destination: {host: reviews, subset: v1, port: {number: 80}}, weight: 1}, {destination: {host: reviews}, weight: 2}], mirror: {host: reviews}, fault: {abort: {httpStatus: 500, percentage: {value: 1}}}, retries: {attempts: 1}}, {delegate: {name: d}}, {redirect: {uri: /x}}], tcp: [{match: [{port: 9000}], route: [{destination: {host: reviews}}]}], tls: [{match: [{sniHosts: ["*.example"]}], route: [{destination: {host: reviews}}]}]}}
---
{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: d, namespace: shop}, spec: {http: [{route: [{destination: {host: reviews}}]}]}}
---
{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: r, namespace: shop}, spec: {host: reviews, trafficPolicy: {tls: {mode: SIMPLE}, portLevelSettings: [{port: {number: 80}}]}, subsets: [{name: v1, labels: {app: client}}], workloadSelector: {matchLabels: {app: client}}}}
---
{apiVersion: networking.istio.io/v1, kind: Sidecar, metadata: {name: s, namespace: shop}, spec: {egress: [{port: {number: 9000, protocol: TCP}, hosts: ["*/*"]}, {hosts: ["./*", "*/*.example"]}], outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}
---
{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: e, namespace: shop}, spec: {hosts: [db.example], addresses: [10.2.0.0/16], ports: [{number: 9000, name: tcp, protocol: TCP}], resolution: STATIC, endpoints: [{address: 10.3.0.1, ports: {tcp: 1}}]}}
---
{apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: g, namespace: shop}, spec: {selector: {app: client}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*/*.example"]}, {port: {number: 443, name: tls, protocol: TLS}, hosts: ["*"], tls: {mode: PASSTHROUGH}}]}}
---
{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: p, namespace: shop}, spec: {selector: {matchLabels: {app: client}}, mtls: {mode: STRICT}, portLevelMtls: {"80": {mode: DISABLE}}}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: k, namespace: shop}, spec: {gatewayClassName: istio, listeners: [{name: a, port: 80, protocol: HTTP, hostname: "*.example", allowedRoutes: {namespaces: {from: All}}}, {name: b, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: c}]}}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: h, namespace: shop}, spec: {parentRefs: [{name: k}, {kind: Service, group: '', name: reviews}], hostnames: [a.example], rules: [{matches: [{path: {type: Exact, value: /}, headers: [{name: a, value: b}]}], filters: [{type: RequestRedirect, requestRedirect: {port: 1}}, {type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch}}}], backendRefs: [{name: reviews, port: 80}], retry: {codes: [500]}, timeouts: {request: 1s}}]}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: TLSRoute, metadata: {name: t, namespace: shop}, spec: {parentRefs: [{kind: Service, group: '', name: reviews}], rules: [{backendRefs: [{name: reviews, port: 80, weight: 0}]}]}}
`)

/** Mulberry32: the same seed, the same numbers below a bound. */
function below(seed: number): (bound: number) => number {
  let state = seed >>> 0
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0
    const mixed = Math.imul(state ^ (state >>> 15), state | 1)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * bound)
  }
}

const strange: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e9,
  '',
  '*',
  '(',
  'a/b/c',
  [],
  [null],
  {},
  { a: [{}] },
  '~',
  'ns/*',
]

/** The value with something strange in one place. */
function twisted(value: Json, dice: (bound: number) => number): Json {
  const keys = Array.isArray(value) ? [...value.keys()].map(String) : isRecord(value) ? Object.keys(value) : []
  const key = keys[dice(keys.length + 1)]
  if (key === undefined) return strange[dice(strange.length)] ?? null
  if (Array.isArray(value)) return value.map((each, index) => (String(index) === key ? twisted(each, dice) : each))
  return isRecord(value) ? { ...value, [key]: twisted(value[key] ?? null, dice) } : value
}

function twistedObject(object: KubernetesObject, dice: (bound: number) => number): KubernetesObject {
  const value: unknown = { ...object, spec: twisted(object.spec ?? null, dice) }
  return isKubernetesObject(value) ? value : object
}

const ref = (kind: string, name: string, group = '') => ({
  cluster: 'hub',
  group,
  version: 'v1',
  kind,
  namespace: 'shop',
  name,
})
const sources: readonly RouteRequest['from'][] = [
  { kind: 'workload', ref: ref('Pod', 'client') },
  { kind: 'gateway', ref: ref('Gateway', 'g', 'networking.istio.io') },
  { kind: 'gateway', ref: ref('Gateway', 'k', 'gateway.networking.k8s.io') },
]
const requests = sources.flatMap((from) =>
  ['http', 'https', 'tls', 'tcp'].flatMap((protocol) =>
    [80, 443, 9000].map((port) =>
      Request.parse({
        from,
        host: port === 9000 ? 'db.example' : 'reviews',
        port,
        protocol,
        path: '/a?q=1',
        headers: { a: 'b' },
      }),
    ),
  ),
)

it('tells something sound of any world, and never throws', () => {
  for (let seed = 1; seed <= 150; seed += 1) {
    const dice = below(seed)
    const objects = world.map((each) => (dice(2) === 0 ? twistedObject(each, dice) : each))
    const mesh = worldOf(meshParts({ config: clusterView('hub', objects, Object.values(kinds)) }))
    const request = requests[dice(requests.length)]
    for (const each of request === undefined ? [] : [request, ...requests.slice(0, 6)]) {
      expect(RouteExplanation.safeParse(explainRoute(mesh, each)).error, `seed ${seed}`).toBeUndefined()
    }
  }
})
