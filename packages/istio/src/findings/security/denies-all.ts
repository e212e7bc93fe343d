import { at, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge } from '../finding.ts'

const code: Code = { code: 'authorizationpolicy.denies-all', severity: 'warning', istio: 'accepts' }

/**
 * ALLOW without rules matches nothing, so every request is denied: `{}` is the shortest way to write it. Often meant, as
 * the ground on which other policies allow; worth a warning where nothing else allows anything.
 */
export const deniesAll: Judge = {
  says: [code],
  kinds: [kinds.authorizationPolicy],
  judge(subject, world) {
    const { object, namespace } = subject
    if (!isAllow(object) || listAt(object, 'spec', 'rules').length > 0) return []
    const inMesh = namespace === world.mesh.rootNamespace
    const policies = world.config.list(kinds.authorizationPolicy, inMesh ? undefined : namespace)
    return [
      found(subject, code, {
        severity: policies.some(allows) ? 'info' : 'warning',
        pointer: '/spec',
        params: { scope: scopeOf(object, inMesh), namespace },
      }),
    ]
  },
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
