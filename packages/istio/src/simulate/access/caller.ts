import type { AccessSource } from '@orbweaver/contracts/explain-access'
import type { Message } from '@orbweaver/contracts/message'
import type { MeshWorld } from '../../findings/world.ts'
import type { Identity } from './facts.ts'
import { type Carrier, type Workload, workloadOf } from '../workloads/workload.ts'

/** Who calls, and what it could show of itself. */
export type Caller = {
  readonly workload: Workload | undefined
  /** Undefined for somebody who is only described. */
  readonly carrier: Carrier | undefined
  /** What its certificate would say. */
  readonly identity: Identity
  readonly ip: string | undefined
}

/** Why there is nobody to call: what is named is not there. */
export function callerOf(world: MeshWorld, from: AccessSource): Caller | Message {
  if (from.kind === 'workload') {
    const workload = workloadOf(world, from.ref)
    if (workload === undefined)
      return { code: 'source-not-found', params: { kind: from.ref.kind, name: from.ref.name } }
    return callerFrom(world, workload)
  }
  return { workload: undefined, carrier: undefined, identity: describedIdentity(world, from), ip: from.ip }
}

export function callerFrom(world: MeshWorld, workload: Workload): Caller {
  const { carrier, addresses } = workload
  const identity: Identity = carrier === 'none' ? { kind: 'none' } : { kind: 'known', uri: uriOf(world, workload) }
  return { workload, carrier, identity, ip: addresses[0] }
}

/** `spiffe://<trust domain>/ns/<namespace>/sa/<account>` (istio pkg/spiffe). */
function uriOf(world: MeshWorld, { namespace, account }: Pick<Workload, 'namespace' | 'account'>): string {
  return `spiffe://${world.mesh.trustDomain}/ns/${namespace}/sa/${account}`
}

/** Principals are written without their scheme. */
export function principalIn(identity: Identity): string | null {
  return identity.kind === 'known' ? identity.uri.replace(/^spiffe:\/\//, '') : null
}

function describedIdentity(world: MeshWorld, from: AccessSource & { kind: 'identity' }): Identity {
  const { principal, namespace } = from
  const { trustDomain } = world.mesh
  if (principal !== undefined) {
    return { kind: 'known', uri: principal.includes('://') ? principal : `spiffe://${principal}` }
  }
  return namespace === undefined ? { kind: 'some', trustDomain } : { kind: 'some', trustDomain, namespace }
}

/** Whether anything at all was said of who somebody described is. */
export function isDescribed(from: AccessSource): boolean {
  return from.kind === 'workload' || from.principal !== undefined || from.namespace !== undefined
}
