import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isLabelName, literal, marked, maxBy, quoted, rate, selector, sumBy } from './promql.ts'

test('a query is built of its parts', () => {
  const series = selector('up', [
    { label: 'job', is: 'a' },
    { label: 'cluster', anyOf: ['east', 'we.st'] },
    { label: 'code', matches: '5..' },
    { label: 'code', misses: '0|' },
  ])
  expect(series).toBe('up{job="a",cluster=~"east|we\\\\.st",code=~"5..",code!~"0|"}')
  expect(sumBy(['a', 'b'], rate(series, 300))).toBe(`sum by (a, b) (rate(${series}[300s]))`)
  expect(maxBy(['a'], selector('up', []))).toBe('max by (a) (up)')
  expect(rate('up', 0.2)).toBe('rate(up[1s])')
  expect(marked('up', 'part', 'x"')).toBe('label_replace(up, "part", "x\\"", "", "")')
})

/** What is not within quotes, read as Prometheus' lexer does: a backslash takes the next character with it. */
function outside(query: string): string {
  return query.replace(/"(?:[^"\\\n]|\\.)*"/g, '""')
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...Array.from('"\\{}[]()=~!,\n\r\t|.*+?^$`\'#')) }),
)

test('no value changes a query, whatever is in it (T-13)', () => {
  fc.assert(
    fc.property(nasty, nasty, (one, other) => {
      const matchers = [
        { label: 'a', is: one },
        { label: 'b', anyOf: [other, one] },
      ]
      expect(outside(selector('up', matchers))).toBe('up{a="",b=~""}')
      expect(outside(marked('up', 'part', one))).toBe('label_replace(up, "", "", "", "")')
      expect(JSON.parse(quoted(one))).toBe(one)
    }),
  )
})

test('a value is matched as it is, and nothing else is', () => {
  fc.assert(
    fc.property(nasty, nasty, (one, other) => {
      const pattern = new RegExp(`^(?:${literal(one)})$`)
      expect([pattern.test(one), pattern.test(other)]).toEqual([true, one === other])
    }),
  )
})

test.each(['', '1a', 'a-b', 'a b', 'a\n', 'a"', 'ä', 'a}', '__name__"} or up{a'])(
  '%j is no name of a label',
  (label) => {
    expect(isLabelName(label)).toBe(false)
    expect(() => selector('up', [{ label, is: '' }])).toThrow(RangeError)
    expect(() => sumBy([label], 'up')).toThrow(RangeError)
  },
)
