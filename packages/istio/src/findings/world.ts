import type { Json } from '@orbweaver/contracts/json'
import type { InjectionWorld } from '../injection/world.ts'
import type { KindKey } from '../world/kinds.ts'
import { type MeshSettings, meshSettings, type SettingsParts } from '../world/mesh-settings.ts'
import type { ClusterView } from '../world/view.ts'
import type { HostRegistry } from './host-registry.ts'
import type { Index } from './index-of.ts'
import type { Look } from './looking.ts'

/** Everything one mesh's findings are judged from: once, on the full world, never per viewer. Looking is seen. */
export type MeshWorld = {
  /** Where istiod reads its configuration: the control-plane cluster of a managed mesh, else the only cluster. */
  readonly config: ClusterView
  readonly clusters: readonly ClusterView[]
  readonly mesh: MeshSettings
  /** Of the control plane that judges; undefined where it is not known, as of files. */
  readonly version: string | undefined
  readonly hosts: HostRegistry
  readonly injection: readonly InjectionWorld[]
  /** The time it is: certificates end. */
  now(): Date
  /** A YAML document; undefined where nobody is here to read one. */
  yaml(text: string): Document | undefined
  /** Whether a kind was read in every cluster: only then does absence mean absence. */
  complete(kind: KindKey): boolean
  /** What an index has under a key. */
  look<Entry>(index: Index<Entry>, key: string): readonly Entry[]
  /** What is worked out once for all judges, and again when something it looked at has changed. */
  known<Value>(fact: Fact<Value>): Value
  /** The same of each name, as it is meant in a namespace. */
  knownOf<Value>(fact: NameFact<Value>, name: string, namespace: string): Value
}

/** What a text says, or why it says nothing. */
export type Document = { value: Json; fault?: undefined } | { fault: string }

/** Something that follows from the world as a whole. Define it once, at the top of a file. */
export type Fact<Value> = {
  readonly name: string
  of(world: MeshWorld): Value
  readonly memory: WeakMap<object, Memory<Value>>
}

/** Something that follows from the world for a name in a namespace. Define it once, at the top of a file. */
export type NameFact<Value> = {
  readonly name: string
  of(world: MeshWorld, name: string, namespace: string): Value
  /** By namespace, then by name. */
  readonly memory: WeakMap<object, Map<string, Map<string, Memory<Value>>>>
}

/** What was worked out in one world, and who looked at it. */
export type Memory<Value> = { readonly look: Look; readonly value: Value }

export function fact<Value>(name: string, of: Fact<Value>['of']): Fact<Value> {
  return { name, of, memory: new WeakMap() }
}

export function nameFact<Value>(name: string, of: NameFact<Value>['of']): NameFact<Value> {
  return { name, of, memory: new WeakMap() }
}

export type MeshWorldParts = {
  config: ClusterView
  /** All clusters of the mesh that could be read, the config cluster too. */
  clusters: readonly ClusterView[]
  /** Clusters of the mesh that could not be read. */
  unread: readonly string[]
  /** The mesh configuration as a cluster's objects, or somebody, say it. */
  settings(config: ClusterView): MeshSettings
  /** Of the control plane, where it is known. */
  version?: string | undefined
  /** The time it is, where that is not the clock's. */
  now?(): Date
  /** Reads a YAML document as Go does (1.1), or throws. Parsers are large: whoever has one gives it, and without it such texts are unknown. */
  yaml?(text: string): unknown
}

/** The parts of a mesh whose configuration is given: of files, of tests, of a control plane that was asked. */
export function meshParts(
  of: Partial<Pick<MeshWorldParts, 'clusters' | 'unread' | 'version' | 'now' | 'yaml'>> & {
    config: ClusterView
    settings?: Partial<SettingsParts>
  },
): MeshWorldParts {
  const { config, clusters = [config], unread = [], now = () => new Date() } = of
  const settings = meshSettings({ istioNamespace: 'istio-system', ...of.settings })
  const { version } = of
  return {
    config,
    clusters,
    unread,
    settings: () => settings,
    version,
    now,
    ...(of.yaml !== undefined && { yaml: of.yaml }),
  }
}
