import { expect, test } from 'vitest'
import { scraped, stored } from '../testing/stored.ts'
import { textOf } from './labels.ts'
import { queryAt, queryRange } from './query.ts'

const rising = (by: number) => Array.from({ length: 41 }, (_, index) => index * by)

const storage = stored(
  scraped({ __name__: 'x', a: '1', b: 'p' }, rising(15)),
  scraped({ __name__: 'x', a: '2', b: 'q' }, rising(30)),
  scraped(
    { __name__: 'y', a: '1' },
    rising(0).map(() => 4),
  ),
  scraped({ __name__: 'reset' }, [0, 30, 60, 15, 45, null, null, null]),
  scraped({ __name__: 'gone' }, [1, 2]),
  ...[
    ['1', 2],
    ['5', 6],
    ['10', 8],
    ['+Inf', 10],
  ].map(([le, count]) => scraped({ __name__: 'h_bucket', le: String(le) }, rising(Number(count) * 15))),
)

const told = (query: string, at = 600_000): unknown => {
  const result = queryAt(storage, query, at)
  if (result.type === 'vector') return result.values.map(({ labels, v }) => `${textOf(labels)} ${v}`)
  return result.type === 'scalar' ? result.point[1] : result
}

test.each<[string, unknown]>([
  ['1 + 2 * 3 ^ 2', 19],
  ['-2 ^ 2', 4],
  ['time()', 600],
  ['1 > bool 2', 0],
  ['0x1F', 31],
  ['x', ['x{a="1", b="p"} 600', 'x{a="2", b="q"} 1200']],
  ['x{a!="1"}', ['x{a="2", b="q"} 1200']],
  ['x{b=~"p|z"}', ['x{a="1", b="p"} 600']],
  ['x{b!~"p.*"}', ['x{a="2", b="q"} 1200']],
  ['x{b=~"p."}', []],
  ['x{a="1"} offset 5m', ['x{a="1", b="p"} 300']],
  ['{__name__=~"x|y",a="1"}', ['x{a="1", b="p"} 600', 'y{a="1"} 4']],
  ['gone', []],
  ['rate(x[1m])', ['{a="1", b="p"} 1', '{a="2", b="q"} 2']],
  ['increase(x{a="1"}[1m])', ['{a="1", b="p"} 60']],
  ['irate(x{a="2"}[1m])', ['{a="2", b="q"} 2']],
  ['max_over_time(x{a="1"}[1m])', ['{a="1", b="p"} 600']],
  ['sum_over_time(y[1m])', ['{a="1"} 20']],
  ['last_over_time(x{a="1"}[1m])', ['x{a="1", b="p"} 600']],
  ['sum(x)', ['{} 1800']],
  ['sum by (a) (x)', ['{a="1"} 600', '{a="2"} 1200']],
  ['avg without (a, b) (x)', ['{} 900']],
  ['count(x) + 1', ['{} 3']],
  ['max(x) - min(x)', ['{} 600']],
  ['topk(1, x)', ['x{a="2", b="q"} 1200']],
  ['bottomk(1, x)', ['x{a="1", b="p"} 600']],
  ['quantile(0.5, x)', ['{} 900']],
  ['stddev(x)', ['{} 300']],
  ['x / on (a) y', ['{a="1"} 150']],
  ['x / ignoring (b) y', ['{a="1"} 150']],
  ['y * on (a) group_right () x', ['{a="1", b="p"} 2400']],
  ['x * on (a) group_left (b) y', ['{a="1"} 2400']],
  ['x > 700', ['x{a="2", b="q"} 1200']],
  ['700 < x', ['x{a="2", b="q"} 1200']],
  ['x > bool 700', ['{a="1", b="p"} 0', '{a="2", b="q"} 1']],
  ['x and on (a) y', ['x{a="1", b="p"} 600']],
  ['x unless on (a) y', ['x{a="2", b="q"} 1200']],
  ['y or on (a) x', ['y{a="1"} 4', 'x{a="2", b="q"} 1200']],
  ['-y', ['{a="1"} -4']],
  ['histogram_quantile(0.5, rate(h_bucket[5m]))', ['{} 4']],
  ['histogram_quantile(0.95, rate(h_bucket[5m]))', ['{} 10']],
  ['histogram_quantile(2, h_bucket)', ['{} Infinity']],
  ['label_replace(y, "c", "<$1>", "a", "(.*)")', ['y{a="1", c="<1>"} 4']],
  ['label_replace(y, "part", "z", "", "")', ['y{a="1", part="z"} 4']],
  ['absent(z{a="1"})', ['{a="1"} 1']],
  ['clamp_max(x, 1000)', ['{a="1", b="p"} 600', '{a="2", b="q"} 1000']],
  ['round(vector(2.5))', ['{} 3']],
  ['scalar(y) + 1', 5],
  ['timestamp(y)', ['{a="1"} 600']],
  ['sum(nothing)', []],
])('%s', (query, answer) => {
  expect(told(query)).toEqual(answer)
})

