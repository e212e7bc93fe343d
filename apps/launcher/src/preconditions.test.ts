import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fileProblem, findPort } from './preconditions.ts'

test('port 0 becomes one that is free, any other stays what it is', async () => {
  const any = await findPort('127.0.0.1', 0)
  const port = any.ok ? any.port : 0
  expect(port).toBeGreaterThan(1_023)
  expect(await findPort('127.0.0.1', port)).toEqual({ ok: true, port })
})

test('a port that is taken, or an address of another machine, is told in one line', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  expect(await findPort('127.0.0.1', port)).toEqual({
    ok: false,
    problem: `port ${port} on 127.0.0.1 is taken; choose another with --port`,
  })
  // 192.0.2.0/24 is for documentation (RFC 5737): no machine has such an address.
  const elsewhere = await findPort('192.0.2.1', 0)
  expect(!elsewhere.ok && elsewhere.problem).toContain('cannot listen on 192.0.2.1')
})

test('a file that is none is told in one line', () => {
  const missing = join(import.meta.dirname, 'missing')
  expect(fileProblem(missing)).toBe(`there is no file ${missing}`)
  expect(fileProblem(import.meta.dirname)).toBe(`${import.meta.dirname} is a directory`)
  expect(fileProblem(import.meta.filename)).toBeUndefined()
})
