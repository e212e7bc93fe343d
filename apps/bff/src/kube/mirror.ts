import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import { flagAt, listAt, textAt } from '@orbweaver/contracts/json'
import { conditionOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kindKey } from '@orbweaver/istio/world/kinds'
import type { KubeClient, Resource } from '@orbweaver/kube/client'
import { customResourceDefinitions } from '@orbweaver/kube/resources'
import { type Coalesced, coalesce } from './coalesce.ts'
import type { Mirror } from './doors.ts'
import { type Health, type Heard, watchHealth } from './health.ts'
import type { MirroredKind } from './mirrored-kinds.ts'
import { judgeTruth } from './truth.ts'
import { type WatchedKind, watchKind } from './watched-kind.ts'

/** Of all mirrors of this process: no two states of anything have the same number, whatever mirror they are in. */
let changes = 0

/** Among the kinds of a change: that the cluster's state is another one now. */
export const truthChanged = 'ClusterTruth'

export type RunningMirror = Mirror & {
  /** Whether everything vital was read and its health is known, so that it can take another's place unnoticed. */
  synced(): boolean
  /** Whether the cluster answers at all. */
  health(): Heard
  /** Looks at the cluster's health now. */
  suspect(): void
  sizes(): { kind: string; objects: number }[]
  stop(): void
}

export type MirrorOptions = { client: KubeClient; kinds: readonly MirroredKind[] }

/** Watches one cluster as one account, until stopped. Kinds that are defined by CRDs come and go with them. */
export function startMirror(options: MirrorOptions): RunningMirror {
  const mirror = new ClusterMirror(options)
  return {
    list: (resource, namespace) => mirror.watched.get(keyOf(resource))?.store.list(namespace) ?? [],
    get: (resource, target) => mirror.watched.get(keyOf(resource))?.store.get(target),
    known: (resource) => mirror.known(resource),
    version: (resource) => mirror.version(resource),
    truth: () => mirror.truth(),
    onChange: (listener) => mirror.changes.listen(listener),
    synced: () => mirror.health.answeredAt !== undefined && mirror.vital().every((each) => each.state().known),
    health: () => mirror.health,
    suspect: () => mirror.health.check(),
    sizes: () => [...mirror.watched].map(([kind, { store }]) => ({ kind, objects: store.size })),
    stop: () => mirror.stop(),
  }
}

class ClusterMirror {
  readonly watched = new Map<string, WatchedKind>()
  readonly changes: Coalesced
  readonly health: Health
  readonly #versions = new Map<string, number>()
  #vital: readonly WatchedKind[] | undefined
  readonly #options: MirrorOptions
  #state: { state: ClusterTruth['state']; since: number } = { state: 'syncing', since: Date.now() }

  constructor(options: MirrorOptions) {
    this.#options = options
    this.changes = coalesce(100)
    this.health = watchHealth({ client: options.client, onChange: () => this.#onHealth() })
    for (const kind of options.kinds) if (kind.served === 'always') this.#watch(kind)
  }

  /** Asked at every look at the cluster's state, and another only when kinds come or go. */
  vital(): readonly WatchedKind[] {
    this.#vital ??= [...this.watched.values()].filter((each) => each.kind.vital)
    return this.#vital
  }

  /** A kind whose definition is not there was read in the sense that matters: its absence is absence. */
  known(resource: Resource): boolean {
    const watched = this.watched.get(keyOf(resource))
    if (watched !== undefined) return watched.state().known
    const mirrored = this.#options.kinds.some((kind) => keyOf(kind.resource) === keyOf(resource))
    return mirrored && this.watched.get(keyOf(customResourceDefinitions))?.state().known === true
  }

  /** Whether a kind without a definition is known hangs on the definitions having been read. */
  version(resource: Resource): number {
    const key = keyOf(resource)
    return this.#versions.get(this.watched.has(key) ? key : keyOf(customResourceDefinitions)) ?? 0
  }

  truth(): ClusterTruth {
    const { reason, asOf } = this.#judge()
    return {
      cluster: this.#options.client.cluster,
      state: this.#state.state,
      since: new Date(this.#state.since).toISOString(),
      ...(asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() }),
      ...(reason === undefined ? {} : { reason }),
    }
  }

  stop(): void {
    this.health.stop()
    this.changes.stop()
    for (const each of this.watched.values()) each.stop()
  }

  /** Back-offs of half a minute are for clusters nobody hears of. */
  #onHealth(): void {
    if (this.health.trouble === undefined) for (const each of this.watched.values()) each.hurry()
    this.#judge()
  }

  #judge(): ReturnType<typeof judgeTruth> {
    const judged = judgeTruth(
      this.vital().map((each) => each.state()),
      this.health,
    )
    if (judged.state !== this.#state.state) {
      this.#state = { state: judged.state, since: this.health.trouble?.since ?? Date.now() }
      this.changes.add(truthChanged)
    }
    return judged
  }

  #changed(key: string): void {
    changes += 1
    this.#versions.set(key, changes)
    this.changes.add(key)
  }

  #watch(kind: MirroredKind): void {
    const key = keyOf(kind.resource)
    let known = false
    const watched = watchKind({
      client: this.#options.client,
      kind,
      onChange: () => {
        this.#changed(key)
        if (key === keyOf(customResourceDefinitions)) this.#followDefinitions()
      },
      onState: (trouble) => {
        if (trouble) this.health.check()
        if (!known && this.watched.get(key)?.state().known === true) {
          known = true
          this.#changed(key)
        }
        if (key === keyOf(customResourceDefinitions)) this.#followDefinitions()
        this.#judge()
      },
    })
    this.watched.set(key, watched)
    this.#vital = undefined
  }

  #followDefinitions(): void {
    const definitions = this.watched.get(keyOf(customResourceDefinitions))
    if (definitions?.state().known !== true) return
    for (const kind of this.#options.kinds) {
      if (kind.served !== 'crd') continue
      const { group, plural } = kind.resource
      const version = servedVersion(definitions.store.get({ name: `${plural}.${group}` }), kind.resource.version)
      this.#follow(kind, version)
    }
  }

  #follow(kind: MirroredKind, version: string | undefined): void {
    const key = keyOf(kind.resource)
    const running = this.watched.get(key)
    if (running?.kind.resource.version === version) return
    running?.stop()
    this.#vital = undefined
    if (this.watched.delete(key) || version !== undefined) this.#changed(key)
    if (version !== undefined) this.#watch({ ...kind, resource: { ...kind.resource, version } })
  }
}

/** The version we speak where the cluster serves it, any other it serves otherwise (older Istios: v1beta1). */
function servedVersion(definition: KubernetesObject | undefined, preferred: string): string | undefined {
  if (definition === undefined || conditionOf(definition, 'Established')?.status === 'False') return undefined
  const served = listAt(definition, 'spec', 'versions')
    .filter((each) => flagAt(each, 'served') === true)
    .map((each) => textAt(each, 'name'))
  return served.includes(preferred) ? preferred : served.find((each) => each !== undefined)
}

/** As packages/istio names kinds: a kind is the same whatever its version. */
function keyOf(resource: Resource): string {
  return kindKey(resource)
}
