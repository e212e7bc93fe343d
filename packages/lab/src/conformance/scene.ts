import { isJson, type Json, textAt } from '@orbweaver/contracts/json'
import { createKubeClient } from '@orbweaver/kube/connect'
import { KubeError } from '@orbweaver/kube/error'
import { adminUser } from '../people.ts'
import { until } from '../wait.ts'
import { Difference, fits, type Shape } from './fits.ts'
import type { Front } from './front.ts'
import { bytesOf, type Endpoint, headersOf, linesOf, send } from './http.ts'
import type { Target } from './target.ts'
import { type Judge, openWebhook, type WebhookServer } from './webhook-server.ts'

type Ask = {
  method?: string
  body?: unknown
  /** Content type of the body; JSON when absent. */
  type?: string
  /** A user of people.ts; the administrator when absent. */
  as?: string
  /** A bearer token in place of a user's; empty for none. */
  token?: string
  headers?: Record<string, string | string[]>
}

export type Answer = {
  status: number
  /** null when it is no JSON. */
  body: Json
  text: string
  /** Texts of the Warning headers. */
  warnings: string[]
  headers: Record<string, string | string[]>
}

type Watched = Pick<Answer, 'status' | 'body'> & {
  events: Json[]
  /** The server ended the stream, before the reader had enough. */
  ended: boolean
}

type Watching = {
  /** What happens once the server has accepted the watch. */
  during?: () => Promise<unknown>
  /** When the reader has enough: a number of events, or the last event's shape. */
  until?: number | Shape
  as?: string
  /** The form that events are wanted in. */
  accept?: string
}

/** A GET at a port of a Pod. */
type Through = {
  namespace: string
  pod: string
  port: number
  path: string
  /** A user of people.ts; the administrator when absent. */
  as?: string
}

/** What the process in the Pod said, or what came in between: a code of packages/kube, and the server's words. */
export type PodSaid =
  | { readonly status: number; readonly body: unknown }
  | { readonly refusal: { code: string; status: number | undefined; reason: string | undefined; message: string } }

/** A target behind a front, and a namespace. */
export type Ground = {
  readonly namespace: string
  /** The path of a namespaced resource in the check's namespace: `configmaps/a?dryRun=All`, `apps/v1/deployments`. */
  readonly at: (path: string) => string
  /** A name for an object without a namespace that no other check uses. */
  readonly unique: (suffix: string) => string
  readonly ask: (path: string, how?: Ask) => Promise<Answer>
  /** The way of the product: packages/kube and `pods/portforward`. */
  readonly through: (request: Through) => Promise<PodSaid>
  /** The target, as other clusters find it. */
  readonly peer: Endpoint
  readonly watch: (path: string, how?: Watching) => Promise<Watched>
  /** Asks again until the answer has this shape; throws the last Difference when the target's patience is over. */
  readonly eventually: (question: () => Promise<unknown>, shape: Shape) => Promise<void>
  /** The bearer token of a user of people.ts. */
  readonly token: (user: string) => string
  /** An admission webhook of this check, which API servers on this machine can reach. */
  readonly webhook: (judge: Judge) => Promise<WebhookServer>
  /** Forgets the history of changes; for checks that run alone. */
  readonly forget: () => Promise<void>
  /** Overloads the server until the result is called; for checks that run alone. */
  readonly overload: Target['overload']
}

/** What a check works with: the target behind its front, and a namespace of its own. */
export type Scene = Ground & {
  /** Of the whole run: what is shared stands on it, and no breakage reaches it. */
  readonly ground: Ground
}

const core =
  /^(configmaps|endpoints|events|persistentvolumeclaims|pods|resourcequotas|secrets|serviceaccounts|services)\b/

const pathIn = (namespace: string, path: string): string => {
  if (core.test(path)) return `/api/v1/namespaces/${namespace}/${path}`
  const [group, version, ...resource] = path.split('/')
  return `/apis/${group}/${version}/namespaces/${namespace}/${resource.join('/')}`
}

export type SceneParts = {
  readonly target: Target
  readonly front: Front
  readonly namespace: string
  readonly patienceMs: number
  /** Called with the path of every object made at the cluster scope: it outlives the namespace. */
  readonly made: (path: string) => void
  /** Called with what must be closed after the check. */
  readonly opened: (server: WebhookServer) => void
}

