import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Connection } from '@orbweaver/kube/connection'
import { fleetClusters, secrets } from '@orbweaver/kube/resources'
import type { Logger } from 'pino'
import { systemNamespace } from '../identity/keyring.ts'
import { sessionLabel } from '../identity/session-secret.ts'
import { type ManagedDoor, openDoor } from './cluster-door.ts'
import type { OfferedContext } from './doors.ts'
import { hubKinds, memberKinds } from './mirrored-kinds.ts'
import { type HeldCredentials, prometheusSecretName, readPrometheusSecret } from './prometheus-secret.ts'
import { credentialsOnly, type Registered, readRegistered, secretNameOf } from './registered.ts'
import type { ShowingFleet } from './viewer.ts'
import { type WatchedKind, watchKind } from './watched-kind.ts'

/** How the hub is called among clusters. A FleetCluster may not have this name. */
const hubName = 'hub'

export type FleetOptions = {
  hub: Connection
  self: boolean
  log: Logger
  offered: readonly OfferedContext[]
  /** How long an answer about somebody's rights is taken for true (ms); 30 s unless told otherwise. */
  verdictTtlMs?: number | undefined
}

export type RunningFleet = ShowingFleet & {
  /** The credentials of the hub's own connection, and the contexts offered, were made anew. */
  renew(to: Pick<FleetOptions, 'hub' | 'offered'>): void
  sizes(): { cluster: string; kind: string; objects: number }[]
  close(): void
}

type Member = { door: ManagedDoor; registered: Registered; fingerprint: string; secretName: string }
type Listener = (cluster: string, kinds: ReadonlySet<string>) => void

/** Connects to the hub, and from then on to whatever clusters its FleetCluster objects name, until closed. */
export function openFleet(options: FleetOptions): RunningFleet {
  const registry = new Registry(options)
  let { offered } = options
  return {
    hub: registry.hub,
    get: (name) => registry.members.get(name)?.door,
    all: () => [...registry.members.values()].map(({ door }) => door),
    prometheusCredentials: (name) => registry.prometheusCredentials(name),
    offered: () => offered,
    renew(to) {
      registry.hub.renew(to.hub)
      offered = to.offered
    },
    unusable: () => [...registry.unusable.values()],
    onChange(listener) {
      registry.listeners.add(listener)
      return () => void registry.listeners.delete(listener)
    },
    sizes: () =>
      [registry.hub, ...[...registry.members.values()].map(({ door }) => door)].flatMap((door) =>
        door.sizes().map((size) => ({ cluster: door.name, ...size })),
      ),
    close: () => registry.close(),
  }
}

class Registry {
  readonly hub: ManagedDoor
  readonly members = new Map<string, Member>()
  /** Registered, but without a way to them. */
  readonly unusable = new Map<string, ClusterTruth>()
  readonly listeners = new Set<Listener>()
  readonly #options: FleetOptions
  readonly #credentials: WatchedKind

  constructor(options: FleetOptions) {
    this.#options = options
    this.hub = this.#open(hubName, options.hub, () => undefined)
    this.hub.mirror.onChange((kinds) => {
      if (kinds.has('orbweaver.dev/FleetCluster')) this.#follow()
    })
    this.#credentials = watchKind({
      client: this.hub.own,
      kind: { resource: secrets, project: credentialsOnly, served: 'always', vital: false },
      namespace: systemNamespace,
      labelSelector: `${sessionLabel}!=true`,
      onChange: () => this.#follow(),
      onState: () => this.#follow(),
    })
  }

  prometheusCredentials(cluster: string): HeldCredentials | undefined {
    const name = prometheusSecretName(cluster)
    return readPrometheusSecret(this.#credentials.store.get({ namespace: systemNamespace, name }))
  }

  close(): void {
    this.#credentials.stop()
    this.listeners.clear()
    this.hub.close()
    for (const { door } of this.members.values()) door.close()
    this.members.clear()
  }

  /** Makes the connections be those that the hub names. Waits until both halves of a registration were read. */
  #follow(): void {
    const { mirror } = this.hub
    if (!mirror.known(fleetClusters)) return
    const wanted = new Map(mirror.list(fleetClusters).map((each) => [each.metadata.name, each]))
    for (const name of [...this.members.keys(), ...this.unusable.keys()]) if (!wanted.has(name)) this.#disconnect(name)
    for (const each of wanted.values()) this.#connect(each)
  }

  #connect(fleetCluster: KubernetesObject): void {
    const { name } = fleetCluster.metadata
    const credentials = this.#credentials.state()
    if (!credentials.known) {
      const reason = credentials.trouble === undefined ? undefined : `kube.${credentials.trouble}`
      if (!this.members.has(name)) this.#note(name, { state: 'syncing', reason })
      return
    }
    const secretName = secretNameOf(fleetCluster) ?? ''
    const secret = this.#credentials.store.get({ namespace: systemNamespace, name: secretName })
    const registered = name === hubName ? reserved : readRegistered(fleetCluster, secret)
    const member = this.members.get(name)
    // The record was pointed at other credentials, and they were not read yet: the present ones go on until they are.
    if (secret === undefined && member !== undefined && member.secretName !== secretName) return
    if (registered.ok) this.#use(registered, secretName)
    else {
      this.#disconnect(name)
      this.#note(name, { state: 'unauthorized', reason: registered.reason })
    }
  }

  #use(registered: Registered & { ok: true }, secretName: string): void {
    const { name, connection, fingerprint } = registered
    const member = this.members.get(name)
    this.unusable.delete(name)
    if (member === undefined) {
      const door = this.#open(name, connection, () => this.members.get(name)?.registered.prefixes)
      this.members.set(name, { door, registered, fingerprint, secretName })
      this.#options.log.info({ cluster: name, server: door.server }, 'connected')
      this.#tell(name)
      return
    }
    member.registered = registered
    member.secretName = secretName
    if (member.fingerprint === fingerprint) return
    member.fingerprint = fingerprint
    member.door.replace(connection)
  }

  #disconnect(name: string): void {
    this.unusable.delete(name)
    const member = this.members.get(name)
    if (member === undefined) return
    this.members.delete(name)
    member.door.close()
    this.#options.log.info({ cluster: name }, 'disconnected')
    this.#tell(name)
  }

  #note(name: string, { state, reason }: { state: ClusterTruth['state']; reason: string | undefined }): void {
    const before = this.unusable.get(name)
    if (before?.state === state && before.reason === reason) return
    const truth = { cluster: name, state, since: new Date().toISOString() }
    this.unusable.set(name, reason === undefined ? truth : { ...truth, reason })
    this.#options.log.warn({ cluster: name, state, reason }, 'registered, but there is no way to it')
    this.#tell(name)
  }

  #open(name: string, connection: Connection, prefixes: () => Registered['prefixes'] | undefined): ManagedDoor {
    const { self, log, verdictTtlMs } = this.#options
    const kinds = name === hubName ? hubKinds : memberKinds
    const door = openDoor({ name, connection, kinds, self, prefixes, verdictTtlMs, log })
    door.mirror.onChange((changed) => this.#tell(name, changed))
    return door
  }

  #tell(cluster: string, kinds: ReadonlySet<string> = registration): void {
    for (const each of this.listeners) each(cluster, kinds)
  }
}

const reserved: Registered = { name: hubName, prefixes: {}, ok: false, reason: 'clusters.reserved_name' }
const registration: ReadonlySet<string> = new Set(['orbweaver.dev/FleetCluster'])
