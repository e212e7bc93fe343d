import {
  type Backend,
  backendOf,
  isLeftToOthers,
  olderFor,
  type PolicyTarget,
  targetsOf,
} from '../../simulate/route/gateway-api/backend-tls.ts'
import { readers } from '../../simulate/route/revisions.ts'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Subject } from '../finding.ts'
import type { MeshWorld } from '../world.ts'

export const docs = 'tasks/traffic-management/ingress/gateway-api/'

/** A target that is there, with the ports that the policy is for. */
export type Aimed = { target: PolicyTarget; backend: Backend; ports: readonly number[] }

/** What a policy is for, unless it is left to another controller. */
export function aims({ object }: Subject): PolicyTarget[] {
  return isLeftToOthers(object) ? [] : targetsOf(object)
}

/** Targets whose clients are told of this very policy. */
export function aimedOf(subject: Subject, world: MeshWorld): Aimed[] {
  return aims(subject).flatMap((target) => {
    const backend = backendOf(world, target, subject.namespace)
    if (backend === undefined || olderThan(world, subject.object, target) !== undefined) return []
    const { section = '' } = target
    const ports = backend.ports.filter(({ name }) => section === '' || name === section).map(({ number }) => number)
    return ports.length === 0 ? [] : [{ target, backend, ports: section === '' ? ports : ports.slice(0, 1) }]
  })
}

/** The policy that has a target before this one for everybody who reads this one. */
export function olderThan(
  world: MeshWorld,
  policy: KubernetesObject,
  target: PolicyTarget,
): KubernetesObject | undefined {
  const own = readers(world, policy)
  return olderFor(world, { policy, target }, (each) => {
    const others = readers(world, each)
    return others.length === 0 || (own.length > 0 && own.every((revision) => others.includes(revision)))
  })
}
