import type { Identity, KubeClient } from '@orbweaver/kube/client'
import { createKubeClient } from '@orbweaver/kube/connect'
import type { Connection, Credentials, Limits } from '@orbweaver/kube/connection'
import { type CredentialEnd, credentialEnds } from '@orbweaver/kube/kubeconfig/credential-ends'
import type { Logger } from 'pino'
import { mapIdentity, type NamePrefixes } from '../identity/normalise.ts'
import { coalesce } from './coalesce.ts'
import type { Mirror } from './doors.ts'
import { type RunningMirror, startMirror } from './mirror.ts'
import type { MirroredKind } from './mirrored-kinds.ts'
import { createReviews, type Reviews } from './reviews.ts'
import type { ShowingDoor } from './viewer.ts'
import { createVisibility, type Visibility } from './visibility.ts'

export type DoorOptions = {
  name: string
  connection: Connection
  kinds: readonly MirroredKind[]
  /** Mode self: nobody is impersonated, everybody is the kubeconfig's own account. */
  self: boolean
  /** How this cluster spells people's names. */
  prefixes: () => NamePrefixes | undefined
  /** How long an answer about somebody's rights is taken for true (ms). */
  verdictTtlMs?: number | undefined
  log: Logger
}

export type ManagedDoor = ShowingDoor & {
  /** Goes over to other credentials: at once when the present ones do not work, else when the new ones have read everything. */
  replace(connection: Connection): void
  /** Proves itself by these from now on; the same account, and nothing is read anew. */
  renew(credentials: Credentials): void
  sizes(): { kind: string; objects: number }[]
  close(): void
}

/** One connection with everything that hangs on it. */
type Link = { client: KubeClient; mirror: RunningMirror; reviews: Reviews; ends: readonly CredentialEnd[] }

/**
 * More than a client's own limits: a person who may see few namespaces costs one rules review each, and the API server's
 * priority and fairness is there to say no.
 */
const limits: Limits = { qps: 200, burst: 1_000, maxInFlight: 30 }

export function openDoor(options: DoorOptions): ManagedDoor {
  return new Door(options)
}

class Door implements ManagedDoor {
  readonly name: string
  readonly mirror: Mirror
  readonly #options: DoorOptions
  readonly #changes = coalesce(100)
  #link: Link
  #next: Link | undefined

  constructor(options: DoorOptions) {
    this.#options = options
    this.name = options.name
    this.#link = this.#connect(options.connection)
    this.mirror = {
      list: (resource, namespace) => this.#link.mirror.list(resource, namespace),
      get: (resource, target) => this.#link.mirror.get(resource, target),
      known: (resource) => this.#link.mirror.known(resource),
      version: (resource) => this.#link.mirror.version(resource),
      truth: () => this.#link.mirror.truth(),
      onChange: (listener) => this.#changes.listen(listener),
    }
  }

  get server(): string {
    return this.#link.client.server
  }

  get ends(): readonly CredentialEnd[] {
    return this.#link.ends
  }

  get own(): KubeClient {
    return this.#link.client
  }

  as(identity: Identity): KubeClient {
    return this.#options.self ? this.#link.client : this.#link.client.as(this.#spelled(identity))
  }

  nameOf(identity: Identity): string | undefined {
    return this.#options.self ? undefined : this.#spelled(identity).user
  }

  async may(...asked: Parameters<ShowingDoor['may']>): Promise<boolean> {
    return (await this.mayBe(...asked)) === 'yes'
  }

  mayBe(...asked: Parameters<ShowingDoor['mayBe']>): ReturnType<ShowingDoor['mayBe']> {
    const [identity, question] = asked
    return this.#link.reviews.now(identity).may(question)
  }

  visibility(identity: Identity): Visibility {
    const { mirror, reviews } = this.#link
    if (this.#options.self) return everything(mirror)
    const mirrored = this.#options.kinds.map((each) => each.resource)
    return createVisibility({ mirror, rights: reviews.lastKnown(identity), mirrored })
  }

  replace(connection: Connection): void {
    if (this.#next !== undefined) disconnect(this.#next)
    const next = this.#connect(connection)
    this.#next = next
    const take = () => {
      if (this.#next !== next || !this.#mayTake(next)) return
      disconnect(this.#link)
      this.#link = next
      this.#next = undefined
      this.#options.log.info({ cluster: this.name }, 'went over to new credentials')
      for (const each of this.#options.kinds) this.#changes.add(each.resource.kind)
    }
    next.mirror.onChange(take)
    take()
  }

  renew(credentials: Credentials): void {
    this.#link.client.renew(credentials)
    const authority = this.#link.ends.filter(({ of }) => of === 'certificate-authority')
    this.#link.ends = [...credentialEnds(credentials), ...authority]
    this.#link.mirror.suspect()
  }

  sizes(): { kind: string; objects: number }[] {
    return this.#link.mirror.sizes()
  }

  close(): void {
    this.#changes.stop()
    disconnect(this.#link)
    if (this.#next !== undefined) disconnect(this.#next)
  }

  #mayTake(next: Link): boolean {
    const { state } = this.#link.mirror.truth()
    return next.mirror.synced() || state === 'unauthorized' || state === 'unreachable'
  }

  #connect(connection: Connection): Link {
    const client = createKubeClient({ cluster: this.name, connection, limits })
    const mirror = startMirror({ client, kinds: this.#options.kinds })
    mirror.onChange((kinds) => {
      if (this.#link.mirror === mirror) for (const each of kinds) this.#changes.add(each)
    })
    const reviews = createReviews({
      own: client,
      as: (identity) => (this.#options.self ? client : client.as(this.#spelled(identity))),
      subject: (identity) => (this.#options.self ? undefined : this.#spelled(identity)),
      health: () => mirror.health(),
      suspect: () => mirror.suspect(),
      ttlMs: this.#options.verdictTtlMs,
    })
    return { client, mirror, reviews, ends: credentialEnds(connection) }
  }

  /** Names as this cluster spells them, and nothing else: no extra fields are granted or sent. */
  #spelled({ user, groups }: Identity): Identity {
    return mapIdentity({ user, groups }, this.#options.prefixes())
  }
}

function disconnect({ client, mirror }: Link): void {
  mirror.stop()
  // What is under way in it ends with an abort that its callers are told of.
  void client.close()
}

/** Mode self: the mirror was read by the account that looks. */
function everything(mirror: Mirror): Visibility {
  return {
    visible: (resource, namespace) => Promise.resolve(mirror.list(resource, namespace)),
    sees: () => Promise.resolve(true),
    seen: (_resource, targets) => Promise.resolve([...targets]),
    lists: (resource) => Promise.resolve(mirror.known(resource)),
    seesNamespace: () => Promise.resolve(true),
  }
}
