import { expect, test } from 'vitest'
import { parseArguments } from './arguments.ts'

test('defaults and everything given', () => {
  expect(parseArguments([])).toEqual({ world: 'demo', out: '.sandbox', withParent: false, help: false })
  expect(parseArguments(['--world', 'empty', '--out', '/x', '--port-base', '7000', '--with-parent'])).toEqual({
    world: 'empty',
    out: '/x',
    portBase: 7000,
    withParent: true,
    help: false,
  })
})

test('nonsense is refused', () => {
  expect(() => parseArguments(['--port-base', 'x'])).toThrow('--port-base x is not a port')
  expect(() => parseArguments(['--colour'])).toThrow()
})
