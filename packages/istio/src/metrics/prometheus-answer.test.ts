import { expect, test } from 'vitest'
import { readPrometheus } from './prometheus-answer.ts'

const success = (resultType: string, result: unknown, more: object = {}) => ({
  status: 'success',
  data: { resultType, result },
  ...more,
})

test('a vector and a matrix are series with points; what is no number is told as such', () => {
  const labels = { a: '1' }
  expect(readPrometheus(success('vector', [{ metric: labels, value: [10.5, '1e3'] }]))).toEqual({
    series: [{ labels, points: [[10.5, 1_000]] }],
    warnings: [],
  })
  const values = [
    [1, '0'],
    [2, 'NaN'],
    [3, '+Inf'],
    [4, '-Inf'],
  ]
  expect(readPrometheus(success('matrix', [{ metric: {}, values }]))).toMatchObject({
    series: [
      {
        labels: {},
        points: [
          [1, 0],
          [2, Number.NaN],
          [3, Infinity],
          [4, -Infinity],
        ],
      },
    ],
  })
})

test('what cannot be read of an answer is left out: the rest stays', () => {
  const result = [{ metric: { a: 1, b: 'x' }, value: [1, '2'] }, { value: [1, 'many'] }, { histogram: [1, {}] }, 'text']
  expect(readPrometheus(success('vector', result))).toMatchObject({
    series: [{ labels: { b: 'x' }, points: [[1, 2]] }],
  })
})

test('warnings are told, a few of them and not at any length; infos are not', () => {
  const warnings = ['one', 'one', ...Array.from({ length: 20 }, (_, index) => `${index} ${'x'.repeat(500)}`)]
  const answer = readPrometheus(success('vector', [], { warnings, infos: ['metric might not be a counter'] }))
  const told = answer !== undefined && 'warnings' in answer ? answer.warnings : []
  expect([told.length, told[0], told[1]?.length]).toEqual([5, 'one', 301])
})

test.each(['timeout', 'execution', 'bad_data', 'internal', 'unavailable'])('%s is an error of its own', (errorType) => {
  expect(readPrometheus({ status: 'error', errorType, error: 'its words' })).toEqual({ error: errorType })
})

test.each([
  undefined,
  'text',
  {},
  { status: 'error', errorType: 'toString' },
  success('scalar', [1, '2']),
  success('vector', {}),
  { status: 'success' },
])('%j is no answer of Prometheus', (body) => {
  expect(readPrometheus(body)).toBeUndefined()
})
