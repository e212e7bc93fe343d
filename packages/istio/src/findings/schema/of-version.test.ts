import { expect, test } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { object } from '../../samples.ts'
import { kinds } from '../../world/kinds.ts'
import { clusterView } from '../../world/view.ts'
import { createEngine } from '../engine.ts'
import { meshParts } from '../world.ts'
import { definitionJudges } from './of-version.ts'

const trafficPolicy = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
const spec = { type: 'object', properties: { host: { type: 'string', enum: ['a'] }, trafficPolicy } }
const definition = object('CustomResourceDefinition', 'destinationrules.networking.istio.io', {
  spec: {
    group: 'networking.istio.io',
    names: { kind: 'DestinationRule' },
    versions: [{ name: 'v1', schema: { openAPIV3Schema: { type: 'object', properties: { spec } } } }],
  },
})
const told = (version: string, of: JsonRecord) => {
  const config = clusterView(
    'hub',
    [object('DestinationRule', 'r', { namespace: 'shop', spec: of })],
    Object.values(kinds),
  )
  const found = createEngine(meshParts({ config }), definitionJudges([definition], version)).findings()
  return found.map(({ code }) => code)
}
const wrong = { host: 'b', hots: 'a' }
const strict = ['schema.value-unknown', 'schema.field-unknown']
const later = { trafficPolicy: { loadBalancer: { zoneAwareLbSetting: {} } } }

test.each<[string, JsonRecord, string[]]>([
  ['v1.31.0', wrong, strict],
  ['v1.30.3', wrong, strict],
  ['master', wrong, strict],
  ['', wrong, strict],
  ['v1.32.0', wrong, []],
  ['v2.0.0', wrong, []],
  ['v1.32.0', { host: 1 }, ['schema.type-wrong']],
  ['v1.30.3', later, ['upgrade.field-later']],
  ['v1.31.0', later, []],
  ['v1.32.0', later, []],
  ['', later, []],
])('by %s: %j', (version, of, expected) => {
  expect(told(version, of)).toEqual(expected)
})
