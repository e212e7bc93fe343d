import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { blockers } from '../blueprints/blockers.ts'
import { blueprint } from '../blueprints/blueprint.ts'
import { leftovers } from '../blueprints/leftovers.ts'
import type { Observed } from '../blueprints/stage.ts'
import { uninstall } from '../blueprints/uninstall.ts'
import { discover } from '../meshes/discover.ts'
import { isMesh, readMesh } from '../meshes/mesh.ts'
import { summaryOf } from '../rules/summary.ts'
import { meshOf, object } from '../samples.ts'
import { kinds } from '../world/kinds.ts'
import { clusterView } from '../world/view.ts'
import { judge } from './judge.ts'
import { meshParts } from './world.ts'

/** Field names the package looks at, so that odd values land where they are read. */
const fields = [
  'spec',
  'hosts',
  'host',
  'http',
  'route',
  'destination',
  'weight',
  'subsets',
  'labels',
  'name',
  'selector',
]
const more = [
  'matchLabels',
  'rules',
  'servers',
  'gateways',
  'match',
  'exportTo',
  'webhooks',
  'rules',
  'status',
  'conditions',
  'type',
]
const yet = [
  'template',
  'containers',
  'initContainers',
  'image',
  'phase',
  'controlPlane',
  'cluster',
  'kind',
  'version',
  'members',
  'values',
]
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<Json>(
      null,
      true,
      0,
      -1,
      '',
      'reviews',
      '*',
      '*.example.com',
      'istio.io',
      'pods',
      'CREATE',
      'Managed',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...fields, ...more, ...yet), tie('value'), { maxKeys: 5 }),
  ),
})).value
const record: fc.Arbitrary<JsonRecord> = fc.dictionary(fc.constantFrom(...fields, ...more, ...yet), json, {
  maxKeys: 6,
})

const names = Object.values(kinds).map((key) => key.slice(key.lastIndexOf('/') + 1))

it('judges whatever clusters hold without failing', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), (bodies) => {
      const objects = names.flatMap((kind) =>
        bodies.map((body, index) => ({ ...body, ...object(kind, `o${index}`, { namespace: 'shop' }) })),
      )
      const view = clusterView('hub', objects, Object.values(kinds))
      const mesh = meshOf({ kind: 'Managed', members: [{ cluster: 'east' }] })
      const seen: Observed = new Map([['hub', { view, network: undefined, server: '' }]])
      expect(Array.isArray(judge(meshParts({ config: view })))).toBe(true)
      expect(Array.isArray(discover(view))).toBe(true)
      expect(Array.isArray(leftovers(mesh, view))).toBe(true)
      expect(Array.isArray(blockers(mesh, ['hub'], seen))).toBe(true)
      const stages = [...blueprint(mesh, seen), ...uninstall(mesh, seen)]
      expect(stages.every((each) => ['waiting', 'passed', 'failed'].includes(each.gate(seen).state))).toBe(true)
      expect(objects.every((each) => typeof summaryOf(each) === 'string')).toBe(true)
    }),
    { numRuns: 60 },
  )
})

it('reads any Mesh, or says what is wrong with it', () => {
  fc.assert(
    fc.property(record, (spec) => {
      const read = readMesh({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', metadata: { name: 'm' }, spec })
      if (!isMesh(read)) expect(read.problems.length).toBeGreaterThan(0)
      else expect(blueprint(read, new Map()).length).toBeGreaterThan(0)
    }),
  )
})
