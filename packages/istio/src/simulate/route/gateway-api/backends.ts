import type { Place } from '@orbweaver/contracts/explain'
import { isRecord, type Json, type JsonRecord, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../../findings/world.ts'
import { kindOf, kinds } from '../../../world/kinds.ts'
import { namespaceOf } from '../../../world/namespace-of.ts'
import { registry } from '../services.ts'
import { headersOf } from './headers.ts'
import { isGranted, kindIn } from './references.ts'

/** A route being read: in the mesh nobody needs to be let. */
export type Reading = { world: MeshWorld; route: KubernetesObject; isMesh: boolean }

/** What istiod cannot make anything of: the whole route has no effect then. */
export class Unusable extends Error {}

/** A destination; without a host where it is refused or of an unknown kind, and whether it is there. */
export function destinationOf(reading: Reading, reference: Json): { destination: JsonRecord; found: boolean } {
  const { world, route, isMesh } = reading
  const own = namespaceOf(route)
  const name = textAt(reference, 'name') ?? ''
  const kind = kindIn(reference, { group: '', kind: 'Service' })
  const namespace = textAt(reference, 'namespace') ?? own
  const reaching = { from: kindOf(route), fromNamespace: own, to: kind, toNamespace: namespace, name }
  if (!isMesh && !isGranted(world, reaching)) return { destination: {}, found: false }
  const host = hostOf(world, { kind, name, namespace, isElsewhere: textAt(reference, 'namespace') !== undefined })
  if (host === undefined) return { destination: {}, found: false }
  const number = numberAt(reference, 'port')
  if (number === undefined) throw new Unusable('a backend without a port')
  return { destination: { host: host.name, port: { number } }, found: host.found }
}

type Named = { kind: string; name: string; namespace: string; isElsewhere: boolean }

function hostOf(
  world: MeshWorld,
  { kind, name, namespace, isElsewhere }: Named,
): { name: string; found: boolean } | undefined {
  if (kind === kinds.service || kind === 'multicluster.x-k8s.io/ServiceImport') {
    if (kind === kinds.service && name.includes('.')) throw new Unusable('a name of a Service with dots')
    const found = world.config.get(kinds.service, name, namespace) !== undefined
    return { name: `${name}.${namespace}.svc.${world.mesh.domain}`, found }
  }
  if (kind !== 'networking.istio.io/Hostname') return undefined
  if (isElsewhere) throw new Unusable('a host with a namespace')
  return { name, found: world.known(registry).of(name).length > 0 }
}

/** Sum of weights, one where none is said. */
export function weightSum(rule: Json): number {
  return listAt(rule, 'backendRefs').reduce<number>((sum, each) => sum + (numberAt(each, 'weight') ?? 1), 0)
}

/** Backends that have a weight, as destinations of a VirtualService, and where each is said (buildHTTPDestination). */
export function destinationsOf(reading: Reading, rule: Json, pointer: string): { route: Json[]; places: Place[] } {
  const ref = refOf(reading.world.config.cluster, reading.route)
  const used = listAt(rule, 'backendRefs')
    .map((each, index) => ({ each, index, weight: numberAt(each, 'weight') ?? 1 }))
    .filter(({ weight }) => weight > 0)
  return {
    route: used.map(({ each, weight }): Json => {
      const { destination } = destinationOf(reading, each)
      const headers = headersOf(listAt(each, 'filters'))
      return {
        destination,
        weight: used.length === 1 ? 0 : weight,
        ...(isRecord(headers) && { headers }),
      }
    }),
    places: used.map(({ index }) => ({ ref, pointer: `${pointer}/backendRefs/${index}` })),
  }
}
