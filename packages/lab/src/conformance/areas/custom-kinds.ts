import { recordAt, textAt } from '@orbweaver/contracts/json'
import { breaking, ignoringSent, stating, takingFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including } from '../fits.ts'
import { withoutAnswered } from '../forms.ts'
import { crdPath, createCrd, customKind, schemaOf, served, specSchema, twoVersions } from './custom-kind.ts'
import { patchType } from './objects.ts'

const property = (name: string, key: string) => [...specSchema, 'properties', name, key]

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
      stating(['spec', 'names', 'singular'], 'gadget'),
      async (scene) => {
        const kind = customKind(scene, {})
        const names = { plural: kind.plural, kind: kind.kind }
        const crd = { ...kind.crd, spec: { ...recordAt(kind.crd, 'spec'), names } }
        fits(await createCrd(scene, { ...kind, crd }), { status: 201 })
        fits((await scene.ask(crdPath(kind))).body, {
          spec: { conversion: { strategy: 'None' }, names: { listKind: 'WidgetList', singular: 'widget' } },
        })
      },
    ),
    check(
      'The name of a CRD is plural.group.',
      breaking('the name rule', ({ method, body }) => {
        if (method === 'POST') recordAt(body, 'metadata').name = `widgets.${textAt(body, 'spec', 'group') ?? ''}`
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
    check(
      'A CRD without a schema is refused.',
      stating(['spec', 'versions', '*', 'schema'], schemaOf({})),
      async (scene) => {
        const kind = customKind(scene, { versions: [{ name: 'v1', served: true, storage: true }] })
        fits(await createCrd(scene, kind), {
          status: 422,
          body: { message: /spec\.versions\[0\]\.schema\.openAPIV3Schema: Required value$/ },
        })
      },
    ),
    check(
      'A schema must be structural: every field has a type.',
      stating(property('size', 'type'), 'integer'),
      async (scene) => {
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
      },
    ),
    check(
      'Exactly one version is the storage version.',
      takingFor(['spec', 'versions'], twoVersions()),
      async (scene) => {
        const versions = twoVersions().map((each) => ({ ...each, storage: true }))
        fits(await createCrd(scene, customKind(scene, { versions })), {
          status: 422,
          body: {
            message: /spec\.versions: Invalid value: .*must have exactly one version marked as storage version/s,
          },
        })
      },
    ),
    check(
      'Unknown fields are pruned.',
      stating([...specSchema, 'x-kubernetes-preserve-unknown-fields'], true),
      async (scene) => {
        const { create } = await served(scene, {})
        fits(await create('a', { size: 1, nobody: 2 }), { status: 201, body: { spec: { size: 1, nobody: undefined } } })
      },
    ),
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
      ignoringSent(['*', 'value', 'openAPIV3Schema', 'properties', 'spec', 'properties', 'colour', 'default']),
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
    check('Minimum, maximum, lengths, patterns and formats are checked.', ignoringSent(specSchema), async (scene) => {
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
    check('Required fields are asked for.', ignoringSent([...specSchema, 'required']), async (scene) => {
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
  ],
}
