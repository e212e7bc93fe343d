import { describe, expect, test } from 'vitest'
import { isLoopbackHost, readSettings } from './env.ts'

const base = ['--kubeconfig', 'kc']
const problem = (argv: string[], environment: Record<string, string> = {}): string => {
  const outcome = readSettings([...base, ...argv], environment)
  return outcome.ok ? '' : outcome.problem
}

describe('settings', () => {
  test('have no mode unless one is chosen', () => {
    expect(problem([])).toContain('--mode')
    expect(problem(['--mode', 'anonymous'])).toContain('--mode')
    expect(problem(['--mode', 'self'])).toBe('')
  })

  test('flags win over the environment', () => {
    const outcome = readSettings([...base, '--mode', 'self', '--port', '1'], { PORT: '2', ORBWEAVER_READ_ONLY: '1' })
    expect(outcome.ok && [outcome.settings.port, outcome.settings['read-only']]).toEqual([1, true])
  })

  test.each([
    [['--mode', 'local', '--personas', 'p', '--host', '0.0.0.0'], '--host'],
    [['--mode', 'self', '--host', '192.0.2.1'], '--host'],
    [['--mode', 'self', '--host', 'example.com'], '--host'],
    [['--mode', 'token', '--host', '0.0.0.0'], '--host'],
    [['--mode', 'local'], '--personas'],
    [['--mode', 'token', '--tls-cert', 'c'], '--tls-key'],
    [['--mode', 'self', '--port', '70000'], '--port'],
    [['--mode', 'self', '--port', 'eighty'], '--port'],
    [['--mode', 'self', '--frame-ancestors', "https://a.example; script-src 'unsafe-inline'"], '--frame-ancestors'],
    [['--mode', 'self', '--wrong'], '--wrong'],
    [['--mode', 'self', 'extra'], 'extra'],
  ])('%j is refused in one line', (argv, part) => {
    expect(problem(argv)).toContain(part)
    expect(problem(argv)).not.toContain('\n')
  })

  test('mode token may listen anywhere behind TLS', () => {
    expect(problem(['--mode', 'token', '--host', '0.0.0.0', '--behind-tls'])).toBe('')
    expect(problem(['--mode', 'token', '--host', '0.0.0.0', '--tls-cert', 'c', '--tls-key', 'k'])).toBe('')
    expect(problem(['--mode', 'token'])).toBe('')
  })

  test('frames are origins, one or several', () => {
    const outcome = readSettings(
      [...base, '--mode', 'self', '--frame-ancestors', 'https://a.example https://*.b.example:8443'],
      {},
    )
    expect(outcome.ok && outcome.settings['frame-ancestors']).toEqual(['https://a.example', 'https://*.b.example:8443'])
  })
})

test('loopback is what it is, and not what it resolves to', () => {
  for (const host of ['127.0.0.1', '127.9.9.9', '::1', '[::1]', 'localhost', 'LocalHost'])
    expect(isLoopbackHost(host)).toBe(true)
  for (const host of ['', '0.0.0.0', '::', '128.0.0.1', '127.0.0.1.nip.io', 'localhost.', '127.0.0', '1127.0.0.1']) {
    expect([host, isLoopbackHost(host)]).toEqual([host, false])
  }
})
