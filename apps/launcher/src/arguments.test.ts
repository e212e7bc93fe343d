import { expect, test } from 'vitest'
import { help, readInvocation } from './arguments.ts'
import type { Environment } from './env.ts'

const nothing: Environment = { port: undefined, host: undefined }
const start = (argv: string[], environment = nothing) => {
  const invocation = readInvocation(argv, environment)
  return invocation.kind === 'start' ? invocation.start : invocation
}

test('without anything it is the embedded fleet on loopback', () => {
  expect(start([])).toEqual({
    port: 8080,
    host: '127.0.0.1',
    kubeconfig: undefined,
    context: undefined,
    world: 'demo',
    faults: [],
    readOnly: false,
    logLevel: 'warn',
  })
})

test('flags win over the environment, which wins over what is usual', () => {
  expect(start([], { port: '9000', host: '::1' })).toMatchObject({ port: 9000, host: '::1' })
  expect(start(['--port', '1', '--host', 'localhost'], { port: '9000', host: '::1' })).toMatchObject({
    port: 1,
    host: 'localhost',
  })
  expect(start([], { port: '', host: '' })).toMatchObject({ port: 8080, host: '127.0.0.1' })
})

test.each([
  [['--port', 'eighty'], 'a port is'],
  [['--port', '70000'], 'a port is'],
  [['--world', 'a', '--kubeconfig', 'b'], '--world'],
  [['--fault', 'a:refuse', '--kubeconfig', 'b'], '--fault'],
  [['--context', 'a'], '--kubeconfig'],
  [['--unknown'], '--unknown'],
  [['positional'], 'positional'],
])('%j is refused in words', (argv, part) => {
  const invocation = readInvocation(argv, nothing)
  expect(invocation.kind === 'wrong' && invocation.problem).toContain(part)
})

test('faults of the embedded fleet are handed on', () => {
  expect(start(['--fault', 'a:refuse', '--fault', 'b:quota=c'])).toMatchObject({ faults: ['a:refuse', 'b:quota=c'] })
})

test('help names every flag', () => {
  expect(readInvocation(['--help'], nothing).kind).toBe('help')
  for (const flag of ['--kubeconfig', '--context', '--world', '--fault', '--port', '--host', '--read-only'])
    expect(help).toContain(flag)
})
