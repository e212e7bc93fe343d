import { type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, type ObjectRef, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import { covers, exportToOf, isVisible, type MeshWorld, resolveHost } from './world.ts'

/** A subset where a DestinationRule defines it. */
export type Subset = { rule: KubernetesObject; host: string; name: string; value: Json; pointer: string }

/** Every subset of the mesh. */
export function subsetsOf(world: MeshWorld): Subset[] {
  return world.config.list(kinds.destinationRule).flatMap((rule) => {
    const host = resolveHost(textAt(rule, 'spec', 'host') ?? '', rule.metadata.namespace ?? 'default')
    return listAt(rule, 'spec', 'subsets').flatMap((value, index) => {
      const name = textAt(value, 'name')
      return name === undefined ? [] : [{ rule, host, name, value, pointer: `/spec/subsets/${index}` }]
    })
  })
}

/** Whether some visible DestinationRule defines this subset of a host; which one a client uses depends on its place. */
export function definesSubset(subset: Subset, wanted: { host: string; name: string; namespace: string }): boolean {
  const owner = subset.rule.metadata.namespace ?? 'default'
  return (
    subset.name === wanted.name &&
    covers(subset.host, resolveHost(wanted.host, wanted.namespace)) &&
    isVisible(exportToOf(subset.rule), owner, wanted.namespace)
  )
}

/** The DestinationRules that speak of a host, as evidence of where the subset could have been. */
export function rulesFor(world: MeshWorld, host: string, namespace: string): ObjectRef[] {
  const wanted = resolveHost(host, namespace)
  return world.config
    .list(kinds.destinationRule)
    .filter((rule) =>
      covers(resolveHost(textAt(rule, 'spec', 'host') ?? '', rule.metadata.namespace ?? 'default'), wanted),
    )
    .map((rule) => refOf(world.config.cluster, rule))
}
