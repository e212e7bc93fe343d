import { isRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { filesOf } from './archive.ts'
import { request } from './console.ts'

export type Answer = { status: number; body: unknown }

/** Somebody signed in by the API, as a browser would be: cookie, CSRF token, Origin. */
export type Person = {
  /** What proves who this is, for requests that are sent by other means. */
  readonly headers: Record<string, string>
  get(path: string): Promise<Answer>
  post(path: string, body: unknown): Promise<Answer>
  send(method: string, path: string, body: unknown): Promise<Answer>
  /** An answer that goes on until the signal ends it. */
  open(path: string, signal: AbortSignal): Promise<Response>
  /** Plans an intent and hands over what carries it out; throws with what stood in the way. */
  plan(intent: object): Promise<() => Promise<string>>
}

/** `answerMs` is how long an answer may take (ms). */
export async function signIn(url: string, persona: string, answerMs = 30_000): Promise<Person> {
  const signed = await request(`${url}/api/v1/session`, {
    signal: AbortSignal.timeout(answerMs),
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ mode: 'local', persona }),
  })
  const session: unknown = await signed.json()
  const cookie = (signed.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
  const csrf = textAt(session, 'csrfToken') ?? ''
  if (!signed.ok) throw new Error(`${persona} could not sign in: ${JSON.stringify(session)}`)
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await request(`${url}/api/v1${path}`, {
      signal: AbortSignal.timeout(answerMs),
      method,
      headers: { cookie, origin: url, 'x-csrf-token': csrf, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (answer.headers.get('content-type') === 'application/gzip') {
      return { status: answer.status, body: contentOf(await answer.arrayBuffer()) }
    }
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : parsed(text) }
  }
  const post = (path: string, body: unknown) => call('POST', path, body)
  return {
    headers: { cookie, 'x-csrf-token': csrf },
    get: (path) => call('GET', path),
    post,
    send: call,
    open: (path, signal) => request(`${url}/api/v1${path}`, { headers: { cookie }, signal }),
    async plan(intent) {
      const plan = await post('/plans', { intent })
      const fingerprint = textAt(plan.body, 'fingerprint')
      if (fingerprint === undefined || listAt(plan.body, 'blocked').length > 0) {
        throw new Error(`no plan: ${JSON.stringify(refusalIn(plan.body))}`)
      }
      return async () => {
        const change = await post('/changes', { intent, fingerprint })
        const name = textAt(change.body, 'name')
        if (change.status !== 200 || name === undefined) throw new Error(`no change: ${JSON.stringify(change.body)}`)
        return name
      }
    },
  }
}

/** An archive is looked into like any other answer: what is in it must not say more either. Its moment is none of it. */
function contentOf(archive: ArrayBuffer): unknown {
  const timeless = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then')
  return Object.fromEntries(Object.entries(filesOf(archive)).map(([path, text]) => [path, parsed(timeless(text))]))
}

/** What stood in the way, where the answer is a plan; plans themselves are long. */
function refusalIn(body: unknown): unknown {
  const blocked = listAt(body, 'blocked')
  return blocked.length > 0 ? blocked : body
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return text
  }
}

export function codeOf(answer: Answer): string | undefined {
  return isRecord(answer.body) ? textAt(answer.body, 'code') : undefined
}
