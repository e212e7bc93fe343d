import type { KubeClient } from '@orbweaver/kube/client'
import { KubeError, type KubeErrorCode } from '@orbweaver/kube/error'
import { createKindStore, type KindStore } from './kind-store.ts'
import type { MirroredKind } from './mirrored-kinds.ts'
import type { KindState } from './truth.ts'

/** Back-off of repeated failures, with full jitter. */
const firstPauseMs = 500
const longestPauseMs = 30_000
/** Listing a big cluster takes longer than any other call. */
const listDeadlineMs = 120_000

export type WatchedKind = {
  readonly kind: MirroredKind
  readonly store: KindStore
  state(): KindState
  stop(): void
}

export type WatchOptions = {
  client: KubeClient
  kind: MirroredKind
  namespace?: string
  labelSelector?: string
  onChange: () => void
  /** Told when its state is another one; with whether it is in trouble. */
  onState: (trouble: boolean) => void
}

export function watchKind(options: WatchOptions): WatchedKind {
  const watch = new KindWatch(options)
  void watch.run()
  return { kind: options.kind, store: watch.store, state: () => watch.state, stop: () => watch.ending.abort() }
}

/** Lists, watches from there, and begins again for ever; what was read stays while it cannot be read again. */
class KindWatch {
  readonly store = createKindStore()
  readonly ending = new AbortController()
  state: KindState = { known: false, live: false, asOf: undefined, trouble: undefined }
  readonly #options: WatchOptions
  readonly #scope: { namespace?: string; labelSelector?: string; fieldSelector?: string }
  #failures = 0

  constructor(options: WatchOptions) {
    this.#options = options
    const { namespace, labelSelector, kind } = options
    this.#scope = {
      ...(namespace === undefined ? {} : { namespace }),
      ...(labelSelector === undefined ? {} : { labelSelector }),
      ...(kind.fieldSelector === undefined ? {} : { fieldSelector: kind.fieldSelector }),
    }
  }

  async run(): Promise<void> {
    let from: string | undefined
    while (!this.#ended()) {
      try {
        from ??= await this.#list()
        from = await this.#watch(from)
      } catch (error) {
        if (this.#ended()) return
        if (!(error instanceof KubeError)) throw error
        if (error.code === 'gone' || !resumable.has(error.code)) from = undefined
        await this.#failed(error.code)
      }
    }
  }

  #ended(): boolean {
    return this.ending.signal.aborted
  }

  async #list(): Promise<string> {
    const { client, kind } = this.#options
    const options = { ...this.#scope, signal: this.ending.signal, deadlineMs: listDeadlineMs }
    const { items, resourceVersion } = await client.list(kind.resource, options)
    if (this.#ended()) return resourceVersion
    this.store.replace(items.map(kind.project))
    this.#become({ known: true, live: true, asOf: Date.now(), trouble: undefined })
    this.#options.onChange()
    return resourceVersion
  }

  async #watch(from: string): Promise<string> {
    const { client, kind, onChange } = this.#options
    let version = from
    const options = { ...this.#scope, resourceVersion: from, signal: this.ending.signal }
    for await (const event of client.watch(kind.resource, options)) {
      if (this.#ended()) break
      this.#failures = 0
      this.#become({ known: true, live: true, asOf: Date.now(), trouble: undefined })
      if (event.type === 'BOOKMARK') {
        version = event.resourceVersion
        continue
      }
      version = event.object.metadata.resourceVersion ?? version
      if (event.type === 'DELETED') this.store.drop(event.object)
      else this.store.put(kind.project(event.object))
      onChange()
    }
    return version
  }

  async #failed(code: KubeErrorCode): Promise<void> {
    this.#failures += 1
    this.#become({ ...this.state, live: false, trouble: code })
    const most = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(this.#failures, 10))
    await pause(most / 2 + Math.random() * (most / 2), this.ending.signal)
  }

  #become(state: KindState): void {
    const { known, live, trouble } = this.state
    this.state = state
    if (known === state.known && live === state.live && trouble === state.trouble) return
    this.#options.onState(state.trouble !== undefined)
  }
}

/** After these the last version seen is as good as before. */
const resumable: ReadonlySet<string> = new Set(['unreachable', 'timeout', 'throttled', 'server_error', 'tls'])

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
}
