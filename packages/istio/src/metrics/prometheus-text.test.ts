import { expect, test } from 'vitest'
import { readPrometheusText } from './prometheus-text.ts'

const all = () => true

test('names, labels and values are read, comments and times are not', () => {
  const text = [
    '# HELP pilot_xds Number of endpoints connected to this pilot using XDS.',
    '# TYPE pilot_xds gauge',
    'pilot_xds{version="1.30.3"} 12',
    'go_goroutines 3.1e+02 1395066363000',
    '',
    'empty_labels{} 1',
    'spaced{ a = "1", b="2", } -4.5\r',
  ].join('\n')
  expect(readPrometheusText(text.replace('\r', ''), all)).toEqual([
    { name: 'pilot_xds', labels: { version: '1.30.3' }, value: 12 },
    { name: 'go_goroutines', labels: {}, value: 310 },
    { name: 'empty_labels', labels: {}, value: 1 },
    { name: 'spaced', labels: { a: '1', b: '2' }, value: -4.5 },
  ])
})

test('a label may hold quotes, backslashes, line ends, commas and braces', () => {
  const text = String.raw`m{path="C:\\DIR",error="Cannot \"open\"\nFILE, {x} 1"} 1.458255915e9`
  expect(readPrometheusText(text, all)).toEqual([
    { name: 'm', labels: { path: 'C:\\DIR', error: 'Cannot "open"\nFILE, {x} 1' }, value: 1_458_255_915 },
  ])
})

test('infinities and what is no number are numbers', () => {
  const samples = readPrometheusText('b{le="+Inf"} +Inf\nb{le="1"} -Inf\nn NaN\n', all)
  expect(samples?.map(({ value }) => value)).toEqual([Infinity, -Infinity, Number.NaN])
})

test('only what is wanted is kept', () => {
  const samples = readPrometheusText('one 1\ntwo{a="b"} 2\n', (name) => name === 'two')
  expect(samples).toEqual([{ name: 'two', labels: { a: 'b' }, value: 2 }])
})

test.each([
  ['<html>404</html>'],
  ['one'],
  ['one many'],
  ['one{a="b} 1'],
  ['one{a=b} 1'],
  ['one{a="b" c="d"} 1'],
  ['one 0x10'],
  ['1one 1'],
])('%s is no exposition', (text) => {
  expect(readPrometheusText(`ok 1\n${text}\n`, all)).toBeUndefined()
})
