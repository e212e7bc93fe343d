import { contract } from '@orbweaver/contracts/contract'
import { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { type OpenAPI, OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'

/** A schema of its own because the object is checked by a function, which no schema can be read from. */
const anyKubernetesObject = {
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata'],
  properties: {
    apiVersion: { type: 'string' },
    kind: { type: 'string' },
    metadata: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
  },
  additionalProperties: true,
} as const

export function schemaConverter(): ZodToJsonSchemaConverter {
  return new ZodToJsonSchemaConverter({
    interceptors: [
      (call) => (call.schema === KubernetesObject ? [true, structuredClone(anyKubernetesObject)] : call.next()),
    ],
  })
}

/** The contract as OpenAPI 3.1, made once a process. */
export function createApiDocument(version: string): () => Promise<OpenAPI.Document> {
  let document: Promise<OpenAPI.Document> | undefined
  return () => {
    document ??= new OpenAPIGenerator({ schemaConverters: [schemaConverter()] }).generate(contract, {
      info: {
        title: 'Orbweaver',
        version,
        description:
          'What crosses between console and server. Errors carry a code and params; sentences are the reader’s.',
      },
      servers: [{ url: '/api/v1' }],
    })
    return document
  }
}
