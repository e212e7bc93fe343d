import { isRecord, type Json, type JsonRecord, recordAt } from '@orbweaver/contracts/json'

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
 * A target with one behaviour switched off: every check names the breakage that it must fail on. The behaviour is taken
 * away by changing requests, so that the target itself does not show it. Where a check looks at nothing but the form of
 * an answer, and sends nothing that could be left out, the form is the behaviour: forms.ts.
 */
export type Breakage = Unasked | Formless

export type Unasked = {
  readonly kind: 'request'
  readonly off: string
  readonly request: (sent: Sent, target: { readonly admin: string }) => void
}

export type Formless = {
  readonly kind: 'form'
  readonly off: string
  readonly answer?: (answer: Answered, sent: Sent) => void
  /** The event of a watch as it is passed on, or undefined when it is kept back. */
  readonly event?: (event: JsonRecord) => JsonRecord | undefined
}

/** What no word below says. */
export const breaking = (off: string, request: Unasked['request']): Unasked => ({ kind: 'request', off, request })

/** For runs in which nothing is broken. */
export const intact = breaking('nothing', () => undefined)

/** The parameters have no effect. */
export const ignoring = (...parameters: readonly string[]): Unasked =>
  breaking(`query ${parameters.join(', ')}`, ({ query }) => {
    for (const each of parameters) query.delete(each)
  })

/** The parameters are taken to be there, and to have these values. */
export const asking = (parameters: Readonly<Record<string, string>>): Unasked =>
  breaking(`the choice of ${Object.keys(parameters).join(', ')}`, ({ query }) => {
    for (const [name, value] of Object.entries(parameters)) query.set(name, value)
  })

/** The request header has no effect. */
export const ignoringHeader = (...names: readonly string[]): Unasked =>
  breaking(`request header ${names.join(', ')}`, ({ headers }) => {
    for (const each of Object.keys(headers)) if (names.some((name) => each.startsWith(name))) delete headers[each]
  })

/** Where in an object; `*` is every item of a list or every key. */
export type Path = readonly string[]

const rest = (path: Path): Path => path.slice(1)

/** Calls back with whatever holds the last step of the path. */
export function holders(value: Json | undefined, path: Path, visit: (holder: JsonRecord, key: string) => void): void {
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

export const remove = (value: Json | undefined, paths: readonly Path[]): void => {
  for (const path of paths) holders(value, path, (holder, key) => delete holder[key])
}

/** What is sent at these places has no effect. */
export const ignoringSent = (...paths: readonly Path[]): Unasked =>
  breaking(`sent ${paths.map((path) => path.join('.')).join(', ')}`, ({ body }) => remove(body, paths))

/** What is sent at a place is taken for another value, which may follow from a text that is there. */
export const takingFor = (path: Path, value: Json | ((was: string) => Json)): Unasked =>
  breaking(`the right meaning of ${path.join('.')}`, ({ body }) =>
    holders(body, path, (holder, key) => {
      const was = holder[key]
      if (was === undefined) return
      if (typeof value !== 'function') holder[key] = value
      else if (typeof was === 'string') holder[key] = value(was)
    }),
  )

/** What is left to the server at a place is said to it, if what holds the place is sent. */
export const stating = (path: Path, value: Json): Unasked =>
  breaking(`the choice of ${path.join('.')}`, ({ body }) =>
    holders(body, path, (holder, key) => {
      holder[key] = value
    }),
  )

/** Bodies are taken as if they said this. */
export const takingBodiesAs = (fields: () => JsonRecord): Unasked =>
  breaking('what bodies say', ({ body }) => {
    if (isRecord(body)) Object.assign(body, fields())
  })

/** Bodies that do not parse are taken for this. */
export const takingNonsenseFor = (body: JsonRecord): Unasked =>
  breaking('parsing', (sent) => {
    if (sent.method !== 'GET' && sent.body === undefined) sent.body = body
  })

/** Everybody may do everything. */
export const everybodyIsAdmin = breaking('authorization', ({ headers }, { admin }) => {
  headers.authorization = `Bearer ${admin}`
})

/** A body is taken for one of another type. */
export const takingTypeFor = (type: string, other: string): Unasked =>
  breaking(`content type ${type}`, ({ headers }) => {
    if (headers['content-type'] === type) headers['content-type'] = other
  })

/** A request is taken for one with another method. */
export const takingMethodFor = (method: string, other: string): Unasked =>
  breaking(`method ${method}`, (sent) => {
    if (sent.method === method) sent.method = other
  })

/** A path, or what looks like this in it, is taken for another. */
export const takingPathFor = (path: RegExp, other: string): Unasked =>
  breaking(`path ${String(path)}`, (sent) => {
    sent.path = sent.path.replace(path, other)
  })

/** Deletions have no effect. */
export const undeletable = breaking('deletion', (sent) => {
  if (sent.method !== 'DELETE') return
  sent.method = 'GET'
  sent.body = undefined
})

/** An object that is named is one of a list, which may be empty. */
export const listing = breaking('the difference of an object and a list', (sent) => {
  const [, list, name] = /^(.*)\/([^/]+)$/.exec(sent.path) ?? []
  if (list === undefined || name === undefined) return
  sent.path = list
  sent.query.set('fieldSelector', `metadata.name=${name}`)
})

/** What is to be changed is made. */
export const creating = breaking('the difference of changes and creations', (sent) => {
  const [, list, name] = /^(.*)\/([^/]+)$/.exec(sent.path) ?? []
  if (list === undefined || name === undefined || !['PUT', 'PATCH'].includes(sent.method)) return
  sent.method = 'POST'
  sent.path = list
  sent.headers['content-type'] = 'application/json'
  sent.body = { ...recordAt(sent.body), metadata: { name } }
})

/** Only requests of a method, or to paths that look like this, are broken. */
export function only(where: { method?: string; path?: RegExp }, breakage: Breakage): Breakage {
  const concerns = ({ method, path }: Sent): boolean =>
    (where.method === undefined || where.method === method) && (where.path === undefined || where.path.test(path))
  const off = `${breakage.off} of ${[where.method, where.path].filter((each) => each !== undefined).join(' ')}`
  if (breakage.kind === 'request') {
    return breaking(off, (sent, target) => (concerns(sent) ? breakage.request(sent, target) : undefined))
  }
  const { answer, ...others } = breakage
  if (answer === undefined) return { ...others, off }
  return { ...others, off, answer: (reply, sent) => (concerns(sent) ? answer(reply, sent) : undefined) }
}
