import { type Json, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { covers, exportToOf, isVisible, resolveHost } from '../world/hosts.ts'
import { kinds } from '../world/kinds.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import { defineIndex, type Index } from './index-of.ts'
import { destinationsOf } from './virtualservice/destinations.ts'
import { wildcardsIn } from './wildcards.ts'
import type { MeshWorld } from './world.ts'

/** A subset where a DestinationRule defines it; its host resolved. */
export type Subset = { host: string; name: string; value: Json; pointer: string }

/** A subset where a VirtualService routes to it; its host resolved. */
export type Routed = { host: string; name: string; namespace: string }

/** DestinationRules by their host as they write it: a name without dots with the namespace it is said in. */
const rulesByHost: Index<KubernetesObject> = defineIndex({
  name: 'destination rules by host',
  kinds: [kinds.destinationRule],
  entries: (object) => [[hostKey(textAt(object, 'spec', 'host') ?? '', namespaceOf(object)), object]],
})

const ruleWildcards = wildcardsIn(rulesByHost)

/** Subsets that VirtualServices route to, by host as `rulesByHost`; under `*` all of them. */
const routedByHost: Index<Routed> = defineIndex({
  name: 'routed subsets by host',
  kinds: [kinds.virtualService],
  entries: (object) => {
    const namespace = namespaceOf(object)
    return destinationsOf(object).flatMap(({ host, subset }): [string, Routed][] => {
      if (subset === undefined) return []
      const routed = { host: hostKey(host, namespace), name: subset, namespace }
      return [
        [routed.host, routed],
        ['*', routed],
      ]
    })
  },
})

/** Short names resolved under the usual domain: one key for a host whoever says it. */
function hostKey(host: string, namespace: string): string {
  return resolveHost(host, namespace)
}

const usual = '.svc.cluster.local'

/** A host as it is written in full, and as short names for it are kept: under the mesh's own domain and under the usual one. */
function spellingsOf(host: string, domain: string): string[] {
  const own = `.svc.${domain}`
  if (own === usual) return [host]
  const [from, to] = host.endsWith(own) ? [own, usual] : [usual, own]
  return host.endsWith(from) ? [host, `${host.slice(0, -from.length)}${to}`] : [host]
}

/** Short names stand under the domain. */
export function subsetsOf(rule: KubernetesObject, domain?: string): Subset[] {
  const host = resolveHost(textAt(rule, 'spec', 'host') ?? '', namespaceOf(rule), domain)
  return listAt(rule, 'spec', 'subsets').flatMap((value, index) => {
    const name = textAt(value, 'name')
    return name === undefined ? [] : [{ host, name, value, pointer: `/spec/subsets/${index}` }]
  })
}

/** The DestinationRules for this very host, resolved, wherever they are. */
export function rulesOf(world: MeshWorld, host: string): readonly KubernetesObject[] {
  return spellingsOf(host, world.mesh.domain).flatMap((each) => world.look(rulesByHost, each))
}

/** The DestinationRules that speak of a resolved host, the most specific first. */
export function rulesFor(world: MeshWorld, host: string): readonly KubernetesObject[] {
  const wildcards = spellingsOf(host, world.mesh.domain).flatMap((each) => ruleWildcards(world, each))
  const own = rulesOf(world, host)
  return wildcards.length === 0
    ? own
    : [...own, ...[...new Set(wildcards)].flatMap((each) => world.look(rulesByHost, each))]
}

/** Whether some visible DestinationRule defines a subset of a host; which one a client uses depends on its place. */
export function isDefined(world: MeshWorld, wanted: Routed): boolean {
  return rulesFor(world, wanted.host).some(
    (rule) => defines(rule, wanted.name) && isVisible(exportToOf(rule), namespaceOf(rule), wanted.namespace),
  )
}

function defines(rule: KubernetesObject, subset: string): boolean {
  return listAt(rule, 'spec', 'subsets').some((each) => textAt(each, 'name') === subset)
}

/** Whether some VirtualService routes to a subset of this rule. */
export function isRouted(world: MeshWorld, rule: KubernetesObject, subset: Subset): boolean {
  const spellings = (host: string) => spellingsOf(host, world.mesh.domain)
  const keys = subset.host.startsWith('*') ? ['*'] : spellings(subset.host)
  const candidates = keys.flatMap((key) => world.look(routedByHost, key))
  return candidates.some(
    (each) =>
      each.name === subset.name &&
      spellings(each.host).some((host) => covers(subset.host, host)) &&
      isVisible(exportToOf(rule), namespaceOf(rule), each.namespace),
  )
}
