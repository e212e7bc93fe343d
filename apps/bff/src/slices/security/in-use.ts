import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import type { Message } from '@orbweaver/contracts/message'
import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { type Asking, seenRules } from './rows.ts'
import { usesIn } from './uses.ts'

/** Why these Secrets may not go: each with the rules that use it, as far as the person may know both. */
export async function inUse({ fleet, viewer }: Asking, mesh: Mesh, refs: readonly ObjectRef[]): Promise<Message[]> {
  const uses = usesIn(fleet, mesh)
  const used = refs.filter((ref) => uses.of(refKey(ref)).length > 0)
  const seen = await viewer.seesWhich(used)
  const shown = await seenRules(
    viewer,
    used.flatMap((ref) => uses.of(refKey(ref))),
  )
  // For who may not know the Secret the refusal is that they may not.
  return used
    .filter((ref) => seen.has(refKey(ref)))
    .map(({ cluster, namespace = '', name, ...ref }) => {
      const rules = uses.of(refKey({ cluster, namespace, name, ...ref })).map(({ by }) => by)
      const told = rules
        .filter((by) => shown.has(refKey(by)))
        .map((by) => `${by.kind} ${by.namespace ?? ''}/${by.name}`)
      const params = { name, namespace, cluster }
      if (told.length === 0) return { code: 'security.in_use_hidden', params }
      return { code: 'security.in_use', params: { ...params, by: [...new Set(told)].join(', ') } }
    })
}
