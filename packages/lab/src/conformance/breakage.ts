import { isRecord, type Json, type JsonRecord } from '@orbweaver/contracts/json'

/** A request on its way through the front; breakages change it in place. */
export type Sent = {
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string | string[]>
  /** Parsed when it is JSON. */
  body: Json | undefined
}

/** An answer on its way back. */
export type Answered = { status: number; headers: Record<string, string | string[]>; body: Json | undefined }

/**
 * A target with one behaviour switched off: what its front does to requests, answers and events of a watch. Every check
 * names the breakage that it must fail on.
 */
export type Breakage = {
  readonly off: string
  readonly request?: (sent: Sent, target: { readonly admin: string }) => void
  readonly answer?: (answer: Answered, sent: Sent) => void
  /** The event as it is passed on, or undefined when it is kept back. */
  readonly event?: (event: JsonRecord) => JsonRecord | undefined
}

/** For runs in which nothing is broken. */
export const intact: Breakage = { off: 'nothing' }

/** The parameters have no effect. */
export const ignoring = (...parameters: readonly string[]): Breakage => ({
  off: `query ${parameters.join(', ')}`,
  request: ({ query }) => {
    for (const each of parameters) query.delete(each)
  },
})

/** The request header has no effect. */
export const ignoringHeader = (...names: readonly string[]): Breakage => ({
  off: `request header ${names.join(', ')}`,
  request: ({ headers }) => {
    for (const each of Object.keys(headers)) if (names.some((name) => each.startsWith(name))) delete headers[each]
  },
})

/** The header of answers is missing. */
export const withoutAnswerHeader = (name: string): Breakage => ({
  off: `answer header ${name}`,
  answer: ({ headers }) => {
    delete headers[name]
  },
})

/** Where in an object; `*` is every item of a list or every key. */
export type Path = readonly string[]

const rest = (path: Path): Path => path.slice(1)

/** Calls back with whatever holds the last step of the path. */
function holders(value: Json | undefined, path: Path, visit: (holder: JsonRecord, key: string) => void): void {
  const [step] = path
  if (step === undefined) return
  if (Array.isArray(value)) {
    if (step === '*') for (const each of value) holders(each, rest(path), visit)
    return
  }
  if (!isRecord(value)) return
  const keys = step === '*' ? Object.keys(value) : [step]
  for (const key of keys) {
    if (path.length === 1) visit(value, key)
    else holders(value[key], rest(path), visit)
  }
}

const remove = (value: Json | undefined, paths: readonly Path[]): void => {
  for (const path of paths) holders(value, path, (holder, key) => delete holder[key])
}

/** What is sent at these places has no effect. */
export const ignoringSent = (...paths: readonly Path[]): Breakage => ({
  off: `sent ${paths.map((path) => path.join('.')).join(', ')}`,
  request: ({ body }) => remove(body, paths),
})

/** Answers have nothing at these places. */
export const withoutAnswered = (...paths: readonly Path[]): Breakage => ({
  off: `answered ${paths.map((path) => path.join('.')).join(', ')}`,
  answer: ({ body }) => remove(body, paths),
})

/** Answers have another value at a place that they do have. */
export const answering = (path: Path, value: Json): Breakage => ({
  off: `the right ${path.join('.')}`,
  answer: ({ body }) =>
    holders(body, path, (holder, key) => {
      if (holder[key] !== undefined) holder[key] = value
    }),
})

/** What is sent at a place is taken for another value. */
export const takingFor = (path: Path, value: Json): Breakage => ({
  off: `the right meaning of ${path.join('.')}`,
  request: ({ body }) =>
    holders(body, path, (holder, key) => {
      if (holder[key] !== undefined) holder[key] = value
    }),
})

/** Bodies are taken as if they said this. */
export const takingBodiesAs = (fields: () => JsonRecord): Breakage => ({
  off: 'what bodies say',
  request: ({ body }) => {
    if (isRecord(body)) Object.assign(body, fields())
  },
})

/** The server says yes where it must refuse. */
export const accepting = (...codes: readonly number[]): Breakage => ({
  off: `refusal with ${codes.join(', ')}`,
  answer: (answer) => {
    if (codes.includes(answer.status)) answer.status = 200
  },
})

/** One code for another. */
export const mistaking = (code: number, other: number): Breakage => ({
  off: `status ${code}`,
  answer: (answer) => {
    if (answer.status === code) answer.status = other
  },
})

/** Everybody may do everything. */
export const everybodyIsAdmin: Breakage = {
  off: 'authorization',
  request: ({ headers }, { admin }) => {
    headers.authorization = `Bearer ${admin}`
  },
}

/** A body is taken for one of another type. */
export const takingTypeFor = (type: string, other: string): Breakage => ({
  off: `content type ${type}`,
  request: ({ headers }) => {
    if (headers['content-type'] === type) headers['content-type'] = other
  },
})

/** Events of a type do not arrive. */
export const swallowing = (type: string): Breakage => ({
  off: `${type} events`,
  event: (event) => (event.type === type ? undefined : event),
})

/** Events of a type arrive as another. */
export const mistakingEvent = (type: string, other: string): Breakage => ({
  off: `${type} events`,
  event: (event) => (event.type === type ? { ...event, type: other } : event),
})

/** Events have nothing at this place. */
export const withoutInEvents = (...path: string[]): Breakage => ({
  off: `events' ${path.join('.')}`,
  event: (event) => {
    remove(event, [path])
    return event
  },
})

/** Only requests of a method, or to paths that look like this, are broken. */
export const only = (where: { method?: string; path?: RegExp }, breakage: Breakage): Breakage => {
  const concerns = ({ method, path }: Sent): boolean =>
    (where.method === undefined || where.method === method) && (where.path === undefined || where.path.test(path))
  const { off, request, answer, ...others } = breakage
  return {
    ...others,
    off: `${off} of ${[where.method, where.path].filter((each) => each !== undefined).join(' ')}`,
    ...(request === undefined
      ? {}
      : { request: (sent, target) => (concerns(sent) ? request(sent, target) : undefined) }),
    ...(answer === undefined ? {} : { answer: (reply, sent) => (concerns(sent) ? answer(reply, sent) : undefined) }),
  }
}

/** What no word above says. */
export const breaking = (off: string, how: Omit<Breakage, 'off'>): Breakage => ({ off, ...how })
