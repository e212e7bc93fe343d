import { type Json, recordAt, stringsAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { certificateOf, credentialFault } from '../secrets.ts'
import type { CertificateFacts } from '../x509-facts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { podsWith } from '../pods.ts'
import type { MeshWorld } from '../world.ts'

/** Two weeks: renewals that work by themselves have happened long before. */
export const soon = 14 * 86_400_000

/** Where Pods of a Gateway are, each place once. */
export type Place = { cluster: string; namespace: string }

export function placesOf(world: MeshWorld, gateway: KubernetesObject): Place[] {
  const pods = podsWith(world, stringsAt(gateway, 'spec', 'selector'))
  const places = pods.map(({ cluster, pod }) => ({ cluster, namespace: namespaceOf(pod) }))
  return [...new Map(places.map((each) => [`${each.cluster}/${each.namespace}`, each])).values()]
}

/** A proxy is given what its own cluster has, else what the cluster of the configuration has (multicluster.go, ForCluster). */
export function secretAt(world: MeshWorld, { cluster, namespace, name }: Place & { name: string }) {
  const own = world.clusters.find((each) => each.cluster === cluster)?.get(kinds.secret, name, namespace)
  return own ?? world.config.get(kinds.secret, name, namespace)
}

/** The only Secret there that a gateway can use for these hosts, and, where it is said, long enough. */
export function onlyUsable(
  world: MeshWorld,
  { cluster, namespace }: Place,
  { hosts, until = 0 }: { hosts: readonly string[]; until?: number },
): string | undefined {
  const view = world.clusters.find((each) => each.cluster === cluster)
  const [only, ...others] = (view?.list(kinds.secret, namespace) ?? []).filter((each) => {
    const facts = certificateOf(each)
    if (facts === undefined || facts === 'unknown' || credentialFault(each, world.now()) !== undefined) return false
    return facts.notAfter >= until && hosts.every((host) => isForAny(facts, host))
  })
  return others.length > 0 ? undefined : only?.metadata.name
}

/** Hosts of a server without the namespaces that its rules may be of. */
export function hostNamesOf(server: Json): string[] {
  return textsAt(server, 'hosts').map((host) => host.slice(host.indexOf('/') + 1))
}

/** Whether clients take a certificate for a host (RFC 6125): by its names, a wildcard for one label; none says nothing. */
export function isForAny({ names }: CertificateFacts, host: string): boolean {
  return host === '*' || names.length === 0 || names.some((each) => isFor(each.toLowerCase(), host.toLowerCase()))
}

function isFor(name: string, host: string): boolean {
  if (name === host) return true
  return name.startsWith('*.') && !host.startsWith('*') && host.slice(host.indexOf('.')) === name.slice(1)
}

type Named = { server: Json; base: string; place: Place }

/** Of the Secret itself, of one beside it with the suffix `-cacert`, or of one that is named (pilot/pkg/credentials/kube). */
export function lacksCa(world: MeshWorld, secret: KubernetesObject, { server, base, place }: Named): boolean {
  if (!['MUTUAL', 'OPTIONAL_MUTUAL'].includes(textAt(server, 'tls', 'mode') ?? '')) return false
  const keys = { ...recordAt(secret, 'data'), ...recordAt(secret, 'stringData') }
  if (Object.keys(keys).length === 0 || 'ca.crt' in keys || 'cacert' in keys) return false
  const named = ['caCertificates', 'caCertCredentialName'].some((each) => (textAt(server, 'tls', each) ?? '') !== '')
  return !named && secretAt(world, { ...place, name: `${base}-cacert` }) === undefined
}
