import { textAt } from '@orbweaver/contracts/json'
import { ignoringSent, only, takingBodiesAs, takingFor, takingPathFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including } from '../fits.ts'
import { applied, data, map, mergingInstead } from './applied.ts'
import { customKind, objectsOf, serve, specSchema, widget } from './custom-kind.ts'
import { configMap, deployment, patchType } from './objects.ts'

const ports = (...list: object[]): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'a' },
  spec: { selector: { app: 'a' }, ports: list },
})

export const applyLists: Area = {
  title: 'Server-side apply of lists and maps',
  checks: [
    check('Lists with keys are merged: each manager has its own items.', mergingInstead, async (scene) => {
      const path = 'apps/v1/deployments/a'
      const with_ = (name: string): object =>
        deployment('a', {
          template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name, image: `${name}:1` }] } },
        })
      await applied(scene, path, { as: 'one', body: with_('main') })
      const both = await applied(scene, path, { as: 'two', body: with_('side') })
      fits(both.body, { spec: { template: { spec: { containers: [{ name: 'main' }, { name: 'side' }] } } } })
      fits(both.body, {
        metadata: {
          managedFields: including({
            manager: 'two',
            fieldsV1: {
              'f:spec': {
                'f:template': {
                  'f:spec': { 'f:containers': { 'k:{"name":"side"}': { 'f:name': {}, 'f:image': {} } } },
                },
              },
            },
          }),
        },
      })
    }),
    check('Lists with two keys are told apart by both: ports by port and protocol.', mergingInstead, async (scene) => {
      const tcp = { name: 'dns-tcp', port: 53, protocol: 'TCP' }
      const udp = { name: 'dns', port: 53, protocol: 'UDP' }
      await applied(scene, 'services/a', { as: 'one', body: ports(tcp) })
      fits((await applied(scene, 'services/a', { as: 'two', body: ports(udp) })).body, { spec: { ports: [tcp, udp] } })
    }),
    check('Sets are merged by value: finalizers.', mergingInstead, async (scene) => {
      const body = (finalizer: string): object => configMap('a', { metadata: { name: 'a', finalizers: [finalizer] } })
      await applied(scene, map, { as: 'one', body: body('orbweaver.dev/one') })
      const both = await applied(scene, map, { as: 'two', body: body('orbweaver.dev/two') })
      await scene.ask(scene.at(map), {
        method: 'PATCH',
        type: patchType.merge,
        body: { metadata: { finalizers: null } },
      })
      fits(both.body, { metadata: { finalizers: ['orbweaver.dev/one', 'orbweaver.dev/two'] } })
    }),
    check(
      'Atomic lists have one owner: another value is a conflict of the whole list.',
      takingFor([...specSchema, 'properties', 'colours', 'x-kubernetes-list-type'], 'set'),
      async (scene) => {
        const kind = customKind(scene, {
          spec: { colours: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'atomic' } },
        })
        await serve(scene, kind)
        const path = `${objectsOf(scene, kind)}/a`
        await applied(scene, path, { as: 'one', body: widget(kind, 'a', { colours: ['red'] }) })
        fits(await applied(scene, path, { as: 'two', body: widget(kind, 'a', { colours: ['green'] }) }), {
          status: 409,
          body: { details: { causes: [{ field: '.spec.colours', message: 'conflict with "one"' }] } },
        })
      },
    ),
    check(
      'Atomic maps have one owner, too.',
      ignoringSent([...specSchema, 'properties', 'place', 'x-kubernetes-map-type']),
      async (scene) => {
        const place = {
          type: 'object',
          properties: { x: { type: 'integer' }, y: { type: 'integer' } },
          'x-kubernetes-map-type': 'atomic',
        }
        const kind = customKind(scene, { spec: { place } })
        await serve(scene, kind)
        const path = `${objectsOf(scene, kind)}/a`
        await applied(scene, path, { as: 'one', body: widget(kind, 'a', { place: { x: 1 } }) })
        fits(await applied(scene, path, { as: 'two', body: widget(kind, 'a', { place: { y: 2 } }) }), {
          status: 409,
          body: { details: { causes: [{ field: '.spec.place' }] } },
        })
      },
    ),
    check('Custom lists of type map merge by their own keys.', mergingInstead, async (scene) => {
      const items = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, n: { type: 'integer' } } }
      const parts = { type: 'array', items, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['id'] }
      const kind = customKind(scene, { spec: { parts } })
      await serve(scene, kind)
      const path = `${objectsOf(scene, kind)}/a`
      await applied(scene, path, { as: 'one', body: widget(kind, 'a', { parts: [{ id: 'a', n: 1 }] }) })
      const both = await applied(scene, path, { as: 'two', body: widget(kind, 'a', { parts: [{ id: 'b', n: 2 }] }) })
      fits(both.body, {
        spec: {
          parts: [
            { id: 'a', n: 1 },
            { id: 'b', n: 2 },
          ],
        },
      })
    }),
    check(
      'An update takes the fields that it changes from those who applied them.',
      only({ method: 'PATCH' }, takingFor(['data', 'a'], '1')),
      async (scene) => {
        const { ask, at } = scene
        await applied(scene, map, { as: 'one', body: data({ a: '1', b: '2' }) })
        const { body } = await ask(at(`${map}?fieldManager=editor`), {
          method: 'PATCH',
          type: patchType.merge,
          body: { data: { a: '3' } },
        })
        fits(body, {
          metadata: {
            managedFields: [
              { manager: 'one', operation: 'Apply', fieldsV1: { 'f:data': { 'f:a': undefined, 'f:b': {} } } },
              { manager: 'editor', operation: 'Update', fieldsV1: { 'f:data': { 'f:a': {} } } },
            ],
          },
        })
      },
    ),
    check(
      'A status written by its subresource has an entry of its own, with subresource: status.',
      takingPathFor(/\/status$/, ''),
      async (scene) => {
        const { ask, at } = scene
        await ask(at('apps/v1/deployments?fieldManager=maker'), { body: deployment('a') })
        const path = at('apps/v1/deployments/a/status?fieldManager=watcher')
        const { body } = await ask(path, {
          method: 'PATCH',
          type: patchType.merge,
          body: { status: { replicas: 0, conditions: [{ type: 'Seen', status: 'True' }] } },
        })
        fits(body, {
          metadata: {
            managedFields: including({
              manager: 'watcher',
              operation: 'Update',
              subresource: 'status',
              fieldsV1: { 'f:status': {} },
            }),
          },
        })
      },
    ),
    check(
      'managedFields may be cleared with an empty list.',
      only({ method: 'PATCH' }, ignoringSent(['metadata', 'managedFields'])),
      async (scene) => {
        const { ask, at } = scene
        await applied(scene, map, { as: 'one', body: data({ a: '1' }) })
        const body = { metadata: { managedFields: [{}] } }
        fits((await ask(at(map), { method: 'PATCH', type: patchType.merge, body })).body, {
          metadata: { managedFields: undefined },
        })
      },
    ),
    check('An apply may not carry managedFields.', ignoringSent(['metadata', 'managedFields']), async (scene) => {
      const body = configMap('a', {
        metadata: {
          name: 'a',
          managedFields: [{ manager: 'x', operation: 'Apply', apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1: {} }],
        },
      })
      fits(await applied(scene, map, { as: 'one', body }), {
        status: 400,
        body: { reason: 'BadRequest', message: 'metadata.managedFields must be nil' },
      })
    }),
    check('An apply with a field that the schema does not have is refused.', ignoringSent(['dat']), async (scene) => {
      fits(await applied(scene, map, { as: 'one', body: configMap('a', { dat: {} }) }), {
        status: 500,
        body: {
          message:
            /failed to create typed patch object \(.*; \/v1, Kind=ConfigMap\): \.dat: field not declared in schema$/,
        },
      })
    }),
    check('An apply is YAML.', mergingInstead, async (scene) => {
      const body = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: v\n'
      fits(await applied(scene, map, { as: 'one', body }), { status: 201, body: { data: { k: 'v' } } })
      fits(await applied(scene, map, { as: 'one', body: 'a: [' }), {
        status: 400,
        body: { message: /^error decoding YAML: / },
      })
    }),
    check(
      'An apply that changes nothing keeps the resourceVersion and the time of its entry.',
      only(
        { method: 'PATCH' },
        takingBodiesAs(() => ({ data: { k: String(Math.random()) } })),
      ),
      async (scene) => {
        const first = await applied(scene, map, { as: 'one', body: data({ k: 'v' }) })
        const again = await applied(scene, map, { as: 'one', body: data({ k: 'v' }) })
        fits(again.body, { metadata: { resourceVersion: textAt(first.body, 'metadata', 'resourceVersion') } })
      },
    ),
  ],
}
