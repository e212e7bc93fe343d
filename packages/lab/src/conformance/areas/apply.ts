import { asking, breaking, ignoring } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including } from '../fits.ts'
import { applied, applyingInstead, data, map, mergingInstead } from './applied.ts'
import { configMap, patchType } from './objects.ts'

export const apply: Area = {
  title: 'Server-side apply',
  checks: [
    check('An apply creates what is not there: 201.', mergingInstead, async (scene) => {
      fits(await applied(scene, map, { as: 'one', body: data({ k: 'v' }) }), {
        status: 201,
        body: { data: { k: 'v' } },
      })
      fits(await applied(scene, map, { as: 'one', body: data({ k: 'v' }) }), { status: 200 })
    }),
    check('managedFields tell the manager, the operation and its fields.', ignoring('fieldManager'), async (scene) => {
      const { body } = await applied(scene, map, { as: 'one', body: data({ k: 'v' }) })
      fits(body, {
        metadata: {
          managedFields: [
            {
              manager: 'one',
              operation: 'Apply',
              apiVersion: 'v1',
              fieldsType: 'FieldsV1',
              time: /Z$/,
              fieldsV1: { 'f:data': { 'f:k': {} } },
            },
          ],
        },
      })
    }),
    check(
      'An apply without fieldManager is refused.',
      breaking('refusal', ({ method, query }) => {
        if (method === 'PATCH') query.set('fieldManager', 'somebody')
      }),
      async ({ ask, at }) => {
        fits(await ask(at(map), { method: 'PATCH', type: patchType.apply, body: data({}) }), {
          status: 422,
          body: {
            reason: 'Invalid',
            message:
              'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
          },
        })
      },
    ),
    check('Two managers may own different fields of one object.', asking({ fieldManager: 'one' }), async (scene) => {
      await applied(scene, map, { as: 'one', body: data({ one: '1' }) })
      fits(await applied(scene, map, { as: 'two', body: data({ two: '2' }) }), {
        status: 200,
        body: {
          data: { one: '1', two: '2' },
          metadata: {
            managedFields: [
              { manager: 'one', fieldsV1: { 'f:data': { 'f:one': {}, 'f:two': undefined } } },
              { manager: 'two', fieldsV1: { 'f:data': { 'f:two': {} } } },
            ],
          },
        },
      })
    }),
    check('The same value may have two owners.', asking({ fieldManager: 'one' }), async (scene) => {
      await applied(scene, map, { as: 'one', body: data({ k: 'v' }) })
      fits(await applied(scene, map, { as: 'two', body: data({ k: 'v' }) }), {
        status: 200,
        body: {
          metadata: {
            managedFields: including(
              { manager: 'one', fieldsV1: { 'f:data': { 'f:k': {} } } },
              { manager: 'two', fieldsV1: { 'f:data': { 'f:k': {} } } },
            ),
          },
        },
      })
    }),
    check(
      'Another value of an owned field is 409: a cause for each field names the owner.',
      mergingInstead,
      async (scene) => {
        await applied(scene, map, { as: 'one', body: data({ a: '1', b: '2' }) })
        fits(await applied(scene, map, { as: 'two', body: data({ a: '3', b: '4' }) }), {
          status: 409,
          body: {
            reason: 'Conflict',
            message: 'Apply failed with 2 conflicts: conflicts with "one":\n- .data.a\n- .data.b',
            details: {
              causes: [
                { reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a' },
                { reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.b' },
              ],
            },
          },
        })
      },
    ),
    check(
      'A conflict with one field reads in one line, and tells an updater by its version and time.',
      mergingInstead,
      async (scene) => {
        await scene.ask(scene.at('configmaps?fieldManager=editor'), { body: data({ a: '1' }) })
        fits(await applied(scene, map, { as: 'two', body: data({ a: '3' }) }), {
          status: 409,
          body: {
            message: 'Apply failed with 1 conflict: conflict with "editor" using v1: .data.a',
            details: {
              causes: [
                { reason: 'FieldManagerConflict', message: 'conflict with "editor" using v1', field: '.data.a' },
              ],
            },
          },
        })
      },
    ),
    check('force takes the field from its owner.', ignoring('force'), async (scene) => {
      await applied(scene, map, { as: 'one', body: data({ a: '1', b: '2' }) })
      fits(await applied(scene, map, { as: 'two', force: true, body: data({ a: '3' }) }), {
        status: 200,
        body: {
          data: { a: '3', b: '2' },
          metadata: {
            managedFields: [
              { manager: 'one', fieldsV1: { 'f:data': { 'f:a': undefined, 'f:b': {} } } },
              { manager: 'two', fieldsV1: { 'f:data': { 'f:a': {} } } },
            ],
          },
        },
      })
    }),
    check('force is for applies alone: 422 for other patches.', ignoring('force'), async (scene) => {
      const { ask, at } = scene
      await ask(at('configmaps'), { body: configMap('a') })
      fits(await ask(at(`${map}?force=true`), { method: 'PATCH', type: patchType.merge, body: {} }), {
        status: 422,
        body: {
          message: 'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
        },
      })
    }),
    check(
      'What its last owner applies no more is removed; what another owns, stays.',
      mergingInstead,
      async (scene) => {
        await applied(scene, map, { as: 'one', body: data({ mine: '1', ours: '2' }) })
        await applied(scene, map, { as: 'two', body: data({ ours: '2' }) })
        fits((await applied(scene, map, { as: 'one', body: data({}) })).body, { data: { mine: undefined, ours: '2' } })
      },
    ),
    check(
      'What an update has written is not removed by an apply that never had it.',
      applyingInstead,
      async (scene) => {
        await scene.ask(scene.at('configmaps'), { body: data({ theirs: '1' }) })
        fits((await applied(scene, map, { as: 'one', body: data({ mine: '2' }) })).body, {
          data: { theirs: '1', mine: '2' },
        })
        fits((await applied(scene, map, { as: 'one', body: data({}) })).body, {
          data: { theirs: '1', mine: undefined },
        })
      },
    ),
  ],
}
