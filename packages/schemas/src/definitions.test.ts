import { PrometheusSource } from '@orbweaver/contracts/fleet-objects'
import { at, isJson, isRecord, type Json, textAt } from '@orbweaver/contracts/json'
import { ClusterName, MeshName } from '@orbweaver/contracts/names'
import { describe, expect, test } from 'vitest'
import { manifest } from './testing/manifests.ts'

describe('definitions', () => {
  const definition = (name: string) => manifest(`crds/${name}.yaml`)[0]
  const schema = (name: string) => at(definition(name), 'spec', 'versions', 0, 'schema', 'openAPIV3Schema')
  const nameRule = (name: string) => textAt(schema(name), 'x-kubernetes-validations', 0, 'rule') ?? ''

  test.each([
    ['meshes', MeshName],
    ['fleetclusters', ClusterName],
  ])('%s are named as the contract says', (name, contract) => {
    const pattern = /matches\('([^']+)'\)/.exec(nameRule(name))?.[1]
    expect(pattern).toBe(contract.toJSONSchema().pattern)
  })

  test('names of clusters are bounded where the pattern does not bound them', () => {
    expect(nameRule('fleetclusters')).toContain(`size() <= ${ClusterName.toJSONSchema().maxLength}`)
  })

  test('where a Prometheus is, the contract and the definition take the same', () => {
    const contract: unknown = PrometheusSource.toJSONSchema()
    const written = at(schema('fleetclusters'), 'properties', 'spec', 'properties', 'prometheus')
    const limits = (of: unknown) =>
      fields(isJson(of) ? of : undefined).map(({ path, field }) => ({
        path,
        ...Object.fromEntries(
          ['type', 'maxLength', 'minimum', 'maximum', 'default'].map((key) => [key, at(field, key)]),
        ),
        pattern: textAt(field, 'pattern')?.replaceAll('\\/', '/'),
      }))
    expect(limits(written)).toEqual(limits(contract))
  })

  test.each(['fleetclusters', 'meshes', 'changes'])(
    '%s: every field has a type, or says that it takes anything',
    (name) => {
      const untyped = fields(schema(name)).filter(({ field }) => !typed(field))
      expect(untyped.map(({ path }) => path)).toEqual([])
    },
  )

  test.each(['fleetclusters', 'meshes', 'changes'])('%s: every list and every text of a spec is bounded', (name) => {
    const spec = at(schema(name), 'properties', 'spec')
    const unbounded = fields(spec).filter(({ field }) => !bounded(field))
    expect(unbounded.map(({ path }) => path)).toEqual([])
  })
})

type Field = { path: string; field: Json }

function fields(schema: Json | undefined, path = ''): Field[] {
  if (!isRecord(schema)) return []
  const properties = Object.entries(isRecord(schema.properties) ? schema.properties : {})
  return [
    ...properties.flatMap(([name, each]) => [
      ...(each === undefined ? [] : [{ path: `${path}.${name}`, field: each }]),
      ...fields(each, `${path}.${name}`),
    ]),
    ...fields(schema.items, `${path}[]`),
  ]
}

function typed(field: Json): boolean {
  return at(field, 'type') !== undefined || at(field, 'x-kubernetes-preserve-unknown-fields') === true
}

function bounded(field: Json): boolean {
  const type = textAt(field, 'type')
  if (type === 'array') return at(field, 'maxItems') !== undefined
  if (type !== 'string') return true
  return ['maxLength', 'enum', 'format'].some((key) => at(field, key) !== undefined)
}
