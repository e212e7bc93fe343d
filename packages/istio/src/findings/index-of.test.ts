import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { pod } from '../samples.ts'
import { kinds } from '../world/kinds.ts'
import { allUnder, defineIndex } from './index-of.ts'

const byApp = () =>
  defineIndex<string>({
    name: 'Pods by app',
    kinds: [kinds.pod],
    entries: (object, cluster) => [[labelsOf(object)['app'] ?? '', `${cluster} ${object.metadata.name}`]],
  }).in({}, () => undefined)
const web = (name: string): KubernetesObject => pod(name, 'shop', { labels: { app: 'web' } })

test('what is under a key is in order, however it came', () => {
  const came = [
    ['hub', web('b')],
    ['east', web('c')],
    ['hub', web('a')],
  ] as const
  for (const order of [came, came.toReversed()]) {
    const entries = byApp()
    for (const [cluster, object] of order) entries.enter(cluster, object)
    expect(allUnder(entries.at('web'))).toEqual(['east c', 'hub a', 'hub b'])
  }
})

test('what leaves a key takes nothing else along, before anybody has looked and afterwards', () => {
  const entries = byApp()
  const [a, b] = [web('a'), web('b')]
  for (const each of [a, b]) entries.enter('hub', each)
  entries.enter('east', a)
  entries.leave('hub', a)
  expect(allUnder(entries.at('web'))).toEqual(['east a', 'hub b'])
  entries.leave('east', a)
  entries.leave('hub', b)
  expect(allUnder(entries.at('web'))).toEqual([])
  entries.enter('hub', a)
  expect(allUnder(entries.at('web'))).toEqual(['hub a'])
})
