import { randomBytes } from 'node:crypto'
import { textAt } from '@orbweaver/contracts/json'
import { expect, test } from 'vitest'
import { idleMs, isOver, longestMs, type Session, sessionName } from './session.ts'
import { fromSecret, toSecret } from './session-secret.ts'

const key = randomBytes(32)
const place = { namespace: 'orbweaver-system', key }
const session: Session = {
  name: sessionName('id-1'),
  identity: { user: 'ada', groups: ['dev'] },
  persona: 'admin',
  token: 'canary.token.value',
  createdAt: 1_000,
  seenAt: 2_000,
  reviewedAt: 1_500,
  expiresAt: 1_000 + longestMs,
}

test('a session comes back from its Secret, to be reviewed first', () => {
  expect(fromSecret(toSecret(session, place), key)).toEqual({ ...session, reviewedAt: 0 })
})

test('the token is sealed', () => {
  const stored = JSON.stringify(toSecret(session, place))
  const decoded = Buffer.from(textAt(toSecret(session, place), 'data', 'token') ?? '', 'base64').toString('utf8')
  expect(stored + decoded).not.toContain('canary')
})

test('it opens with its key and under its name only', () => {
  const secret = toSecret(session, place)
  expect(fromSecret(secret, randomBytes(32))).toBeUndefined()
  const renamed = { ...secret, metadata: { ...secret.metadata, name: sessionName('id-2') } }
  expect(fromSecret(renamed, key)).toBeUndefined()
})

test('what is no session of ours is none', () => {
  const secret = toSecret(session, place)
  for (const broken of [
    { ...secret, metadata: { ...secret.metadata, labels: {} } },
    { ...secret, data: {} },
    { ...secret, data: { session: 'bm90IGpzb24=' } },
    { ...secret, data: { session: Buffer.from('{"identity":{}}').toString('base64') } },
  ]) {
    expect(fromSecret(broken, key)).toBeUndefined()
  }
})

test('it ends when idle, when old, and with its token', () => {
  expect(isOver(session, 2_000 + idleMs - 1)).toBe(false)
  expect(isOver(session, 2_000 + idleMs)).toBe(true)
  const busy = { ...session, seenAt: longestMs }
  expect(isOver(busy, 1_000 + longestMs - 1)).toBe(false)
  expect(isOver(busy, 1_000 + longestMs)).toBe(true)
})
