import { listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { expect, it } from 'vitest'
import { ask, testServer } from '../testing/server.ts'
import { wireFields } from '../protobuf/wire.ts'
import { swaggerBytes } from './openapi-v2-protobuf.ts'

const crd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'kites.example.com' },
  spec: {
    group: 'example.com',
    names: { kind: 'Kite', plural: 'kites' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                properties: {
                  colour: { type: 'string', nullable: true },
                  tails: { type: 'array', items: { type: 'string' } },
                  anything: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
                },
              },
            },
          },
        },
      },
    ],
  },
}

/** The first field with this number, of messages in messages. */
function below(message: Buffer, ...numbers: number[]): Buffer {
  return numbers.reduce((here, number) => {
    const found = [...wireFields(here)].find((each) => each.number === number)?.value
    return Buffer.isBuffer(found) ? found : Buffer.of()
  }, message)
}

async function served() {
  const server = await testServer()
  await ask(server, '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', { body: crd })
  await server.settled()
  return server
}

it('tells every kind in one document, of version 2', async () => {
  const { body, status } = await ask(await served(), '/openapi/v2')
  expect(status).toBe(200)
  expect(textAt(body, 'swagger')).toBe('2.0')
  expect(recordAt(body, 'definitions', 'io.k8s.api.apps.v1.Deployment', 'properties', 'spec')).toEqual({
    $ref: '#/definitions/io.k8s.api.apps.v1.DeploymentSpec',
  })
  expect(recordAt(body, 'definitions', 'io.k8s.apimachinery.pkg.util.intstr.IntOrString')).toEqual({
    type: 'string',
    format: 'int-or-string',
  })
  expect(recordAt(body, 'definitions', 'com.example.v1.Kite', 'properties', 'spec')).toEqual({
    type: 'object',
    properties: {
      colour: {},
      tails: { type: 'array', items: { type: 'string' } },
      anything: { 'x-kubernetes-preserve-unknown-fields': true },
    },
  })
  const patch = recordAt(body, 'paths', '/apis/example.com/v1/namespaces/{namespace}/kites/{name}', 'patch')
  expect(listAt(patch, 'parameters').map((each) => textAt(each, 'name'))).toContain('dryRun')
})

it('says it as protobuf too: schemas by name, and the parameters of operations', () => {
  const kite = { type: 'object', required: ['colour'], properties: { colour: { type: 'string' } }, 'x-kite': { a: 1 } }
  const patch = { 'x-kubernetes-action': 'patch', parameters: [{ name: 'dryRun', in: 'query', type: 'string' }] }
  const bytes = swaggerBytes({ paths: { '/kites': { patch } }, definitions: { 'com.example.v1.Kite': kite } })
  const schema = below(bytes, 9, 1)
  expect(below(schema, 1).toString()).toBe('com.example.v1.Kite')
  expect(below(schema, 2, 22, 1).toString()).toBe('object')
  expect(below(schema, 2, 19).toString()).toBe('colour')
  expect(below(schema, 2, 25, 1, 1).toString()).toBe('colour')
  expect(below(schema, 2, 25, 1, 2, 22, 1).toString()).toBe('string')
  expect(below(schema, 2, 31, 1).toString()).toBe('x-kite')
  expect(below(schema, 2, 31, 2, 2).toString()).toBe('{"a":1}')
  const path = below(bytes, 8, 2)
  expect(below(path, 1).toString()).toBe('/kites')
  expect(below(path, 2, 8, 8, 1, 2, 3, 4).toString()).toBe('dryRun')
})

it('is protobuf to whoever asks for it', async () => {
  const accept = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf'
  const { status, headers, text } = await ask(await served(), '/openapi/v2', { headers: { accept } })
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('application/octet-stream')
  expect(text).toContain('com.example.v1.Kite')
  expect(text).toContain('io.k8s.api.apps.v1.Deployment')
})
