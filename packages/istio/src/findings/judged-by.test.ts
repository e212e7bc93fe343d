import { expect, test } from 'vitest'
import { pod } from '../samples.ts'
import { kinds } from '../world/kinds.ts'
import { clusterView } from '../world/view.ts'
import { createEngine } from './engine.ts'
import { type Code, found, type Judge } from './finding.ts'
import { judgedBy } from './judged-by.ts'
import { meshParts } from './world.ts'

const [config, east] = ['hub', 'east'].map((name) => clusterView(name, [pod('web', 'shop')], [kinds.pod]))

test.each<[Judge['where'], string[]]>([
  [undefined, ['hub shop']],
  ['every', ['hub shop', 'east shop']],
])('a judge of %s judges as the engine does', (where, expected) => {
  if (config === undefined || east === undefined) throw new Error('two clusters')
  const code: Code = { code: 'pod.any', severity: 'info', istio: 'accepts' }
  const judge: Judge = {
    says: [code],
    kinds: [kinds.pod],
    ...(where && { where }),
    judge: (subject) => [found(subject, code, { pointer: '', params: { at: subject.namespace } })],
  }
  const parts = meshParts({ config, clusters: [config, east] })
  const asked = createEngine(parts, []).ask((world) => judgedBy([judge], world))
  expect(asked.map(({ ref, params }) => `${ref.cluster} ${params['at']}`)).toEqual(expected)
  expect(createEngine(parts, [judge]).findings()).toEqual(asked)
})
