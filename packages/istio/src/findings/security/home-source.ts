import type { JsonRecord } from '@orbweaver/contracts/json'
import { kinds } from '../../world/kinds.ts'
import type { Subject } from '../finding.ts'
import { acceptedAt } from '../mtls/modes.ts'
import type { MeshWorld } from '../world.ts'
import { selectorOf } from './policy-rules.ts'

/** Whether callers of the policy's workloads have an identity: mutual TLS is not switched off there. */
export function hasIdentities({ object, namespace }: Subject, world: MeshWorld): boolean {
  return acceptedAt(world, { namespace, labels: selectorOf(object) }).mode !== 'DISABLE'
}

/** The least that an application needs: callers of its own namespace; undefined where there are none to tell. */
export function homeSource(subject: Subject, world: MeshWorld): JsonRecord | undefined {
  const { namespace } = subject
  if (namespace === world.mesh.rootNamespace || !hasIdentities(subject, world)) return undefined
  const isKnown = world.clusters.some((view) => view.get(kinds.namespace, namespace) !== undefined)
  return isKnown ? { namespaces: [namespace] } : undefined
}
