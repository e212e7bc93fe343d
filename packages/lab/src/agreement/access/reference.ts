import type { AccessCall, AccessVerdict } from '@orbweaver/contracts/explain-access'
import { type Json, isRecord, textAt } from '@orbweaver/contracts/json'
import { type Answer, answerOf, type Call } from '../../envoy/answer.ts'
import { listenerOf } from '../../envoy/chains.ts'
import type { ProxyConfiguration, ProxyWorld } from '../../envoy/configuration.ts'

/** What becomes of a call, in words that can be compared. */
export type Said = {
  /** `allowed`, `denied` (also for want of a token or of an identity), and what refuses before any policy. */
  readonly verdict: AccessVerdict
  /** Policies that match, of those that decide: `shop/web`. */
  readonly by: readonly string[]
}

/** The proxy of a Pod. */
export const proxyOf = (
  proxies: readonly ProxyConfiguration[],
  ref: AccessCall['to']['ref'],
): ProxyConfiguration | undefined =>
  proxies.find(
    ({ cluster, namespace, name }) => cluster === ref.cluster && namespace === ref.namespace && name === ref.name,
  )

export const proxyFor = (proxies: readonly ProxyConfiguration[], { to }: AccessCall): ProxyConfiguration | undefined =>
  proxyOf(proxies, to.ref)

export const podOf = ({ objects, remotes }: ProxyWorld, ref: AccessCall['to']['ref']) =>
  (ref.cluster === 'default' ? objects : (remotes?.[ref.cluster] ?? [])).find(
    ({ kind, metadata }) => kind === 'Pod' && metadata.namespace === ref.namespace && metadata.name === ref.name,
  )

/** The call as it comes to the proxy of its destination. */
export function callOf(world: ProxyWorld, call: AccessCall): Call {
  const { from, to, protocol, claims } = call
  const { source, principal } = callerOf(world, from)
  const tls = call.mtls === true ? { tls: tlsOf(call, principal) } : {}
  return {
    connection: {
      destination: { address: textAt(podOf(world, to.ref), 'status', 'podIP') ?? '', port: to.port },
      source,
      speaks: protocol === 'http' && call.mtls !== true ? 'http' : 'other',
      ...tls,
    },
    ...(protocol === 'http' && { request: requestOf(call) }),
    ...(isRecord(claims) && { claims }),
  }
}

/** As proxies of the mesh begin TLS with each other. */
export const tlsOf = ({ protocol, sni }: AccessCall, principal: string): NonNullable<Call['connection']['tls']> => ({
  alpn: protocol === 'http' ? ['istio-http/1.1'] : ['istio-peer-exchange', 'istio'],
  principal: `spiffe://${principal}`,
  ...(sni !== undefined && sni !== '' && { sni }),
})

export const requestOf = ({ method, path, host, headers, remoteIp }: AccessCall): NonNullable<Call['request']> => ({
  method: method ?? 'GET',
  path: path ?? '/',
  authority: host ?? '',
  scheme: 'http',
  headers: { ...headers, ...(remoteIp !== undefined && { 'x-forwarded-for': remoteIp }) },
})

export function callerOf(world: ProxyWorld, from: AccessCall['from']): { source: string; principal: string } {
  if (from.kind === 'identity') return { source: from.ip ?? '10.244.9.9', principal: from.principal ?? '' }
  const pod: Json | undefined = asRecord(podOf(world, from.ref))
  const account = textAt(pod, 'spec', 'serviceAccountName') ?? 'default'
  return {
    source: textAt(pod, 'status', 'podIP') ?? '',
    principal: `cluster.local/ns/${from.ref.namespace ?? ''}/sa/${account}`,
  }
}

const asRecord = (value: unknown): Json | undefined => (isRecord(value) ? value : undefined)

/** What the generated configuration of the destination does with a call. */
export function reference(world: ProxyWorld, proxy: ProxyConfiguration, call: AccessCall): Said {
  const arriving = callOf(world, call)
  const listener = listenerOf(proxy.listeners, 'inbound', arriving.connection.destination)
  return saidOf(answerOf(proxy, listener, arriving), call)
}

/** TLS that is not of the mesh is the application's to end. */
export function opening(answer: Answer): Answer {
  return answer.kind !== 'not-http' && 'sealed' in answer ? { ...answer, sealed: false } : answer
}

export function saidOf(answer: Answer, call: AccessCall): Said {
  // The application gets TLS that it did not ask for.
  if ('sealed' in answer && answer.sealed === true) return { verdict: 'refused-tls', by: [] }
  switch (answer.kind) {
    case 'refused':
      return { verdict: call.mtls === true ? 'refused-tls' : 'refused-plaintext', by: [] }
    case 'not-http':
      return { verdict: 'denied', by: [] }
    case 'denied':
      return { verdict: 'denied', by: answer.matching.map(policyOf) }
    case 'unauthorized':
      return { verdict: 'invalid-token', by: [] }
    case 'asks':
      return { verdict: 'asks-provider', by: answer.matching.map(policyOf) }
    case 'tcp':
    case 'http':
      return { verdict: 'allowed', by: answer.allowedBy.map(policyOf) }
  }
}

/** `ns[shop]-policy[web]-rule[0]`, before which a provider may be named. */
function policyOf(name: string): string {
  const [, namespace = '', policy = ''] = /ns\[([^\]]*)\]-policy\[([^\]]*)\]/u.exec(name) ?? []
  return `${namespace}/${policy}`
}
