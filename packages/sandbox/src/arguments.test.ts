import { expect, test } from 'vitest'
import { parseArguments } from './arguments.ts'

test('defaults and everything given', () => {
  expect(parseArguments([])).toEqual({ world: 'demo', out: '.sandbox', faults: [], withParent: false, help: false })
  expect(parseArguments(['--world', 'empty', '--out', '/x', '--port-base', '7000', '--with-parent'])).toEqual({
    world: 'empty',
    out: '/x',
    portBase: 7000,
    faults: [],
    withParent: true,
    help: false,
  })
})

test('faults by their names', () => {
  const given = ['a:black-hole', 'a:latency=250', 'b:operator=slow', 'b:image-pull=docker.io/']
  expect(parseArguments(given.flatMap((each) => ['--fault', each])).faults).toEqual([
    { cluster: 'a', change: { faults: { blackHole: true }, troubles: {} } },
    { cluster: 'a', change: { faults: { latencyMs: 250 }, troubles: {} } },
    { cluster: 'b', change: { faults: {}, troubles: { operator: 'slow' } } },
    { cluster: 'b', change: { faults: {}, troubles: { imagePull: 'docker.io/' } } },
  ])
})

test.each([
  ['a:flood', /^--fault a:flood: CLUSTER:NAME\[=VALUE\], names are black-hole, /],
  ['black-hole', /^--fault black-hole: CLUSTER/],
  ['a:latency=soon', 'latencyMs is a number, MS'],
  ['a:operator=tired', 'operator is one of absent, slow, crash-looping'],
  ['a:quota', 'quota is a NAMESPACE'],
])('%s is no fault', (given, words) => {
  expect(() => parseArguments(['--fault', given])).toThrow(words)
})

test('nonsense is refused', () => {
  expect(() => parseArguments(['--port-base', 'x'])).toThrow('--port-base x is not a port')
  expect(() => parseArguments(['--colour'])).toThrow()
})
