import { type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import { groupedBy } from '../world/grouped.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import { destinationsOf } from './routes.ts'
import { covers, exportToOf, isVisible, type MeshWorld, resolveHost } from './world.ts'

/** A subset where a DestinationRule defines it; its host resolved. */
export type Subset = { rule: KubernetesObject; host: string; name: string; value: Json; pointer: string }

/** A subset where a VirtualService routes to it; its host resolved. */
type Routed = { host: string; name: string; namespace: string }

/** Every subset of the mesh. */
export function subsetsOf(world: MeshWorld): Subset[] {
  return world.config.list(kinds.destinationRule).flatMap((rule) =>
    listAt(rule, 'spec', 'subsets').flatMap((value, index) => {
      const name = textAt(value, 'name')
      return name === undefined ? [] : [{ rule, host: hostOf(rule), name, value, pointer: `/spec/subsets/${index}` }]
    }),
  )
}

/**
 * Whether some visible DestinationRule defines a subset of a host; which one a client uses depends on its place. Looked
 * up by host: meshes have thousands of both.
 */
export function definedIn(subsets: readonly Subset[]): (wanted: Routed) => boolean {
  const exact = groupedBy(subsets, keyOf)
  const wildcards = subsets.filter((each) => each.host.startsWith('*'))
  return (wanted) => [...(exact.get(keyOf(wanted)) ?? []), ...wildcards].some((each) => defines(each, wanted))
}

/** Whether some VirtualService routes to a subset. */
export function routedIn(world: MeshWorld): (subset: Subset) => boolean {
  const routed = world.config.list(kinds.virtualService).flatMap((object) => {
    const namespace = namespaceOf(object)
    return destinationsOf(object).flatMap(({ host, subset }): Routed[] =>
      subset === undefined ? [] : [{ host: resolveHost(host, namespace), name: subset, namespace }],
    )
  })
  const exact = groupedBy(routed, keyOf)
  return (subset) => {
    const candidates = subset.host.startsWith('*') ? routed : (exact.get(keyOf(subset)) ?? [])
    return candidates.some((each) => defines(subset, each))
  }
}

/** The DestinationRules that speak of a host, as evidence of where a subset could have been. */
export function rulesIn(world: MeshWorld): (host: string) => ObjectRef[] {
  const rules = world.config.list(kinds.destinationRule).map((rule) => ({ rule, host: hostOf(rule) }))
  const exact = groupedBy(rules, ({ host }) => host)
  const wildcards = rules.filter(({ host }) => host.startsWith('*'))
  return (wanted) => {
    const found = [...(exact.get(wanted) ?? []), ...wildcards.filter(({ host }) => host !== wanted)]
    return found.filter(({ host }) => covers(host, wanted)).map(({ rule }) => refOf(world.config.cluster, rule))
  }
}

function defines(subset: Subset, wanted: Routed): boolean {
  if (subset.name !== wanted.name || !covers(subset.host, wanted.host)) return false
  return isVisible(exportToOf(subset.rule), namespaceOf(subset.rule), wanted.namespace)
}

function hostOf(rule: KubernetesObject): string {
  return resolveHost(textAt(rule, 'spec', 'host') ?? '', namespaceOf(rule))
}

function keyOf({ host, name }: { host: string; name: string }): string {
  return `${host}|${name}`
}
