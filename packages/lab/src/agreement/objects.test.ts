import { structureFaults } from '@orbweaver/istio/validation/structure'
import { validate } from '@orbweaver/istio/validation/validate'
import { crdSchema } from '@orbweaver/sandbox/server/schema/crd-schema'
import { customErrors } from '@orbweaver/sandbox/server/schema/custom-errors'
import { istioCrds } from '@orbweaver/schemas/istio'
import { expect, it } from 'vitest'
import { describedBy, objects } from './objects.ts'
import { fuzz } from './objects-fuzz.ts'

const described = describedBy(istioCrds)

it('makes the same objects of the same seed, of every kind, some of which istiod accepts', () => {
  const made = [...objects(described, 5, 600)]
  expect([...objects(described, 5, 600)]).toEqual(made)
  expect([...objects(described, 6, 600)]).not.toEqual(made)
  const kinds = new Set(made.map(({ kind }) => kind))
  expect(kinds.size).toBe(described.length)
  const accepted = made.filter((object) => validate(object).error === undefined)
  expect(new Set(accepted.map(({ kind }) => kind))).toEqual(kinds)
  expect(accepted.length).toBeGreaterThan(150)
  expect(accepted.length).toBeLessThan(550)
})

it('finds by their schema the objects that an API server refuses by it', () => {
  const schemas = new Map(described.map(({ kind, spec }) => [kind, { type: 'object', properties: { spec } }] as const))
  const different = [...objects(described, 9, 1500)].filter((object) => {
    const schema = schemas.get(object.kind) ?? {}
    const refused = customErrors(crdSchema(schema), object, undefined).length > 0
    const faults = structureFaults({ value: { spec: object['spec'] ?? null }, schema, pointer: '' })
    return refused !== faults.some(({ what }) => what !== 'field-unknown')
  })
  expect(different).toEqual([])
})

it('judges anything without failing', () => {
  expect(fuzz(described, 3, 400).thrown).toEqual([])
})