test('a counter that began again goes on from where it was', () => {
  expect(told('increase(reset[1m])', 60_000)).toEqual(['{} 105'])
  expect(told('resets(reset[1m])', 60_000)).toEqual(['{} 1'])
})

test('a value that is older than five minutes is none', () => {
  expect(told('gone', 315_000)).toEqual(['gone{} 2'])
  expect(told('gone', 315_001)).toEqual([])
})

test.each<[string, 'bad_data' | 'execution', RegExp]>([
  ['sum(', 'bad_data', /^1:5: parse error: unexpected end of input$/],
  ['', 'bad_data', /parse error/],
  ['nothing(x)', 'bad_data', /parse error/],
  ['rate(x)', 'bad_data', /expected type range vector in call to function "rate", got instant vector/],
  ['x[5]', 'bad_data', /duration/],
  ['x{a=~"("}', 'bad_data', /error parsing regexp/],
  ['{a=~".*"}', 'bad_data', /at least one non-empty matcher/],
  ['1 == 2', 'bad_data', /BOOL modifier/],
  ['1 and x', 'bad_data', /set operator "and" not allowed/],
  ['sum(2, x)', 'bad_data', /wrong number of arguments/],
  ['rate(x[5m], 1)', 'bad_data', /expected 1 argument/],
  ['x + on () x', 'execution', /many-to-many matching not allowed/],
  ['x + on () y', 'execution', /many-to-one matching must be explicit/],
  ['rate({__name__=~"x|y",a="1",b=~".*"}[5m]) + on () group_left () rate(x[5m])', 'execution', /many-to-many/],
  ['deriv(x[5m])', 'execution', /^function deriv is not evaluated here$/],
  ['count_values("v", x)', 'execution', /^aggregation count_values is not evaluated here$/],
  ['max_over_time(rate(x[5m])[1h:1m])', 'execution', /^SubqueryExpr is not evaluated here/],
  ['x @ 0', 'execution', /is not evaluated here/],
])('%s is %s', (query, type, message) => {
  expect(() => told(query)).toThrow(message)
  expect(() => told(query)).toThrow(expect.objectContaining({ type }))
})

test('a range is what the query is worth at each of its steps', async () => {
  const range = { start: 60_000, end: 120_000, step: 30_000 }
  expect(await queryRange(storage, 'sum by (a) (x)', range)).toEqual({
    type: 'matrix',
    lines: [
      { labels: { a: '1' }, points: [60_000, 90_000, 120_000].map((t) => [t, t / 1_000]) },
      { labels: { a: '2' }, points: [60_000, 90_000, 120_000].map((t) => [t, t / 500]) },
    ],
  })
  await expect(queryRange(storage, 'x[5m]', range)).rejects.toMatchObject({ type: 'bad_data' })
})
