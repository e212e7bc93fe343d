import { describe, expect, test } from 'vitest'
import { clearedCookie, csrfTokenOf, isCsrfTokenOf, newSessionId, sessionCookie, sessionIdIn } from './cookie.ts'

const id = newSessionId()

describe('the cookie', () => {
  test.each([
    [{ secure: false, framed: false }, `orbweaver=${id}; Path=/; HttpOnly; SameSite=Lax`],
    [{ secure: false, framed: true }, `orbweaver=${id}; Path=/; HttpOnly; SameSite=Lax`],
    [{ secure: true, framed: false }, `__Host-orbweaver=${id}; Path=/; HttpOnly; Secure; SameSite=Lax`],
    [{ secure: true, framed: true }, `__Host-orbweaver=${id}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned`],
  ])('%j', (style, expected) => {
    expect(sessionCookie(id, style)).toBe(expected)
    expect(sessionIdIn(`theme=dark; ${expected.split(';', 1)[0] ?? ''}; x=y`, style)).toBe(id)
    expect(clearedCookie(style)).toContain('Max-Age=0')
  })

  test('of another shape, name or kind of connection is none', () => {
    const plain = { secure: false, framed: false }
    for (const header of [
      undefined,
      '',
      `orbweaver=${id}x`,
      `orbweaver=../../etc`,
      `xorbweaver=${id}`,
      `__Host-orbweaver=${id}`,
    ]) {
      expect([header, sessionIdIn(header, plain)]).toEqual([header, undefined])
    }
    expect(sessionIdIn(`orbweaver=${id}`, { secure: true, framed: false })).toBeUndefined()
  })
})

test('a CSRF token belongs to one session', () => {
  expect(isCsrfTokenOf(id, csrfTokenOf(id))).toBe(true)
  for (const token of ['', csrfTokenOf(newSessionId()), `${csrfTokenOf(id)}=`, id])
    expect(isCsrfTokenOf(id, token)).toBe(false)
})
