import { setTimeout as sleep } from 'node:timers/promises'
import type { KubeClient } from '@orbweaver/kube/client'
import { KubeError } from '@orbweaver/kube/error'
import { secrets } from '@orbweaver/kube/resources'
import type { Logger } from 'pino'
import { createTtlCache, type TtlCache } from '../kube/ttl-cache.ts'
import { type Keyring, systemNamespace } from './keyring.ts'
import { isOver, type Session, sessionName } from './session.ts'
import { fromSecret, sessionLabel, toSecret } from './session-secret.ts'

/**
 * Who is signed in, known to all replicas: a Secret a session in the hub, cached here. While the hub is out of reach
 * those already known stay signed in, and new ones live in this replica until they can be stored.
 */
export type SessionStore = {
  create(id: string, session: Omit<Session, 'name'>): Promise<Session>
  find(id: string): Promise<Session | undefined>
  /** Ends it for every replica: at once here, within `rereadMs` elsewhere. */
  revoke(id: string): Promise<void>
  count(): number
  close(): void
}

type Options = { hub: KubeClient; keyring: Keyring; log: Logger; rereadMs?: number; now?: () => number }
type Entry = { session: Session; stored: boolean; writtenSeenAt: number; writing?: Promise<void> | undefined }

const deadlineMs = 3_000
/** Who signs in does not wait longer than this for a hub that is slow or gone: it goes on being stored behind them. */
const patienceMs = 1_000
/** `seenAt` in the hub may lag by this much: one write a quarter of an hour is what an idle timeout of 12 h needs. */
const seenLagMs = 900_000
const mostCached = 20_000

export function createSessionStore(options: Options): SessionStore {
  const store = new CachedSessions(options)
  const timer = setInterval(() => void store.reread(), options.rereadMs ?? 30_000)
  timer.unref()
  return {
    create: (id, session) => store.create(id, session),
    find: (id) => store.find(id),
    revoke: (id) => store.revoke(id),
    count: () => store.entries.size,
    close: () => clearInterval(timer),
  }
}

class CachedSessions {
  readonly entries = new Map<string, Entry>()
  /** Over here, but perhaps not yet removed from the hub. */
  readonly #ending = new Set<string>()
  /** Cookies of nobody must not become a call to the hub each. */
  readonly #lookups: TtlCache<Entry | undefined>
  readonly #options: Options
  readonly #now: () => number
  #reading: Promise<void> | undefined

  constructor(options: Options) {
    this.#options = options
    this.#now = options.now ?? Date.now
    this.#lookups = createTtlCache({ ttlMs: 5_000, max: 10_000, now: this.#now })
  }

