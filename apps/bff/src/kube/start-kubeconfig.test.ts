import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { namespaces } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { namespace, startHub, type TestCluster } from '../testing/clusters.ts'
import { openFleet } from './fleet.ts'
import { followStartKubeconfig, readStartKubeconfig, type StartKubeconfig } from './start-kubeconfig.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'orbweaver-kubeconfig-'))
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(directory, { recursive: true, force: true })
})

const path = (name: string) => join(directory, name)
const write = (name: string, text: string) => writeFileSync(path(name), text)

function kubeconfig(user: object, server = 'http://127.0.0.1:9'): string {
  write(
    'kubeconfig',
    JSON.stringify({
      'current-context': 'hub',
      contexts: ['hub', 'east'].map((name) => ({
        name,
        context: { cluster: 'c', user: name === 'hub' ? 'me' : 'other' },
      })),
      clusters: [{ name: 'c', cluster: { server } }],
      users: [
        { name: 'me', user },
        { name: 'other', user: { tokenFile: 'other-token' } },
      ],
    }),
  )
  return path('kubeconfig')
}

function logs() {
  const lines: string[] = []
  return { lines, log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }) }
}

test('files it names are looked at every minute, and what they say now is handed over once', () => {
  vi.useFakeTimers()
  write('token', 'first\n')
  write('other-token', 'other')
  const start = readStartKubeconfig(kubeconfig({ tokenFile: 'token' }), undefined)
  const taken: StartKubeconfig[] = []
  const { log, lines } = logs()
  const end = followStartKubeconfig(start, { log, take: (renewed) => void taken.push(renewed) })
  vi.advanceTimersByTime(180_000)
  expect(taken).toEqual([])
  write('token', 'second\n')
  vi.advanceTimersByTime(180_000)
  expect(taken.map(({ hub }) => hub.token)).toEqual(['second'])
  write('other-token', 'another')
  vi.advanceTimersByTime(60_000)
  expect(taken.at(-1)?.contexts.map(({ connection }) => connection.token)).toEqual(['second', 'another'])
  rmSync(path('token'))
  vi.advanceTimersByTime(60_000)
  expect(lines.at(-1)).toContain('credentials stay as they are')
  write('token', 'third')
  vi.advanceTimersByTime(60_000)
  expect(taken.at(-1)?.hub.token).toBe('third')
  end()
  write('token', 'fourth')
  vi.advanceTimersByTime(600_000)
  expect(taken).toHaveLength(3)
  for (const secret of ['first', 'second', 'third', 'another']) expect(lines.join('')).not.toContain(secret)
})

test('who it is and where it goes stay as they were at the start', () => {
  vi.useFakeTimers()
  write('token', 'first')
  write('other-token', 'other')
  const start = readStartKubeconfig(kubeconfig({ tokenFile: 'token' }), undefined)
  const taken: StartKubeconfig[] = []
  const end = followStartKubeconfig(start, { log: logs().log, take: (renewed) => void taken.push(renewed) })
  kubeconfig({ tokenFile: 'token' }, 'http://127.0.0.1:10')
  write('token', 'second')
  vi.advanceTimersByTime(60_000)
  expect(taken.map(({ hub }) => hub)).toEqual([{ server: 'http://127.0.0.1:9', token: 'second' }])
  end()
})

test('one that names no files is not looked at again', () => {
  write('other-token', 'other')
  const text = JSON.stringify({
    contexts: [{ name: 'hub', context: { cluster: 'c', user: 'me' } }],
    clusters: [{ name: 'c', cluster: { server: 'http://127.0.0.1:9' } }],
    users: [{ name: 'me', user: { token: 'inline' } }],
  })
  write('inline', text)
  expect(readStartKubeconfig(path('inline'), undefined).again).toBeUndefined()
})

