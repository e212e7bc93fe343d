import { labelSelectorOf, matchesLabels } from '@orbweaver/contracts/selectors'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { fact, type MeshWorld } from '../../findings/world.ts'
import { kinds } from '../../world/kinds.ts'

/** Names of the namespaces that the control plane's discoverySelectors take; undefined where it takes all. */
const discovered = fact<ReadonlySet<string> | undefined>('route: discovered namespaces', ({ mesh, clusters }) => {
  const selectors = mesh.discoverySelectors
  if (selectors.length === 0) return undefined
  const chosen = clusters
    .flatMap((view) => view.list(kinds.namespace))
    .filter((each) =>
      selectors.some((selector) => {
        const conditions = labelSelectorOf(selector)
        return conditions !== undefined && matchesLabels(conditions, namedLabels(each))
      }),
    )
  return new Set([mesh.rootNamespace, ...chosen.map(({ metadata }) => metadata.name)])
})

function namedLabels(namespace: Parameters<typeof labelsOf>[0]): Record<string, string> {
  return { 'kubernetes.io/metadata.name': namespace.metadata.name, ...labelsOf(namespace) }
}

/** Whether istiod looks into a namespace at all. */
export function isDiscovered(world: MeshWorld, namespace: string): boolean {
  return world.known(discovered)?.has(namespace) ?? true
}
