import { at, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { hasLabels, type Labels } from '../../world/labels.ts'
import { selectorOf } from '../security/policy-rules.ts'
import type { MeshWorld } from '../world.ts'

export type Mode = 'DISABLE' | 'PERMISSIVE' | 'STRICT'

/** What a workload accepts, and which policy says so; none where it is Istio's own default. */
export type Accepted = { mode: Mode; by?: KubernetesObject; level?: 'mesh' | 'namespace' | 'workload' }

/** Of workloads of a namespace: by their labels, and by port; without labels what the namespace has as such. */
export type Place = { namespace: string; labels?: Labels; port?: number }

/**
 * The mode of mutual TLS at a workload: of each level the oldest policy, the narrowest that says something decides
 * (istio pilot/pkg/security/authn/policy_applier.go, ComposePeerAuthentication). Without any it is PERMISSIVE.
 */
export function acceptedAt(world: MeshWorld, { namespace, labels = {}, port }: Place): Accepted {
  const { rootNamespace } = world.mesh
  const ofMesh = said(oldest(world, rootNamespace, isWhole), 'mesh')
  if (namespace === rootNamespace) return ofMesh ?? { mode: 'PERMISSIVE' }
  const ofNamespace = said(oldest(world, namespace, isWhole), 'namespace')
  const wide = ofNamespace ?? ofMesh ?? { mode: 'PERMISSIVE' }
  const own = oldest(world, namespace, (policy) => !isWhole(policy) && isWithin(selectorOf(policy), labels))
  const ofPort = port === undefined ? undefined : modeIn(at(own, 'spec', 'portLevelMtls', String(port)))
  if (own !== undefined && ofPort !== undefined) return { mode: ofPort, by: own, level: 'workload' }
  return said(own, 'workload') ?? wide
}

/** A policy without a selector is for its whole namespace, or for the mesh. */
export function isWhole(policy: KubernetesObject): boolean {
  return Object.keys(selectorOf(policy)).length === 0
}

/** What a policy says itself, of its own level. */
export function modeOf(policy: KubernetesObject | undefined): Mode | undefined {
  return modeIn(at(policy, 'spec', 'mtls'))
}

/** What a policy says by port. */
export function portModesOf(policy: KubernetesObject): { port: string; mode: Mode | undefined }[] {
  return Object.entries(recordAt(policy, 'spec', 'portLevelMtls')).map(([port, value]) => ({
    port,
    mode: modeIn(value),
  }))
}

function modeIn(value: unknown): Mode | undefined {
  const mode = textAt(value, 'mode')
  return mode === 'DISABLE' || mode === 'PERMISSIVE' || mode === 'STRICT' ? mode : undefined
}

function said(by: KubernetesObject | undefined, level: NonNullable<Accepted['level']>): Accepted | undefined {
  const mode = modeOf(by)
  return by === undefined || mode === undefined ? undefined : { mode, by, level }
}

function oldest(
  world: MeshWorld,
  namespace: string,
  fits: (policy: KubernetesObject) => boolean,
): KubernetesObject | undefined {
  return world.config.list(kinds.peerAuthentication, namespace).filter(fits).toSorted(byAge)[0]
}

function isWithin(few: Labels, many: Labels): boolean {
  return hasLabels({ apiVersion: 'v1', kind: 'Pod', metadata: { name: '', labels: { ...many } } }, few)
}
