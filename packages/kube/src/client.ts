import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Credentials } from './connection.ts'

/** Where a kind is served: enough to form its URL. Known ones are in resources.ts, others come from discovery. */
export type Resource = { group: string; version: string; plural: string; kind: string; namespaced: boolean }

export type Target = { namespace?: string; name: string }

export type CallOptions = {
  /** Ends the call early; the deadline below holds as well. */
  signal?: AbortSignal
  /** Milliseconds for the whole call; default 10,000. */
  deadlineMs?: number
}

export type ListOptions = CallOptions & {
  namespace?: string
  labelSelector?: string
  fieldSelector?: string
  /** Items a page; the client follows `continue` to the end. Default 500. */
  pageSize?: number
}

export type WriteOptions = CallOptions & {
  dryRun?: boolean
  fieldManager?: string
  fieldValidation?: 'Strict' | 'Warn' | 'Ignore'
}

export type PatchBody =
  | { type: 'merge' | 'strategic'; body: object }
  | { type: 'json'; body: object[] }
  | { type: 'apply'; body: object; force?: boolean }

export type DeleteOptions = CallOptions & {
  dryRun?: boolean
  propagation?: 'Foreground' | 'Background' | 'Orphan'
  uid?: string
  resourceVersion?: string
}

export type WatchOptions = ListOptions & {
  /** Events after this version; without it the present objects come first, as ADDED. */
  resourceVersion?: string
  /** WatchList: the present objects, then a bookmark with initialEventsEnd, then events. */
  sendInitialEvents?: boolean
  /** Called when the server has accepted the watch, which may be a minute before the first event. */
  onOpen?: () => void
}

/** What a write answered: the stored (or, with dryRun, the would-be) object and the server's Warning headers. */
export type Written = { object: KubernetesObject; warnings: string[] }

export type Identity = { user: string; groups: string[]; extra?: Record<string, string[]> }

export type AccessQuestion = {
  verb: string
  group: string
  resource: string
  subresource?: string
  namespace?: string
  name?: string
}

export type WatchEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubernetesObject }
  | { type: 'BOOKMARK'; resourceVersion: string; initialEventsEnd: boolean }

/**
 * One cluster's API as one identity. Every method rejects with KubeError (error.ts) and nothing else.
 * Clients of one cluster share one connection pool, however many identities they speak for.
 */
export type KubeClient = {
  readonly cluster: string
  readonly server: string
  get(resource: Resource, target: Target, options?: CallOptions): Promise<KubernetesObject>
  list(resource: Resource, options?: ListOptions): Promise<{ items: KubernetesObject[]; resourceVersion: string }>
  watch(resource: Resource, options: WatchOptions): AsyncIterable<WatchEvent>
  create(resource: Resource, object: KubernetesObject, options?: WriteOptions): Promise<Written>
  /** PUT; the object's own resourceVersion, when it has one, is the optimistic lock. */
  replace(
    resource: Resource,
    object: KubernetesObject,
    options?: WriteOptions & { subresource?: string },
  ): Promise<Written>
  patch(
    resource: Resource,
    target: Target & { subresource?: string },
    patch: PatchBody & WriteOptions,
  ): Promise<Written>
  remove(resource: Resource, target: Target, options?: DeleteOptions): Promise<KubernetesObject | undefined>
  /** Anything else: version, discovery, reviews, subresources. Path begins with `/`. */
  raw(path: string, options?: RawOptions): Promise<RawAnswer>
  /**
   * One HTTP GET at a port of a Pod, through `pods/portforward` (verbs `get` and, since Kubernetes 1.35, `create`).
   * Whatever the process says is an answer; KubeError `pod_unreachable` when nobody listens there or it hangs up.
   */
  getThroughPod(pod: Target, request: PodRequest): Promise<PodAnswer>
  /**
   * The certificates that a process in a Pod shows at a TLS port, PEM, its own first; by the same way and verbs. Nothing is
   * verified and nothing is sent. KubeError `tls` where it speaks something else, `pod_unreachable` as above.
   */
  certificatesThroughPod(pod: Target, request: CallOptions & { port: number }): Promise<string[]>
  /** The same cluster as another identity, by impersonation. */
  as(identity: Identity): KubeClient
  /**
   * Proves itself by these from the next call on, and so do all that share its connections. What is running goes on:
   * a watch was let in when it began.
   */
  renew(credentials: Credentials): void
  close(): Promise<void>
}

type RawOptions = CallOptions & {
  /** Default GET. */
  method?: string
  /** Sent as JSON. */
  body?: unknown
  accept?: string
  /** May be sent again when the connection breaks, though it is no GET: a POST that stores nothing, like a review. */
  repeatable?: boolean
}

export type PodRequest = CallOptions & {
  port: number
  /** With its query; begins with `/`. */
  path: string
  /** Default `application/json`. */
  accept?: string
  /** Sent to the process beside those of every request. */
  headers?: Readonly<Record<string, string>>
  /** Bytes of the answer at most; default 8 MiB. */
  maxAnswerBytes?: number
}

/** The body is parsed when it is JSON, text otherwise. */
export type PodAnswer = { status: number; body: unknown }

export type RawAnswer = { status: number; body: unknown; warnings: string[]; date: Date | undefined }
