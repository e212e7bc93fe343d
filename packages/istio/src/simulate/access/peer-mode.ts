import type { Place } from '@orbweaver/contracts/explain'
import { isRecord, recordAt, textAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, refOf } from '@orbweaver/contracts/kubernetes'
import type { MeshWorld } from '../../findings/world.ts'
import { byAge } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { isDiscovered } from '../route/discovered.ts'
import { reads } from '../route/revisions.ts'
import { isSelected, selectorOf, type Target } from './target.ts'

export type Mode = 'STRICT' | 'PERMISSIVE' | 'DISABLE'

/** What PeerAuthentication asks of connections to one port, and where it is said: at which level, and by whom. */
export type PeerMode = { mode: Mode; level: Level; place: Place | undefined }
type Level = 'port' | 'workload' | 'namespace' | 'mesh' | 'default'

/** Those that count for a workload: the oldest of each level. */
export type PeerPolicies = Readonly<Record<'workload' | 'namespace' | 'mesh', KubernetesObject | undefined>>

/** One with a selector counts in its own namespace only, and never in the root namespace (authn/policy_applier.go). */
export function peerPolicies(
  world: MeshWorld,
  { namespace, labels, revision }: Pick<Target, 'namespace' | 'labels' | 'revision'>,
): PeerPolicies {
  const { rootNamespace } = world.mesh
  const isRead = reads(world, revision)
  const oldest = (home: string) =>
    isDiscovered(world, home) ? world.config.list(kinds.peerAuthentication, home).filter(isRead).toSorted(byAge) : []
  const own = namespace === rootNamespace ? [] : oldest(namespace)
  const hasSelector = (each: KubernetesObject) => Object.keys(selectorOf(each)).length > 0
  return {
    workload: own.find((each) => hasSelector(each) && isSelected(each, labels)),
    namespace: own.find((each) => !hasSelector(each)),
    mesh: oldest(rootNamespace).find((each) => !hasSelector(each)),
  }
}

/** The narrowest that says something; what is UNSET is asked of the next (ComposePeerAuthentication). */
export function peerMode(world: MeshWorld, policies: PeerPolicies, port: number): PeerMode {
  const said = (object: KubernetesObject | undefined, level: Level, path: readonly string[]): PeerMode | undefined => {
    const mode = object === undefined ? undefined : modeIn(object, path)
    if (object === undefined || mode === undefined) return undefined
    return { mode, level, place: { ref: refOf(world.config.cluster, object), pointer: `/${path.join('/')}/mode` } }
  }
  return (
    said(policies.workload, 'port', ['spec', 'portLevelMtls', String(port)]) ??
    said(policies.workload, 'workload', ['spec', 'mtls']) ??
    said(policies.namespace, 'namespace', ['spec', 'mtls']) ??
    said(policies.mesh, 'mesh', ['spec', 'mtls']) ?? { mode: 'PERMISSIVE', level: 'default', place: undefined }
  )
}

const modes: readonly Mode[] = ['STRICT', 'PERMISSIVE', 'DISABLE']

function modeIn(object: KubernetesObject, path: readonly string[]): Mode | undefined {
  return modes.find((each) => each === textAt(object, ...path, 'mode'))
}

export function ownMode(object: KubernetesObject | undefined): Mode | undefined {
  return object === undefined ? undefined : modeIn(object, ['spec', 'mtls'])
}

/** What a workload's policy says of single ports; those that are UNSET are left out. */
export function portModes(workload: KubernetesObject | undefined): [port: number, mode: Mode][] {
  return Object.entries(recordAt(workload, 'spec', 'portLevelMtls')).flatMap(([port, value]): [number, Mode][] => {
    const mode = isRecord(value) ? modes.find((each) => each === value.mode) : undefined
    return mode === undefined ? [] : [[Number(port), mode]]
  })
}
