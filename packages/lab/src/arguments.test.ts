import { describe, expect, it } from 'vitest'
import { parseInvocation } from './arguments.ts'

describe('parseInvocation', () => {
  it.each(['build', 'up', 'down', 'status', 'agent'] as const)('knows %s', (command) => {
    expect(parseInvocation([command])).toEqual({ kind: 'run', command, clusters: 3, dir: undefined })
  })

  it('takes the number of clusters and the directory', () => {
    const expected = { kind: 'run', command: 'up', clusters: 2, dir: '/tmp/l' }
    expect(parseInvocation(['up', '--clusters', '2', '--dir', '/tmp/l'])).toEqual(expected)
    expect(parseInvocation(['--dir=/tmp/l', '--clusters=2', 'up'])).toEqual(expected)
  })

  it.each([[['--help']], [['up', '-h']], [['help']]])('explains itself for %j', (argv) => {
    expect(parseInvocation(argv)).toEqual({ kind: 'help' })
  })

  it.each([
    [[], 'one command'],
    [['start'], 'one command'],
    [['up', 'down'], 'one command'],
    [['up', '--clusters', '0'], '--clusters'],
    [['up', '--clusters', 'three'], '--clusters'],
    [['up', '--color'], '--color'],
  ])('refuses %j', (argv, reason) => {
    const invocation = parseInvocation(argv)
    expect(invocation.kind === 'wrong' && invocation.reason).toContain(reason)
  })
})
