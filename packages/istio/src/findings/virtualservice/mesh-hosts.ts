import { textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { exportToOf, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { definePatternIndex, type PatternIndex } from '../host-patterns.ts'
import { isForMesh } from './gateways.ts'

/** A host that a VirtualService rules in sidecars of a scope: `*`, or one namespace. */
export type MeshHost = { host: string; scope: string; object: KubernetesObject }

/** Hosts of VirtualServices for sidecars that everybody sees. */
export const openMeshHosts: PatternIndex<MeshHost> = definePatternIndex({
  name: 'mesh hosts of everybody',
  kinds: [kinds.virtualService],
  entries: (object) => meshHostsOf(object).filter(({ scope }) => scope === '*'),
})

/** Hosts of VirtualServices for sidecars of single namespaces. */
export const scopedMeshHosts: PatternIndex<MeshHost> = definePatternIndex({
  name: 'mesh hosts of namespaces',
  kinds: [kinds.virtualService],
  entries: (object) => meshHostsOf(object).filter(({ scope }) => scope !== '*'),
})

export function meshHostsOf(object: KubernetesObject): MeshHost[] {
  if (!isForMesh(object)) return []
  const namespace = namespaceOf(object)
  const hosts = [...new Set(textsAt(object, 'spec', 'hosts').map((each) => resolveHost(each, namespace)))]
  const exportTo = exportToOf(object)
  const open = exportTo.length === 0 || exportTo.includes('*')
  const scopes = open ? ['*'] : [...new Set(exportTo.map((each) => (each === '.' ? namespace : each)))]
  return hosts.flatMap((host) => scopes.map((scope) => ({ host, scope, object })))
}
