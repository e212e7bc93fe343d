import { describe, expect, it } from 'vitest'
import { parseInvocation } from './arguments.ts'

const wish = { clusters: undefined, worlds: undefined, kubelets: undefined }

describe('parseInvocation', () => {
  it.each(['build', 'up', 'down', 'status', 'agent'] as const)('knows %s', (command) => {
    expect(parseInvocation([command])).toEqual({ kind: 'run', command, wish, dir: undefined })
  })

  it('takes the number of clusters and the directory', () => {
    const expected = { kind: 'run', command: 'up', wish: { ...wish, clusters: 2 }, dir: '/tmp/l' }
    expect(parseInvocation(['up', '--clusters', '2', '--dir', '/tmp/l'])).toEqual(expected)
    expect(parseInvocation(['--dir=/tmp/l', '--clusters=2', 'up'])).toEqual(expected)
  })

  it('takes worlds and kubelets', () => {
    expect(parseInvocation(['up', '--worlds', 'member-1=demo,member-2=empty', '--kubelets=v1.36.3,v1.35.0'])).toEqual({
      kind: 'run',
      command: 'up',
      wish: { ...wish, worlds: ['member-1=demo', 'member-2=empty'], kubelets: ['v1.36.3', 'v1.35.0'] },
      dir: undefined,
    })
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
    [['up', '--worlds', 'moon'], 'no world moon'],
    [['up', '--kubelets', 'v1.20.0'], '--kubelets'],
    [['up', '--color'], '--color'],
  ])('refuses %j', (argv, reason) => {
    const invocation = parseInvocation(argv)
    expect(invocation.kind === 'wrong' && invocation.reason).toContain(reason)
  })
})
