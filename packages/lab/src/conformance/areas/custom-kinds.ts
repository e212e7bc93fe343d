import type { JsonRecord } from '@orbweaver/contracts/json'
import { accepting, answering, breaking, ignoringSent, withoutAnswered } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including } from '../fits.ts'
import type { Answer, Scene } from '../scene.ts'
import {
  createCrd,
  crdPath,
  type CustomKind,
  customKind,
  type KindWish,
  objectsOf,
  schemaOf,
  serve,
  widget,
} from './custom-kind.ts'
import { patchType } from './objects.ts'

/** A served kind, and a way to create its objects. */
async function served(
  scene: Scene,
  wish: KindWish,
): Promise<{ kind: CustomKind; create: (name: string, spec: JsonRecord) => Promise<Answer>; path: string }> {
  const kind = customKind(scene, wish)
  await serve(scene, kind)
  const path = objectsOf(scene, kind)
  return { kind, path, create: (name, spec) => scene.ask(path, { body: widget(kind, name, spec) }) }
}

const schemaPath = ['spec', 'versions', '*', 'schema', 'openAPIV3Schema', 'properties', 'spec']
const property = (name: string, key: string) => [...schemaPath, 'properties', name, key]

const merge = (body: object) => ({ method: 'PATCH', type: patchType.merge, body })

const twoVersions = (): JsonRecord[] => [
  { name: 'v1', served: true, storage: true, schema: schemaOf({ size: { type: 'integer' } }) },
  { name: 'v1beta1', served: true, storage: false, schema: schemaOf({ size: { type: 'integer' } }) },
]