test('a hub goes on by the token that was made anew, and reads nothing again', { timeout: 30_000 }, async () => {
  const hub: TestCluster = await startHub()
  write('token', hub.connection.token ?? '')
  write('other-token', 'other')
  const start = readStartKubeconfig(kubeconfig({ tokenFile: 'token' }, hub.url), undefined)
  const fleet = openFleet({ hub: start.hub, self: false, log: logs().log, offered: [] })
  const take = (renewed: StartKubeconfig) => fleet.renew({ hub: renewed.hub, offered: renewed.contexts })
  const end = followStartKubeconfig(start, { log: logs().log, everyMs: 10, take })
  try {
    const { mirror } = fleet.hub
    const until = { timeout: 20_000, interval: 20 }
    await expect.poll(() => mirror.truth().state, until).toBe('fresh')
    const version = mirror.version(namespaces)
    const groups = ['system:serviceaccounts', 'system:serviceaccounts:orbweaver-system', 'system:authenticated']
    hub.addUser({ token: 'renewed', name: 'system:serviceaccount:orbweaver-system:orbweaver', groups })
    write('token', 'renewed')
    await expect
      .poll(() => fleet.offered().find(({ context }) => context === 'hub')?.connection.token, until)
      .toBe('renewed')
    // Whoever comes with the old one is nobody now.
    hub.addUser({ token: hub.connection.token ?? '', name: 'nobody', groups: [] })
    expect((await fleet.hub.own.list(namespaces)).items.length).toBeGreaterThan(0)
    expect([mirror.truth().state, mirror.version(namespaces)]).toEqual(['fresh', version])
    hub.store.put(namespace('seen-by-the-old-watch'))
    const names = () => mirror.list(namespaces).map((each) => each.metadata.name)
    await expect.poll(names, until).toContain('seen-by-the-old-watch')
  } finally {
    end()
    fleet.close()
    await hub.close()
  }
})

const context = (name: string, user = 'me') => ({ name, context: { cluster: 'hub', user } })

function written(contexts: object[], current = ''): string {
  const users = [
    { name: 'me', user: { token: 't' } },
    { name: 'eks', user: { exec: { command: 'aws', args: ['canary'] } } },
  ]
  const clusters = [{ name: 'hub', cluster: { server: 'http://127.0.0.1:9' } }]
  return file(JSON.stringify({ 'current-context': current, contexts, clusters, users }))
}

function file(text: string): string {
  const path = join(directory, 'kubeconfig')
  writeFileSync(path, text)
  return path
}

test('the hub is the context that is named, else the current one, else the only one', () => {
  const two = [context('hub'), context('other')]
  expect(readStartKubeconfig(written(two, 'hub'), 'other').context).toBe('other')
  expect(readStartKubeconfig(written(two, 'hub'), undefined).context).toBe('hub')
  expect(readStartKubeconfig(written([context('only')]), undefined).context).toBe('only')
  const { contexts } = readStartKubeconfig(written([...two, context('aws', 'eks')], 'hub'), undefined)
  expect(contexts.map((each) => each.context)).toEqual(['hub', 'other'])
})

test('of several none is taken by chance', () => {
  const path = written([context('hub'), context('other')])
  expect(() => readStartKubeconfig(path, undefined)).toThrow(
    `${path}: no current-context; choose with --context: hub, other`,
  )
  expect(() => readStartKubeconfig(path, 'x')).toThrow('there is no context x; choose with --context: hub, other')
})

test('what cannot be used is said in words, and never repeated', () => {
  const told = (path: string): string => {
    try {
      return readStartKubeconfig(path, undefined).context
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
  }
  expect(told(written([context('aws', 'eks')]))).toMatch(/context aws: users\[1\]\.user\.exec signs in by a program/)
  expect(told(written([context('aws', 'eks')]))).not.toContain('canary')
  expect(told(file('a: [canary'))).toMatch(/not a kubeconfig: malformed YAML at line \d+$/)
  expect(told(written([context('lost', 'nobody')]))).toMatch(/missing user \(contexts\[0\]\.context\.user\)$/)
  expect(told(file('x'.repeat(2_000_000)))).toMatch(/2000000 bytes are more than a kubeconfig has/)
})
