import { textAt } from '@orbweaver/contracts/json'
import { expect, test } from 'vitest'
import { object } from '../samples.ts'
import { kinds } from '../world/kinds.ts'
import { clusterView } from '../world/view.ts'
import { createEngine } from './engine.ts'
import { defineIndex } from './index-of.ts'
import { wildcardsIn } from './wildcards.ts'
import { meshParts } from './world.ts'

const byHost = defineIndex({
  name: 'rules by host',
  kinds: [kinds.destinationRule],
  entries: (rule) => [[textAt(rule, 'spec', 'host') ?? '', rule]],
})
const hosts = ['*', '*.c', '*.b.c', '*.a.b.c', '*x.c', '*.d', 'a.b.c']
const rules = hosts.map((host, index) => object('DestinationRule', `r${index}`, { namespace: 'shop', spec: { host } }))
const engine = createEngine(meshParts({ config: clusterView('hub', rules, Object.values(kinds)) }), [])

test.each([
  ['a.b.c', ['*.b.c', '*.c', '*']],
  ['x.y.c', ['*.c', '*']],
  ['*.b.c', ['*.b.c', '*.c', '*']],
  ['*x.c', ['*x.c', '*.c', '*']],
  ['*y.c', ['*.c', '*']],
  ['d', ['*']],
])('the wildcards over %s that something is said of: %j', (name, expected) => {
  const over = wildcardsIn(byHost)
  expect(engine.ask((world) => over(world, name))).toEqual(expected)
})
