import { listAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Finding, Fix } from '@orbweaver/contracts/plan'
import { exportToOf, isVisible } from '../world/hosts.ts'
import { kinds } from '../world/kinds.ts'
import { ignoredNamespaces } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import { namespaceOf } from '../world/namespace-of.ts'
import { type Code, fix, found, type Subject } from './finding.ts'
import { put, remove } from './operations.ts'
import { fact, type MeshWorld } from './world.ts'

/** Whether any Namespace was seen at all: files often come without those that they are for. */
const namespacesSeen = fact('namespaces seen', (world) =>
  world.clusters.some((each) => each.list(kinds.namespace).length > 0),
)

/** What lives in a namespace whose Namespace was not seen. */
const inhabitants = [kinds.pod, kinds.service, kinds.virtualService]

/** What an object says of whom it is exported to, where a namespace it names exists in no cluster. */
export function exportsNowhere(subject: Subject, world: MeshWorld, code: Code): Finding[] {
  if (!world.complete(kinds.namespace)) return []
  const entries = listAt(subject.object, 'spec', 'exportTo')
  const gone = entries.flatMap((name, index) =>
    typeof name === 'string' && !['*', '.', '~'].includes(name) && isNowhere(world, name) ? [{ name, index }] : [],
  )
  return gone.flatMap(({ name, index }) => {
    const pointer = `/spec/exportTo/${index}`
    const isOnly = gone.length === 1 && entries.length > 1
    const fixes = isOnly ? [fix(subject, { code: 'not-there' }, [remove(pointer)])] : []
    return [found(subject, code, { pointer, params: { name }, fixes })]
  })
}

/** Whether a namespace exists in no cluster; some are there before anybody makes them. */
export function isNowhere(world: MeshWorld, name: string): boolean {
  if (['default', world.mesh.rootNamespace, ...ignoredNamespaces].includes(name)) return false
  const isThere = (view: ClusterView) =>
    view.get(kinds.namespace, name) !== undefined || inhabitants.some((kind) => view.list(kind, name).length > 0)
  return !world.clusters.some(isThere) && world.known(namespacesSeen)
}

/** Whether a namespace sees an object that says nothing, or what `byDefault` says for such ones, or names it. */
export function isExported(object: KubernetesObject, viewer: string, byDefault: readonly string[] = []): boolean {
  const exportTo = exportToOf(object)
  return isVisible(exportTo.length === 0 ? byDefault : exportTo, namespaceOf(object), viewer)
}

/** Whether every namespace sees it. */
export function isForAll(object: KubernetesObject, byDefault: readonly string[]): boolean {
  const exportTo = exportToOf(object)
  const said = exportTo.length === 0 ? byDefault : exportTo
  return said.length === 0 || said.includes('*')
}

/** Exports an object to one more namespace; what was exported by the mesh's default says its own namespace too. */
export function exporting(cluster: string, object: KubernetesObject, namespace: string): Fix {
  const said = exportToOf(object).length > 0
  const operation = said ? put('/spec/exportTo/-', namespace) : put('/spec/exportTo', ['.', namespace])
  return fix({ cluster, object }, { code: 'export', params: { namespace } }, [operation])
}
