import { RouteRequest, type RouteExplanation } from '@orbweaver/contracts/explain'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { parseAllDocuments } from 'yaml'
import { meshParts } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'
import { clusterView } from '../../world/view.ts'
import { worldOf } from '../world.ts'
import { explainRoute } from './explain.ts'

/** A small shop, for tests of routes. */

export const objectsIn = (text: string): KubernetesObject[] =>
  parseAllDocuments(text).flatMap((each) => {
    const value: unknown = each.toJS()
    return isKubernetesObject(value) ? [value] : []
  })

const ground = `
{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
---
{apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, labels: {app: client, tier: front}}, spec: {}}
---
{apiVersion: v1, kind: Pod, metadata: {name: client, namespace: other}, spec: {}}
---
{apiVersion: v1, kind: Service, metadata: {name: reviews, namespace: shop}, spec: {clusterIP: 10.0.0.1, selector: {app: reviews}, ports: [{name: http, port: 9080}, {name: tcp-raw, port: 9000}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {clusterIP: 10.0.0.2, selector: {app: cart}, ports: [{name: http, port: 9080}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: r1, namespace: shop, labels: {app: reviews, version: v1}}, spec: {}, status: {podIP: 10.1.0.1, conditions: [{type: Ready, status: 'True'}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: r2, namespace: shop, labels: {app: reviews, version: v2}}, spec: {}, status: {podIP: 10.1.0.2, conditions: [{type: Ready, status: 'False'}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: c1, namespace: shop, labels: {app: cart}}, spec: {}, status: {podIP: 10.1.0.3}}
---
`

export type Asked = Partial<Omit<RouteRequest, 'from'>> & {
  client?: string
  /** What the request arrives at, in namespace `edge`, instead of a client. */
  gateway?: string
}

/** What becomes of a request for `reviews:9080` that Pod `client` sends, in the ground's world and what is laid over it. */
export function ask({
  yaml,
  remote,
  question,
  config = {},
}: {
  yaml: string
  /** What is in another cluster, if there is one. */
  remote?: string
  question: Asked
  config?: JsonRecord
}): RouteExplanation {
  const view = clusterView('hub', objectsIn(`${ground}${yaml}`), Object.values(kinds))
  const others = remote === undefined ? [] : [clusterView('west', objectsIn(remote), Object.values(kinds))]
  const { client = 'shop', gateway, ...rest } = question
  const pod = { cluster: 'hub', group: '', version: 'v1', kind: 'Pod', namespace: client, name: 'client' }
  const group = gateway?.startsWith('k8s-') === true ? 'gateway.networking.k8s.io' : 'networking.istio.io'
  const from =
    gateway === undefined
      ? { kind: 'workload', ref: pod }
      : { kind: 'gateway', ref: { ...pod, group, kind: 'Gateway', namespace: 'edge', name: gateway } }
  const request = RouteRequest.parse({ from, host: 'reviews', port: 9080, ...rest })
  return explainRoute(worldOf(meshParts({ config: view, clusters: [view, ...others], settings: { config } })), request)
}

/** Clusters with their shares, or what else it comes to. */
export function told({ outcome }: RouteExplanation): string {
  if (outcome.kind === 'fault')
    return `fault, else ${told({ outcome: outcome.otherwise, decidedBy: null, policies: [], trail: [] })}`
  if (outcome.kind === 'routed') {
    return outcome.destinations
      .map(
        ({ cluster, weight, fails }) =>
          `${cluster} ${Math.round(weight)}${fails === undefined ? '' : ` ${fails.code}`}`,
      )
      .join(', ')
  }
  if (outcome.kind === 'redirect') return `${outcome.status} ${outcome.location}`
  return 'status' in outcome && outcome.status !== undefined ? `${outcome.kind} ${outcome.status}` : outcome.kind
}
export const codes = (explained: RouteExplanation) => explained.trail.map(({ code }) => code)
export const decided = ({ decidedBy }: RouteExplanation) =>
  decidedBy === null ? null : `${decidedBy.ref.name}${decidedBy.pointer}`

export const plain = 'outbound|9080||reviews.shop.svc.cluster.local 100'
export const cart = 'outbound|9080||cart.shop.svc.cluster.local 100'

export const rule = (name: string, spec: string, more = '') =>
  `{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: ${name}, namespace: shop${more}}, spec: ${spec}}\n---\n`
export const toCart = 'route: [{destination: {host: cart}}]'
