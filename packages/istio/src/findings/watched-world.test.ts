import { refOf } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { istiod, namespace, object, pod } from '../samples.ts'
import { kinds } from '../world/kinds.ts'
import { clusterView } from '../world/view.ts'
import { createEngine } from './engine.ts'
import type { Judge } from './finding.ts'
import { type MeshWorld, meshParts } from './world.ts'

/** What each namespace looks at while it is judged. */
const looks: Readonly<Record<string, (world: MeshWorld) => unknown>> = {
  everywhere: ({ config }) => config.list(kinds.pod),
  here: ({ config }) => config.list(kinds.pod, 'shop'),
  injection: ({ injection }) => injection,
}

test.each([
  [pod('web', 'shop'), ['everywhere', 'here']],
  [pod('web', 'far'), ['everywhere']],
  [istiod('default'), ['injection']],
  [object('Deployment', 'web', { namespace: 'istio-system' }), []],
])('who has looked at what changes is judged again: %#', (changed, expected) => {
  const asked: string[] = []
  const judge: Judge = {
    says: [],
    kinds: [kinds.namespace],
    judge({ object: { metadata } }, world) {
      asked.push(metadata.name)
      looks[metadata.name]?.(world)
      return []
    },
  }
  const objects = Object.keys(looks).map((each) => namespace(each))
  const engine = createEngine(meshParts({ config: clusterView('hub', objects, Object.values(kinds)) }), [judge])
  engine.findings()
  asked.length = 0
  engine.with([{ ref: refOf('hub', changed), after: changed }])
  expect([...new Set(asked)].toSorted()).toEqual(expected)
})

test('a text that is no YAML is told with what is wrong with it, and one of more than JSON is unknown', () => {
  const config = clusterView('hub', [], [])
  const read = (yaml: (text: string) => unknown) =>
    createEngine(meshParts({ config, yaml }), []).ask((world) => world.yaml('a'))
  expect(read((text) => [text])).toEqual({ value: ['a'] })
  expect(read(() => 1n)).toBeUndefined()
  const fails = () => {
    throw new SyntaxError('no mapping')
  }
  expect(read(fails)).toEqual({ fault: 'no mapping' })
  expect(createEngine(meshParts({ config }), []).ask((world) => world.yaml('a'))).toBeUndefined()
})