export const customKinds: Area = {
  title: 'Custom kinds',
  checks: [
    check(
      'A CRD is NamesAccepted and Established, and tells its stored versions.',
      withoutAnswered(['status', 'conditions']),
      async (scene) => {
        const { kind } = await served(scene, {})
        fits((await scene.ask(crdPath(kind))).body, {
          status: {
            conditions: including(
              { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' },
              {
                type: 'Established',
                status: 'True',
                reason: 'InitialNamesAccepted',
                message: 'the initial names have been accepted',
              },
            ),
            acceptedNames: { plural: kind.plural, singular: kind.singular, kind: kind.kind, listKind: 'WidgetList' },
            storedVersions: ['v1'],
          },
        })
      },
    ),
    check(
      'A CRD gets defaults: singular, listKind, conversion.',
      withoutAnswered(['spec', 'conversion']),
      async (scene) => {
        const { kind } = await served(scene, {})
        fits((await scene.ask(crdPath(kind))).body, {
          spec: { conversion: { strategy: 'None' }, names: { listKind: 'WidgetList', singular: 'widget' } },
        })
      },
    ),
    check(
      'The name of a CRD is plural.group.',
      breaking('the name rule', {
        request: ({ method, body }) => {
          if (method === 'POST' && Object(body).kind === 'CustomResourceDefinition')
            Object(body).metadata.name = `widgets.${Object(body).spec.group}`
        },
      }),
      async (scene) => {
        const { crd, group } = customKind(scene, {})
        const answer = await scene.ask('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', {
          body: { ...crd, metadata: { name: `other.${group}` } },
        })
        fits(answer, {
          status: 422,
          body: {
            message: new RegExp(
              `metadata\\.name: Invalid value: "other\\.${group}": must be spec\\.names\\.plural\\+"\\."\\+spec\\.group$`,
            ),
          },
        })
      },
    ),
    check('A CRD without a schema is refused.', accepting(422), async (scene) => {
      const kind = customKind(scene, { versions: [{ name: 'v1', served: true, storage: true }] })
      fits(await createCrd(scene, kind), {
        status: 422,
        body: { message: /spec\.versions\[0\]\.schema\.openAPIV3Schema: Required value$/ },
      })
    }),
    check('A schema must be structural: every field has a type.', accepting(422), async (scene) => {
      const kind = customKind(scene, { spec: { size: { description: 'no type' } } })
      fits(await createCrd(scene, kind), {
        status: 422,
        body: {
          details: {
            causes: including({
              field: 'spec.validation.openAPIV3Schema.properties[spec].properties[size].type',
              message: 'Required value: must not be empty for specified object fields',
            }),
          },
        },
      })
    }),
    check('Exactly one version is the storage version.', accepting(422), async (scene) => {
      const versions = twoVersions().map((each) => ({ ...each, storage: true }))
      fits(await createCrd(scene, customKind(scene, { versions })), {
        status: 422,
        body: { message: /spec\.versions: Invalid value: .*must have exactly one version marked as storage version/s },
      })
    }),
    check('Unknown fields are pruned.', withoutAnswered(['spec', 'size']), async (scene) => {
      const { create } = await served(scene, {})
      fits(await create('a', { size: 1, nobody: 2 }), { status: 201, body: { spec: { size: 1, nobody: undefined } } })
    }),
    check(
      'x-kubernetes-preserve-unknown-fields keeps them.',
      ignoringSent(property('free', 'x-kubernetes-preserve-unknown-fields')),
      async (scene) => {
        const { create } = await served(scene, {
          spec: { free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        })
        fits(await create('a', { free: { any: { thing: 1 } } }), {
          status: 201,
          body: { spec: { free: { any: { thing: 1 } } } },
        })
      },
    ),
    check(
      'Defaults are filled in at creation, also in lists and nested objects.',
      ignoringSent(property('size', 'default')),
      async (scene) => {
        const part = { type: 'object', properties: { n: { type: 'integer', default: 7 } } }
        const { create } = await served(scene, {
          spec: { size: { type: 'integer', default: 3 }, parts: { type: 'array', items: part } },
        })
        fits(await create('a', { parts: [{}, { n: 1 }] }), {
          status: 201,
          body: { spec: { size: 3, parts: [{ n: 7 }, { n: 1 }] } },
        })
      },
    ),
    check(
      'Defaults are filled in when objects of before are read.',
      withoutAnswered(['spec', 'colour']),
      async (scene) => {
        const { kind, create, path } = await served(scene, {})
        await create('a', { size: 1 })
        const schema = schemaOf({ size: { type: 'integer' }, colour: { type: 'string', default: 'red' } })
        await scene.ask(crdPath(kind), {
          method: 'PATCH',
          type: patchType.json,
          body: [{ op: 'replace', path: '/spec/versions/0/schema', value: schema }],
        })
        await scene.eventually(async () => (await scene.ask(`${path}/a`)).body, { spec: { size: 1, colour: 'red' } })
      },
    ),
    check(
      'Null is pruned before defaults when it is not nullable.',
      ignoringSent(property('size', 'default')),
      async (scene) => {
        const { create } = await served(scene, { spec: { size: { type: 'integer', default: 3 } } })
        fits(await create('a', { size: null }), { status: 201, body: { spec: { size: 3 } } })
      },
    ),
    check(
      'Enums refuse other values, and name those that they know.',
      ignoringSent(property('colour', 'enum')),
      async (scene) => {
        const { create } = await served(scene, { spec: { colour: { type: 'string', enum: ['red', 'green'] } } })
        fits(await create('a', { colour: 'blue' }), {
          status: 422,
          body: {
            message:
              /^Widget\.[^ ]+ "a" is invalid: spec\.colour: Unsupported value: "blue": supported values: "red", "green"$/,
            details: { kind: 'Widget', causes: [{ reason: 'FieldValueNotSupported', field: 'spec.colour' }] },
          },
        })
      },
    ),
    check('Types are checked: FieldValueTypeInvalid.', ignoringSent(['spec', 'size']), async (scene) => {
      const { create } = await served(scene, {})
      fits(await create('a', { size: 'big' }), {
        status: 422,
        body: {
          message:
            /is invalid: spec\.size: Invalid value: "string": spec\.size in body must be of type integer: "string"$/,
          details: { causes: [{ reason: 'FieldValueTypeInvalid', field: 'spec.size' }] },
        },
      })
    }),
    check('Minimum, maximum, lengths, patterns and formats are checked.', ignoringSent(schemaPath), async (scene) => {
      const { create } = await served(scene, {
        spec: {
          size: { type: 'integer', minimum: 1, maximum: 5 },
          code: { type: 'string', pattern: '^[a-z]+$', maxLength: 3 },
          tags: { type: 'array', items: { type: 'string' }, maxItems: 1 },
        },
      })
      fits(await create('a', { size: 0 }), {
        status: 422,
        body: { message: /spec\.size: Invalid value: 0: spec\.size in body should be greater than or equal to 1$/ },
      })
      fits(await create('a', { size: 6 }), {
        status: 422,
        body: { message: /spec\.size: Invalid value: 6: spec\.size in body should be less than or equal to 5$/ },
      })
      fits(await create('a', { code: 'A1' }), {
        status: 422,
        body: { message: /spec\.code: Invalid value: "A1": spec\.code in body should match '\^\[a-z\]\+\$'$/ },
      })
      fits(await create('a', { code: 'abcd' }), {
        status: 422,
        body: { message: /spec\.code: Too long: may not be more than 3 bytes$/ },
      })
      fits(await create('a', { tags: ['x', 'y'] }), {
        status: 422,
        body: { message: /spec\.tags: Too many: 2: must have at most 1 items?$/ },
      })
    }),
    check('Required fields are asked for.', ignoringSent([...schemaPath, 'required']), async (scene) => {
      const { create } = await served(scene, { specSchema: { required: ['size'] } })
      fits(await create('a', {}), {
        status: 422,
        body: {
          message: /is invalid: spec\.size: Required value$/,
          details: { causes: [{ reason: 'FieldValueRequired', field: 'spec.size' }] },
        },
      })
    }),
    check(
      'Lists of type map and set refuse doubles.',
      ignoringSent(property('tags', 'x-kubernetes-list-type')),
      async (scene) => {
        const { create } = await served(scene, {
          spec: { tags: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' } },
        })
        fits(await create('a', { tags: ['x', 'x'] }), {
          status: 422,
          body: {
            message: /spec\.tags\[1\]: Duplicate value: "x"$/,
            details: { causes: [{ reason: 'FieldValueDuplicate' }] },
          },
        })
      },
    ),
    check(
      'int-or-string takes both and nothing else.',
      ignoringSent(property('port', 'x-kubernetes-int-or-string')),
      async (scene) => {
        const { create } = await served(scene, { spec: { port: { 'x-kubernetes-int-or-string': true } } })
        fits(await create('a', { port: 80 }), { status: 201, body: { spec: { port: 80 } } })
        fits(await create('b', { port: 'http' }), { status: 201, body: { spec: { port: 'http' } } })
        fits(await create('c', { port: true }), {
          status: 422,
          body: { message: /spec\.port in body must be of type integer,string: "boolean"$/ },
        })
      },
    ),
    check(
      'An object may be read and written in each served version.',
      answering(['apiVersion'], 'v0'),
      async (scene) => {
        const kind = customKind(scene, { versions: twoVersions() })
        await serve(scene, kind)
        await scene.ask(objectsOf(scene, kind), { body: widget(kind, 'a', { size: 1 }) })
        const other = `${objectsOf(scene, kind, 'v1beta1')}/a`
        fits(await scene.ask(other), { status: 200, body: { apiVersion: `${kind.group}/v1beta1`, spec: { size: 1 } } })
        fits(await scene.ask(other, merge({ spec: { size: 2 } })), {
          status: 200,
          body: { apiVersion: `${kind.group}/v1beta1` },
        })
        fits(await scene.ask(`${objectsOf(scene, kind)}/a`), {
          status: 200,
          body: { apiVersion: `${kind.group}/v1`, spec: { size: 2 } },
        })
      },
    ),
    check(
      'Another storage version is added to status.storedVersions.',
      withoutAnswered(['status', 'storedVersions']),
      async (scene) => {
        const kind = customKind(scene, { versions: twoVersions() })
        await serve(scene, kind)
        const versions = twoVersions().map((each) => ({ ...each, storage: each.name === 'v1beta1' }))
        await scene.ask(crdPath(kind), merge({ spec: { versions } }))
        await scene.eventually(async () => (await scene.ask(crdPath(kind))).body, {
          status: { storedVersions: ['v1', 'v1beta1'] },
        })
      },
    ),
    check(
      'A version that is not served is 404.',
      breaking('served: false', {
        request: ({ method, body }) => {
          if (method === 'PATCH') Object.assign(Object(body), { spec: {} })
        },
      }),
      async (scene) => {
        const kind = customKind(scene, { versions: twoVersions() })
        await serve(scene, kind)
        const versions = twoVersions().map((each) => ({ ...each, served: each.name === 'v1' }))
        await scene.ask(crdPath(kind), merge({ spec: { versions } }))
        await scene.eventually(() => scene.ask(objectsOf(scene, kind, 'v1beta1')), { status: 404 })
      },
    ),
    check('A custom object is updated with its resourceVersion only.', accepting(422), async (scene) => {
      const { kind, create, path } = await served(scene, {})
      await create('a', { size: 1 })
      fits(await scene.ask(`${path}/a`, { method: 'PUT', body: widget(kind, 'a', { size: 2 }) }), {
        status: 422,
        body: { message: /metadata\.resourceVersion: Invalid value: 0: must be specified for an update$/ },
      })
    }),
    check('A cluster-wide custom kind has no namespaces.', ignoringSent(['spec', 'scope']), async (scene) => {
      const kind = customKind(scene, { scope: 'Cluster' })
      await serve(scene, kind)
      const path = `/apis/${kind.group}/v1/${kind.plural}`
      fits(await scene.ask(path, { body: widget(kind, 'a', { size: 1 }) }), {
        status: 201,
        body: { metadata: { name: 'a', namespace: undefined } },
      })
      fits(await scene.ask(objectsOf(scene, kind), { body: widget(kind, 'b') }), { status: 404 })
    }),
    check('With a CRD its objects go.', accepting(404), async (scene) => {
      const { kind, create, path } = await served(scene, {})
      await create('a', { size: 1 })
      await scene.ask(crdPath(kind), { method: 'DELETE' })
      await scene.eventually(() => scene.ask(crdPath(kind)), { status: 404 })
      await scene.eventually(() => scene.ask(`${path}/a`), { status: 404 })
    }),
    check('A CRD waits for objects that have finalizers.', ignoringSent(['metadata', 'finalizers']), async (scene) => {
      const { kind, path } = await served(scene, {})
      await scene.ask(path, {
        body: { ...widget(kind, 'a'), metadata: { name: 'a', finalizers: ['orbweaver.dev/hold'] } },
      })
      await scene.ask(crdPath(kind), { method: 'DELETE' })
      await scene.eventually(() => scene.ask(`${path}/a`), {
        status: 200,
        body: { metadata: { deletionTimestamp: /Z$/ } },
      })
      fits(await scene.ask(crdPath(kind)), {
        status: 200,
        body: {
          metadata: { finalizers: ['customresourcecleanup.apiextensions.k8s.io'] },
          status: { conditions: including({ type: 'Terminating', status: 'True' }) },
        },
      })
      await scene.ask(`${path}/a`, {
        method: 'PATCH',
        type: patchType.json,
        body: [{ op: 'remove', path: '/metadata/finalizers' }],
      })
      await scene.eventually(() => scene.ask(crdPath(kind)), { status: 404 })
    }),
  ],
}