  async create(id: string, session: Omit<Session, 'name'>): Promise<Session> {
    const named = { ...session, name: sessionName(id) }
    const entry = this.#keep(named, false)
    await Promise.race([this.#write(entry), sleep(patienceMs, undefined, { ref: false })])
    return named
  }

  async find(id: string): Promise<Session | undefined> {
    const name = sessionName(id)
    if (this.#ending.has(name)) return undefined
    const entry = this.entries.get(name) ?? (await this.#lookups.get(name, () => this.#fetch(name)))
    if (entry === undefined || this.#ending.has(name)) return undefined
    const now = this.#now()
    if (isOver(entry.session, now)) {
      await this.#end(name)
      return undefined
    }
    entry.session.seenAt = now
    return entry.session
  }

  revoke(id: string): Promise<void> {
    return this.#end(sessionName(id))
  }

  /** One list for all sessions: those gone from the hub are over here too, those over are swept there. */
  reread(): Promise<void> {
    this.#reading ??= this.#reread().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #reread(): Promise<void> {
    const asked = new Set([...this.entries].filter(([, { stored }]) => stored).map(([name]) => name))
    try {
      const key = await this.#options.keyring.key('sessions')
      const listed = await this.#options.hub.list(secrets, {
        namespace: systemNamespace,
        labelSelector: `${sessionLabel}=true`,
        deadlineMs: deadlineMs * 2,
      })
      const there = new Set(listed.items.map((each) => each.metadata.name))
      for (const name of asked) if (!there.has(name)) this.#forget(name)
      for (const each of listed.items) await this.#merge(fromSecret(each, key))
    } catch (error) {
      this.#unreachable(error, 'sessions could not be read again')
    }
    await this.#settle()
  }

  /** Another replica may have seen the person later than this one. */
  async #merge(listed: Session | undefined): Promise<void> {
    if (listed === undefined) return
    const entry = this.entries.get(listed.name)
    if (entry !== undefined) entry.session.seenAt = Math.max(entry.session.seenAt, listed.seenAt)
    else if (isOver(listed, this.#now())) await this.#end(listed.name)
  }

  /** What is not in the hub yet is stored, what was seen is noted, what is over is removed. */
  async #settle(): Promise<void> {
    const now = this.#now()
    for (const name of this.#ending) await this.#end(name)
    for (const entry of this.entries.values()) {
      if (isOver(entry.session, now)) await this.#end(entry.session.name)
      else if (!entry.stored || entry.session.seenAt - entry.writtenSeenAt > seenLagMs) await this.#write(entry)
    }
  }

  /** One at a time: a second create that is under way would bring back what is removed meanwhile. */
  #write(entry: Entry): Promise<void> {
    entry.writing ??= this.#writeNow(entry).finally(() => {
      entry.writing = undefined
    })
    return entry.writing
  }

  async #writeNow(entry: Entry): Promise<void> {
    const { hub, keyring } = this.#options
    const { session } = entry
    try {
      const secret = toSecret(session, { namespace: systemNamespace, key: await withinDeadline(keyring, hub.cluster) })
      if (entry.stored) {
        const target = { namespace: systemNamespace, name: session.name }
        await hub.patch(secrets, target, { type: 'merge', body: { data: secret.data ?? {} }, deadlineMs })
      } else await hub.create(secrets, secret, { deadlineMs })
      entry.stored = true
      entry.writtenSeenAt = session.seenAt
    } catch (error) {
      if (error instanceof KubeError && error.code === 'already_exists') entry.stored = true
      else if (entry.stored && error instanceof KubeError && error.code === 'not_found') {
        this.entries.delete(session.name)
      } else this.#unreachable(error, 'a session is kept in this replica only')
    }
  }

  async #fetch(name: string): Promise<Entry | undefined> {
    const { hub, keyring } = this.#options
    try {
      const key = await withinDeadline(keyring, hub.cluster)
      const found = fromSecret(await hub.get(secrets, { namespace: systemNamespace, name }, { deadlineMs }), key)
      return found === undefined ? undefined : this.#keep(found, true)
    } catch (error) {
      if (!(error instanceof KubeError && error.code === 'not_found')) {
        this.#unreachable(error, 'a session could not be looked up')
      }
      return undefined
    }
  }

  #forget(name: string): void {
    this.entries.delete(name)
    this.#lookups.forget(name)
  }

  #keep(session: Session, stored: boolean): Entry {
    const entry = { session, stored, writtenSeenAt: session.seenAt }
    this.entries.set(session.name, entry)
    const oldest = this.entries.keys().next().value
    if (this.entries.size > mostCached && oldest !== undefined) this.entries.delete(oldest)
    return entry
  }

  async #end(name: string): Promise<void> {
    const writing = this.entries.get(name)?.writing
    this.#forget(name)
    this.#ending.add(name)
    await writing
    try {
      await this.#options.hub.remove(secrets, { namespace: systemNamespace, name }, { deadlineMs })
    } catch (error) {
      if (!(error instanceof KubeError && error.code === 'not_found')) {
        this.#unreachable(error, 'an ended session could not be removed from the hub yet')
        return
      }
    }
    this.#ending.delete(name)
  }

  #unreachable(error: unknown, message: string): void {
    const code = error instanceof KubeError ? error.code : 'unknown'
    this.#options.log.warn({ code, message: error instanceof Error ? error.message : undefined }, message)
  }
}

/** The keyring shares one load among all callers, so its wait is bounded here and not by aborting it. */
function withinDeadline(keyring: Keyring, cluster: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const late = () =>
      reject(new KubeError({ code: 'timeout', cluster, message: 'no keys in time', reason: 'Deadline' }))
    const timer = setTimeout(late, deadlineMs)
    keyring
      .key('sessions')
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}
