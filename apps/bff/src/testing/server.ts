import { pino } from 'pino'
import type { Changes } from '../changes/changes.ts'
import type { PersonaIdentity } from '../identity/personas.ts'
import { type RunningServer, type StartOptions, startServer } from '../start.ts'

const personas: PersonaIdentity[] = [
  { id: 'admin', name: 'Ada', identity: { user: 'ada', groups: ['platform'] } },
  { id: 'viewer', name: 'Vi', identity: { user: 'vi', groups: [] } },
]

/** A port of this machine that nobody listens on: the hub is out of reach at once. */
const nowhere = { server: 'http://127.0.0.1:9' }

export const noChanges: Changes = {
  plan: () => Promise.resolve({ ok: false, reasons: [{ code: 'test.plan', params: {} }] }),
  changeOf: () => Promise.resolve({ ok: false, reasons: [{ code: 'test.plan', params: {} }] }),
  execute: () => Promise.reject(new Error('a test stored a change')),
  list: () => Promise.resolve([]),
  get: () => Promise.resolve(undefined),
  steer: () => Promise.resolve({ ok: false, why: 'not_found', phase: '' }),
}

export type TestServer = RunningServer & { logged(): string }

/** Ends a test's server without waiting for anybody. */
export const atOnce = { announceMs: 0, limitMs: 0 }

/** The whole server on a free port of loopback, in mode local and without clusters unless told otherwise. */
export async function startTestServer(options: Partial<StartOptions> = {}): Promise<TestServer> {
  let logged = ''
  const log = pino({ level: 'debug' }, { write: (line: string) => void (logged += line) })
  const server = await startServer({
    mode: 'local',
    hub: nowhere,
    offered: [],
    personas,
    readOnly: false,
    frameAncestors: [],
    version: '0.0.0-test',
    log,
    host: '127.0.0.1',
    port: 0,
    behindTls: false,
    engine: () => ({ changes: noChanges, stop: () => Promise.resolve() }),
    ...options,
  })
  return { ...server, logged: () => logged }
}
