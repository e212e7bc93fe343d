import { at, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import { finding, type Judge } from './finding.ts'
import { namespaceOf } from '../world/namespace-of.ts'

/**
 * ALLOW without rules matches nothing, so every request is denied: `{}` is the shortest way to write it. Often meant, as
 * the ground on which other policies allow; worth a warning where nothing else allows anything.
 */
export const authorizationPolicyDeniesAll: Judge = (world) => {
  const policies = world.config.list(kinds.authorizationPolicy)
  return policies.filter(deniesAll).map((object) => {
    const namespace = namespaceOf(object)
    const inMesh = namespace === world.rootNamespace
    const allowed = policies.some((each) => allows(each) && (inMesh || each.metadata.namespace === namespace))
    return finding({
      cluster: world.config.cluster,
      object,
      code: 'authorizationpolicy.denies-all',
      severity: allowed ? 'info' : 'warning',
      pointer: '/spec',
      params: { scope: scopeOf(object, inMesh), namespace },
    })
  })
}

function deniesAll(object: KubernetesObject): boolean {
  return isAllow(object) && listAt(object, 'spec', 'rules').length === 0
}

function allows(object: KubernetesObject): boolean {
  return isAllow(object) && listAt(object, 'spec', 'rules').length > 0
}

function isAllow(object: KubernetesObject): boolean {
  return (textAt(object, 'spec', 'action') ?? 'ALLOW') === 'ALLOW'
}

function scopeOf(object: KubernetesObject, inMesh: boolean): string {
  const targets = [at(object, 'spec', 'targetRef'), ...listAt(object, 'spec', 'targetRefs')]
  const selected = Object.keys(recordAt(object, 'spec', 'selector', 'matchLabels')).length > 0
  if (selected || targets.some((each) => each !== undefined)) return 'workload'
  return inMesh ? 'mesh' : 'namespace'
}
