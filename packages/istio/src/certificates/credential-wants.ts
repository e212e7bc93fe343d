import { at, type Json, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { caSuffix } from './credential.ts'

/** What a rule asks of Secrets, before anybody looks where its proxies are. */
export type Wanted = {
  pointer: string
  /** Secrets with certificate and key, by name. */
  pairs: string[]
  /** The Secret its CA is looked for in, and the one that is looked into where that is not there. */
  ca?: { name: string; or?: string }
}

/** TLS of a Gateway's servers that ends there (istio pilot/pkg/networking/core/gateway.go buildGatewayListenerTLSContext, 1.30). */
export function serverWants(gateway: KubernetesObject): Wanted[] {
  return listAt(gateway, 'spec', 'servers').flatMap((server, index) => {
    const tls = at(server, 'tls')
    const several = textsAt(tls, 'credentialNames')
    const pairs = (several.length > 0 ? several : [textAt(tls, 'credentialName') ?? '']).flatMap(plainName)
    const mode = textAt(tls, 'mode') ?? 'PASSTHROUGH'
    if (!ending.has(mode) || pairs.length === 0) return []
    const ca = mode === 'SIMPLE' ? undefined : caOf(tls, pairs[0] ?? '')
    return [{ pointer: `/spec/servers/${index}/tls`, pairs, ...(ca !== undefined && { ca }) }]
  })
}

const ending = new Set(['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'])

/** TLS that clients begin: of all traffic, of single ports, of subsets. */
export function clientWants(rule: KubernetesObject): Wanted[] {
  const policies = [
    { pointer: '/spec/trafficPolicy', policy: at(rule, 'spec', 'trafficPolicy') },
    ...listAt(rule, 'spec', 'subsets').map((subset, index) => ({
      pointer: `/spec/subsets/${index}/trafficPolicy`,
      policy: at(subset, 'trafficPolicy'),
    })),
  ]
  return policies.flatMap(({ pointer, policy }) => [
    ...clientTls(at(policy, 'tls'), `${pointer}/tls`),
    ...listAt(policy, 'portLevelSettings').flatMap((port, index) =>
      clientTls(at(port, 'tls'), `${pointer}/portLevelSettings/${index}/tls`),
    ),
  ])
}

/** A client that shows no certificate takes the CA of its server from the Secret, and nothing else. */
function clientTls(tls: Json | undefined, pointer: string): Wanted[] {
  const mode = textAt(tls, 'mode')
  const [name] = plainName(textAt(tls, 'credentialName') ?? '')
  if (name === undefined || (mode !== 'SIMPLE' && mode !== 'MUTUAL')) return []
  return [{ pointer, pairs: mode === 'MUTUAL' ? [name] : [], ca: { name: `${name}${caSuffix}`, or: name } }]
}

function caOf(tls: Json | undefined, pair: string): Wanted['ca'] {
  const [named] = plainName(textAt(tls, 'caCertCredentialName') ?? '')
  return named === undefined ? { name: `${pair}${caSuffix}`, or: pair } : { name: named }
}

/** Names with another scheme are no Secrets of the cluster (pilot/pkg/model/credentials/resource.go). */
function plainName(name: string): string[] {
  const bare = name.replace(/^kubernetes:\/\//, '')
  return bare === '' || bare.includes('://') || bare.includes('/') ? [] : [bare]
}
