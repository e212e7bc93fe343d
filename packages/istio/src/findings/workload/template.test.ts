import type { JsonRecord } from '@orbweaver/contracts/json'
import { expect, it } from 'vitest'
import { object } from '../../samples.ts'
import { labelled } from './template.ts'

it.each<[string, JsonRecord, JsonRecord[]]>([
  [
    'there are labels',
    { template: { metadata: { labels: { app: 'web' } } } },
    [{ op: 'add', path: '/spec/template/metadata/labels/a~1b', value: 'c' }],
  ],
  [
    'there are none',
    { template: { metadata: { name: 'web' } } },
    [{ op: 'add', path: '/spec/template/metadata/labels', value: { 'a/b': 'c' } }],
  ],
  [
    'it has nothing of the kind',
    { template: { spec: {} } },
    [{ op: 'add', path: '/spec/template/metadata', value: { labels: { 'a/b': 'c' } } }],
  ],
  ['there is no template', { replicas: 1 }, []],
  ['it is none', { template: 'web' }, []],
])('a template gets a label where %s', (_, spec, expected) => {
  expect(labelled(object('Deployment', 'web', { namespace: 'shop', spec }), { 'a/b': 'c' })).toEqual(expected)
})
