import { at, isRecord, type Json, listAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'
import { put } from '../operations.ts'
import { homeSource } from './home-source.ts'
import { actionOf, selectorOf, targetsOf } from './policy-rules.ts'

const code: Code = { code: 'authorizationpolicy.denies-all', severity: 'warning', istio: 'accepts' }

/**
 * ALLOW without rules matches nothing, so every request is denied: `{}` is the shortest way to write it. Often meant, as
 * the ground on which other policies allow; worth a warning where nothing else allows anything there.
 */
export const deniesAll: Judge = {
  says: [code],
  kinds: [kinds.authorizationPolicy],
  judge(subject, world) {
    const { object, namespace } = subject
    if (actionOf(object) !== 'ALLOW' || listAt(object, 'spec', 'rules').length > 0) return []
    const inMesh = namespace === world.mesh.rootNamespace
    const policies = world.config.list(kinds.authorizationPolicy, inMesh ? undefined : namespace)
    const home = homeSource(subject, world)
    const rules: Json = [{ from: [{ source: home }] }]
    const way = { code: 'allow-own-namespace', params: { namespace } }
    const operation = isRecord(at(object, 'spec')) ? put('/spec/rules', rules) : put('/spec', { rules })
    return [
      found(subject, code, {
        severity: policies.some((each) => allows(each) && mayMeet(each, object)) ? 'info' : 'warning',
        pointer: '/spec',
        params: { scope: scopeOf(object, inMesh), namespace },
        fixes: home === undefined ? [] : [fix(subject, way, [operation])],
      }),
    ]
  },
}

function allows(object: KubernetesObject): boolean {
  return actionOf(object) === 'ALLOW' && listAt(object, 'spec', 'rules').length > 0
}

/** Whether one workload may be meant by both: not where they ask for different values of a label. */
function mayMeet(one: KubernetesObject, other: KubernetesObject): boolean {
  const wanted = selectorOf(other)
  return Object.entries(selectorOf(one)).every(([key, value]) => (wanted[key] ?? value) === value)
}

function scopeOf(object: KubernetesObject, inMesh: boolean): string {
  if (Object.keys(selectorOf(object)).length > 0 || targetsOf(object).length > 0) return 'workload'
  return inMesh ? 'mesh' : 'namespace'
}
