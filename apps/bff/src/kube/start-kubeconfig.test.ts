import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readStartKubeconfig } from './start-kubeconfig.ts'

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'orbweaver-start-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

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
