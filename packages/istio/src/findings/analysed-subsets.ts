import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import { defineIndex, type Index } from './index-of.ts'
import type { MeshWorld } from './world.ts'

/** DestinationRules by host and subset as istioctl analyze compares them (analyzers/virtualservice/destinationrules.go). */
const rulesBySubset: Index<KubernetesObject> = defineIndex({
  name: 'destination rules by subset',
  kinds: [kinds.destinationRule],
  entries: (object) => {
    const host = textAt(object, 'spec', 'host') ?? ''
    const keys = listAt(object, 'spec', 'subsets').map((subset) =>
      keyOf(host, namespaceOf(object), textAt(subset, 'name') ?? ''),
    )
    return [...new Set(keys)].map((key) => [key, object])
  },
})

type Wanted = { host: string; subset: string; namespace: string }

/** Whether any DestinationRule defines the subset, wherever it is and whomever it is exported to. */
export function isAnalysedSubset(world: MeshWorld, { host, subset, namespace }: Wanted): boolean {
  return world.look(rulesBySubset, keyOf(host, namespace, subset)).length > 0
}

const ofService = /^(.+)\.(.+)\.svc\.cluster\.local$/

/** A service's full name is of its own namespace; any other name is of the namespace that says it (GetResourceNameFromHost). */
function keyOf(host: string, namespace: string, subset: string): string {
  const [, name, owner] = ofService.exec(host) ?? []
  return name === undefined ? `${namespace}/${host} ${subset}` : `${owner}/${name} ${subset}`
}
