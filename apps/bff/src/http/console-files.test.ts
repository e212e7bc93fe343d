import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { call } from '../testing/call.ts'
import { atOnce, startTestServer, type TestServer } from '../testing/server.ts'

let directory = ''
let server: TestServer
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'orbweaver-console-'))
  mkdirSync(join(directory, 'assets'))
  mkdirSync(join(directory, '.vite'))
  writeFileSync(join(directory, 'index.html'), '<!doctype html>the console')
  writeFileSync(join(directory, 'assets/app-1.js'), 'plain')
  writeFileSync(join(directory, 'assets/app-1.js.br'), 'brotli')
  writeFileSync(join(directory, 'assets/app-1.js.gz'), 'gzip')
  writeFileSync(join(directory, '.vite/manifest.json'), '{}')
  server = await startTestServer({ consoleDirectory: directory })
})
afterAll(async () => {
  await server.stop(atOnce)
  rmSync(directory, { recursive: true, force: true })
})

test('every page of the console is its index, which is never kept', async () => {
  for (const path of ['/', '/meshes', '/meshes/shop/sidecars?tab=namespaces']) {
    const answer = await call(server.address, path)
    expect([path, answer.status, answer.text]).toEqual([path, 200, '<!doctype html>the console'])
    expect(answer.headers['cache-control']).toBe('no-cache')
    expect(answer.headers['content-type']).toContain('text/html')
  }
})

test.each([
  ['br, gzip', 'brotli', 'br'],
  ['gzip', 'gzip', 'gzip'],
  ['br;q=0, gzip', 'gzip', 'gzip'],
  ['identity', 'plain', undefined],
])('accepting %j, a hashed file is %s, for ever', async (accepted, text, encoding) => {
  const answer = await call(server.address, '/assets/app-1.js', { headers: { 'accept-encoding': accepted } })
  expect([answer.text, answer.headers['content-encoding']]).toEqual([text, encoding])
  expect(answer.headers['content-type']).toContain('text/javascript')
  expect(answer.headers['cache-control']).toContain('immutable')
})

test('what a browser has already is not sent again', async () => {
  const first = await call(server.address, '/')
  const etag = first.headers.etag ?? ''
  const again = await call(server.address, '/', { headers: { 'if-none-match': etag } })
  expect([again.status, again.text]).toEqual([304, ''])
})

test('what is not there is 404, and nothing outside of the build is there', async () => {
  for (const path of [
    '/assets/none.js',
    '/../package.json',
    '/..%2f..%2fetc%2fpasswd.txt',
    '/.vite/manifest.json',
    '/%00.js',
  ]) {
    expect([path, (await call(server.address, path)).status]).toEqual([path, 404])
  }
})

test('only pages are answered so', async () => {
  expect((await call(server.address, '/', { method: 'POST' })).status).toBe(404)
  expect((await call(server.address, '/api/unknown')).code).toBe('request.no_such_route')
})

test('a folder without a console is a wrong start', async () => {
  await expect(startTestServer({ consoleDirectory: join(directory, 'assets') })).rejects.toThrow('index.html')
})