export function createGround({ target, front, namespace, patienceMs, made, opened }: SceneParts): Ground {
  const ask = async (path: string, how: Ask = {}): Promise<Answer> => {
    const answer = await askOf(target, front.url, { path, how })
    const name = textAt(answer.body, 'metadata', 'name')
    if (answer.status === 201 && name !== undefined && textAt(answer.body, 'metadata', 'namespace') === undefined) {
      const { pathname } = new URL(path, front.url)
      made(how.method === 'PATCH' || how.method === 'PUT' ? pathname : `${pathname}/${name}`)
    }
    return answer
  }
  return {
    namespace,
    at: (path) => pathIn(namespace, path),
    unique: (suffix) => `${namespace}-${suffix}`,
    ask,
    through: (request) => throughPod(target, front.url, request),
    peer: target.peer,
    watch: (path, how = {}) => watchOf(target, front.url, { path, how, patienceMs }),
    eventually: (question, shape) => eventually(patienceMs, question, shape),
    token: target.token,
    webhook: async (judge) => {
      const server = await openWebhook(judge)
      opened(server)
      return server
    },
    forget: target.forget,
    overload: target.overload,
  }
}

async function throughPod(
  target: Target,
  server: string,
  { namespace, pod, port, path, as = adminUser }: Through,
): Promise<PodSaid> {
  const client = createKubeClient({ cluster: 'target', connection: { server, token: target.token(as) } })
  try {
    return await client.getThroughPod({ namespace, name: pod }, { port, path })
  } catch (error) {
    if (!(error instanceof KubeError)) throw error
    const { code, status, reason, message } = error
    return { refusal: { code, status, reason, message } }
  } finally {
    await client.close()
  }
}

function credentials(target: Target, { as, token }: Pick<Ask, 'as' | 'token'>): Record<string, string> {
  const bearer = token ?? target.token(as ?? adminUser)
  return bearer === '' ? {} : { authorization: `Bearer ${bearer}` }
}

async function askOf(target: Target, server: string, { path, how }: { path: string; how: Ask }): Promise<Answer> {
  const body = how.body === undefined ? undefined : Buffer.from(bodyText(how.body))
  const headers = {
    'user-agent': 'conformance/1',
    ...credentials(target, how),
    ...(body === undefined
      ? {}
      : { 'content-type': how.type ?? 'application/json', 'content-length': `${body.length}` }),
    ...how.headers,
  }
  const method = how.method ?? (body === undefined ? 'GET' : 'POST')
  const message = await send({ server }, { method, path, headers, body })
  const text = (await bytesOf(message)).toString('utf8')
  const warnings = (message.headersDistinct['warning'] ?? []).map(warningText)
  return { status: message.statusCode ?? 0, body: json(text), text, warnings, headers: headersOf(message) }
}

/** Source: RFC 9110 section 5.6.4, quoted-string. */
const warningText = (header: string): string =>
  (/^299 - "(.*)"$/.exec(header)?.[1] ?? header).replaceAll(/\\(.)/g, '$1')

const bodyText = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body))

function json(text: string): Json {
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : null
  } catch {
    return null
  }
}

type WatchRequest = { path: string; how: Watching; patienceMs: number }

async function watchOf(target: Target, server: string, to: WatchRequest): Promise<Watched> {
  const { during, until: enough, as, accept } = to.how
  const headers = {
    ...credentials(target, as === undefined ? {} : { as }),
    ...(accept === undefined ? {} : { accept }),
  }
  const message = await send({ server }, { method: 'GET', path: to.path, headers })
  if (message.statusCode !== 200) {
    const body = json((await bytesOf(message)).toString('utf8'))
    return { status: message.statusCode ?? 0, body, events: [], ended: true }
  }
  const events: Json[] = []
  const cut = setTimeout(() => message.destroy(), to.patienceMs)
  const acting = during?.()
  let ended = false
  try {
    for await (const line of linesOf(message)) {
      events.push(json(line))
      if (isEnough(events, enough)) break
    }
    ended = message.complete
  } catch (error) {
    if (!message.destroyed) throw error
  } finally {
    clearTimeout(cut)
    message.destroy()
    await acting
  }
  return { status: 200, body: null, events, ended }
}

function isEnough(events: readonly Json[], enough: number | Shape): boolean {
  if (enough === undefined) return false
  if (typeof enough === 'number') return events.length >= enough
  try {
    fits(events.at(-1), enough)
    return true
  } catch (error) {
    if (error instanceof Difference) return false
    throw error
  }
}

const everyMs = 50

async function eventually(forMs: number, question: () => Promise<unknown>, shape: Shape): Promise<void> {
  let last: Difference | undefined
  const attempt = async (): Promise<true | undefined> => {
    const answer = await question()
    try {
      fits(answer, shape)
      return true
    } catch (error) {
      if (!(error instanceof Difference)) throw error
      last = error
      return undefined
    }
  }
  if ((await until(attempt, { forMs, everyMs })) !== true) {
    throw new Difference(`within ${forMs} ms: ${last?.message ?? 'no answer'}`)
  }
}
