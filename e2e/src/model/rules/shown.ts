import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Plan } from '@orbweaver/contracts/plan'
import { knownResource } from '@orbweaver/kube/known-resources'
import type { Audited } from '../universe.ts'
import { Violation } from '../violation.ts'

/**
 * What a person has seen in plans before confirming them. A plan that takes something apart lists what is there when it
 * is made, and stands for what the same mesh makes until it is carried out: those objects an earlier plan has shown.
 */
export type Shown = {
  add(plan: Pick<Plan, 'items' | 'derived' | 'title'>): void
  /** Throws for the first write among these requests that no plan has shown. */
  check(requests: readonly Audited[]): void
}

export function createShown(): Shown {
  const written = new Set<string>()
  const deleted = new Set<string>()
  let takesApart = false
  const keyOf = ({ cluster, group, kind, namespace = '', name }: ObjectRef): string => {
    const plural = knownResource(group, kind)?.plural ?? kind
    return `${cluster} ${plural}.${group} ${namespace}/${name}`
  }
  return {
    add({ items, derived, title }) {
      for (const { ref, op } of [...items, ...derived]) (op === 'delete' ? deleted : written).add(keyOf(ref))
      takesApart ||= removals.has(title.code)
    },
    check(requests) {
      for (const each of requests) {
        if (!isWrite(each) || isUpkeep(each)) continue
        const { cluster, resource, group, name } = each
        // A request about a namespace names it twice.
        const namespace = resource === 'namespaces' ? '' : each.namespace
        const key = `${cluster} ${resource}.${group} ${namespace}/${name}`
        const isDeletion = each.verb === 'delete'
        const isKnown = isDeletion ? deleted.has(key) || (takesApart && written.has(key)) : written.has(key)
        if (!isKnown)
          throw new Violation('not shown', `${each.verb} of ${key} as ${each.impersonated ?? 'the console'}`)
      }
    },
  }
}

/** Titles of plans by which the console removes what a mesh has in its clusters. */
const removals = new Set(['meshes.uninstall', 'meshes.leave', 'history.undo', 'history.undo.of'])

const writes = new Set(['create', 'update', 'patch', 'delete', 'deletecollection'])

function isWrite({ verb, dryRun, code }: Audited): boolean {
  return writes.has(verb) && !dryRun && code < 300
}

/**
 * What the console writes without anybody asking: questions about rights, its Lease, sessions and keys, the Changes
 * themselves, what it sees of clusters and meshes, and its mark on a Mesh. Never in a person's name.
 */
function isUpkeep(request: Audited): boolean {
  const { group, subresource, cluster, impersonated } = request
  if (questions.has(group) || subresource === 'portforward') return true
  return impersonated === undefined && cluster === 'hub' && isOwn(request)
}

const questions = new Set(['authorization.k8s.io', 'authentication.k8s.io'])

function isOwn({ group, resource, subresource, namespace, name, verb }: Audited): boolean {
  if (group === 'orbweaver.dev') {
    return resource === 'changes' || subresource === 'status' || (resource === 'meshes' && verb === 'patch')
  }
  if (namespace !== 'orbweaver-system') return false
  return resource === 'leases' || (resource === 'secrets' && !name.startsWith('cluster-'))
}
