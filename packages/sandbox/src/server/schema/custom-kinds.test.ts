import { at, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import type { ApiServer } from '../api-server.ts'
import { ask, change, testServer } from '../testing/server.ts'

const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
const things = '/apis/test.dev/v1/namespaces/default/things'

const spec = {
  type: 'object',
  required: ['must'],
  properties: {
    must: { type: 'string' },
    size: { type: 'integer', minimum: 1, maximum: 5 },
    color: { type: 'string', enum: ['red', 'green'], default: 'red' },
    name: { type: 'string', pattern: '^a.*$', maxLength: 5 },
    tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
    one: {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    port: { 'x-kubernetes-int-or-string': true },
    fixed: { type: 'string', 'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'fixed is immutable' }] },
  },
  'x-kubernetes-validations': [
    { rule: '!has(self.size) || self.size != 4' },
    {
      rule: "!has(self.name) || self.name != 'abc'",
      messageExpression: "'bad name ' + self.name",
      reason: 'FieldValueForbidden',
      fieldPath: '.name',
    },
  ],
}

function crd(schema: Json, plural = 'things', kind = 'Thing'): Record<string, Json> {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.test.dev` },
    spec: {
      group: 'test.dev',
      names: { kind, plural },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', properties: { spec: schema, status: open } } },
          subresources: { status: {}, scale: { specReplicasPath: '.spec.size', statusReplicasPath: '.status.size' } },
          additionalPrinterColumns: [{ name: 'Size', type: 'integer', jsonPath: '.spec.size' }],
        },
      ],
    },
  }
}

const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }

async function withThings(): Promise<ApiServer> {
  const server = await testServer()
  expect((await ask(server, crds, { body: crd(spec) })).status).toBe(201)
  return server
}

function thing(wish: Record<string, Json>): Record<string, Json> {
  return { apiVersion: 'test.dev/v1', kind: 'Thing', metadata: { name: 'x' }, spec: { must: 'x', ...wish } }
}

async function complaint(server: ApiServer, wish: Record<string, Json>): Promise<string> {
  const refused = await ask(server, things, { body: thing(wish) })
  expect(refused.status).toBe(422)
  return textAt(refused.body, 'message') ?? ''
}

describe('custom kinds', () => {
  it('are established and served at once, defaulted and pruned', async () => {
    const server = await withThings()
    const stored = await ask(server, `${crds}/things.test.dev`)
    const conditions = listAt(stored.body, 'status', 'conditions')
    expect(conditions.map((each) => [textAt(each, 'type'), textAt(each, 'status')])).toEqual([
      ['NamesAccepted', 'True'],
      ['Established', 'True'],
    ])
    const made = await ask(server, things, { body: thing({ stray: 1, free: { any: { thing: 1 } }, port: 'http' }) })
    expect(at(made.body, 'spec')).toEqual({ must: 'x', color: 'red', free: { any: { thing: 1 } }, port: 'http' })
    expect(made.warnings).toEqual(['299 - "unknown field \\"spec.stray\\""'])
    const list = await ask(server, '/apis/test.dev/v1')
    expect(listAt(list.body, 'resources').map((each) => textAt(each, 'name'))).toEqual([
      'things',
      'things/status',
      'things/scale',
    ])
  })

  it('are validated in the words of the real server', async () => {
    const server = await withThings()
    const head = 'Thing.test.dev "x" is invalid: '
    expect(await complaint(server, { size: 9 })).toBe(
      `${head}spec.size: Invalid value: 9: spec.size in body should be less than or equal to 5`,
    )
    expect(await complaint(server, { color: 'blue' })).toContain(
      'spec.color: Unsupported value: "blue": supported values: "red", "green"',
    )
    expect(await complaint(server, { size: 'x' })).toContain(
      'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"',
    )
    expect(await complaint(server, { tags: ['a', 'a'] })).toBe(`${head}spec.tags[1]: Duplicate value: "a"`)
    expect(await complaint(server, { one: { a: '1', b: '2' } })).toContain(
      '"spec.one" must validate one and only one schema (oneOf). Found 2 valid alternatives',
    )
    expect(await complaint(server, { must: null })).toContain('spec.must: Required value')
  })

  it('obey their CEL rules, transition rules only on change', async () => {
    const server = await withThings()
    expect(await complaint(server, { size: 4, name: 'abc' })).toBe(
      'Thing.test.dev "x" is invalid: [spec: Invalid value: failed rule: !has(self.size) || self.size != 4, spec.name: Forbidden: bad name abc]',
    )
    expect((await ask(server, things, { body: thing({ fixed: 'a' }) })).status).toBe(201)
    const changed = await change(server, `${things}/x`, { type: 'merge', body: { spec: { fixed: 'b' } } })
    expect(textAt(changed.body, 'message')).toBe(
      'Thing.test.dev "x" is invalid: spec.fixed: Invalid value: "b": fixed is immutable',
    )
  })

  it('are refused when a rule does not compile', async () => {
    const server = await testServer()
    const broken = { type: 'object', 'x-kubernetes-validations': [{ rule: 'self.size( > 3' }] }
    const refused = await ask(server, crds, { body: crd(broken) })
    expect(refused.status).toBe(422)
    expect(textAt(refused.body, 'message')).toContain(
      'x-kubernetes-validations[0].rule: Invalid value: "self.size( > 3": compilation failed',
    )
  })

  it('are refused when a rule asks for a field that is not there', async () => {
    const server = await testServer()
    const rule = "self.size > 3 && self.label != 'self.nothing' && self.nobody == 1"
    const properties = { size: { type: 'integer' }, label: { type: 'string' } }
    const refused = await ask(server, crds, {
      body: crd({ type: 'object', properties, 'x-kubernetes-validations': [{ rule }] }),
    })
    expect(textAt(refused.body, 'message')).toContain("undefined field 'nobody'")
  })

  it('keep what was right when it was written, and refuse it when it is written anew', async () => {
    const server = await withThings()
    await ask(server, things, { body: thing({ color: 'green', size: 5 }) })
    const only = { ...spec, properties: { ...spec.properties, color: { type: 'string', enum: ['red'] } } }
    const patch = [{ op: 'replace', path: '/spec/versions/0/schema/openAPIV3Schema/properties/spec', value: only }]
    await change(server, `${crds}/things.test.dev`, { type: 'json', body: patch })
    expect((await change(server, `${things}/x`, { type: 'merge', body: { spec: { size: 3 } } })).status).toBe(200)
    const other = await change(server, `${things}/x`, { type: 'merge', body: { spec: { color: 'blue' } } })
    expect(textAt(other.body, 'message')).toContain('spec.color: Unsupported value: "blue"')
  })

  it('are read with the defaults of today', async () => {
    const server = await withThings()
    const made = await ask(server, things, { body: thing({}) })
    const path = '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/size/default'
    await change(server, `${crds}/things.test.dev`, { type: 'json', body: [{ op: 'add', path, value: 2 }] })
    const read = await ask(server, `${things}/x`)
    expect(at(read.body, 'spec', 'size')).toBe(2)
    expect(textAt(read.body, 'metadata', 'resourceVersion')).toBe(textAt(made.body, 'metadata', 'resourceVersion'))
  })

  it('have status and scale of their own and show their columns', async () => {
    const server = await withThings()
    await ask(server, things, { body: { ...thing({ size: 2 }), status: { size: 9 } } })
    const stored = await ask(server, `${things}/x`)
    expect(at(stored.body, 'status')).toBeUndefined()
    const body = { status: { size: 2 }, spec: { size: 5 } }
    const state = await change(server, `${things}/x/status`, { type: 'merge', body })
    expect([at(state.body, 'spec', 'size'), at(state.body, 'status', 'size')]).toEqual([2, 2])
    const scaled = await change(server, `${things}/x/scale`, { type: 'merge', body: { spec: { replicas: 3 } } })
    expect(scaled.body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 3 },
      status: { replicas: 2 },
    })
    const table = await ask(server, things, { headers: { Accept: 'application/json;as=Table;g=meta.k8s.io;v=v1' } })
    expect(at(table.body, 'rows', 0, 'cells')).toEqual(['x', 3])
  })

  it('must be replaced with a version, and go with their CRD', async () => {
    const server = await withThings()
    await ask(server, things, { body: thing({}) })
    const blind = await ask(server, `${things}/x`, { method: 'PUT', body: thing({}) })
    expect(textAt(blind.body, 'message')).toBe(
      'things.test.dev "x" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    )
    await ask(server, `${crds}/things.test.dev`, { method: 'DELETE' })
    await server.settled()
    expect((await ask(server, things)).status).toBe(404)
    expect((await ask(server, `${crds}/things.test.dev`)).status).toBe(404)
  })

  it('are described in OpenAPI v3', async () => {
    const server = await withThings()
    const index = await ask(server, '/openapi/v3')
    const url = textAt(index.body, 'paths', 'apis/test.dev/v1', 'serverRelativeURL') ?? ''
    const document = await ask(server, url)
    expect(at(document.body, 'components', 'schemas', 'dev.test.v1.Thing', 'properties', 'spec', 'required')).toEqual([
      'must',
    ])
  })
})
