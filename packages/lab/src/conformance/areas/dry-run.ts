import { ignoring, ignoringSent } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, something } from '../fits.ts'
import type { Scene } from '../scene.ts'
import { customKind, objectsOf, serve, widget } from './custom-kind.ts'
import { configMap, deployment, patchType } from './objects.ts'

const path = 'configmaps/a'
const unchanged = { status: 200, body: { data: { k: '1' }, metadata: { deletionTimestamp: undefined } } }

const existing = async ({ ask, at }: Scene): Promise<void> => {
  await ask(at('configmaps'), { body: configMap('a', { data: { k: '1' } }) })
}

export const dryRun: Area = {
  title: 'Dry run',
  checks: [
    check(
      'A dry create answers the object as it would be, and stores nothing.',
      ignoring('dryRun'),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps?dryRun=All'), { body: configMap('a') }), {
          status: 201,
          body: { metadata: { uid: something, creationTimestamp: something, resourceVersion: undefined } },
        })
        fits(await ask(at(path)), { status: 404 })
      },
    ),
    check('A dry create of what exists is 409.', ignoringSent(['metadata', 'name']), async (scene) => {
      await existing(scene)
      const answer = await scene.ask(scene.at('configmaps?dryRun=All'), { body: configMap('a') })
      fits(answer, { status: 409, body: { reason: 'AlreadyExists' } })
    }),
    check('A dry update changes nothing.', ignoring('dryRun'), async (scene) => {
      const { ask, at } = scene
      await existing(scene)
      const body = configMap('a', { data: { k: '2' } })
      fits(await ask(at(`${path}?dryRun=All`), { method: 'PUT', body }), { status: 200, body: { data: { k: '2' } } })
      fits(await ask(at(path)), unchanged)
    }),
    check('A dry patch changes nothing.', ignoring('dryRun'), async (scene) => {
      const { ask, at } = scene
      await existing(scene)
      const how = { method: 'PATCH', type: patchType.merge, body: { data: { k: '2' } } }
      fits(await ask(at(`${path}?dryRun=All`), how), { status: 200, body: { data: { k: '2' } } })
      fits(await ask(at(path)), unchanged)
    }),
    check('A dry apply changes nothing, and tells conflicts.', ignoring('dryRun'), async (scene) => {
      const { ask, at } = scene
      await existing(scene)
      const how = { method: 'PATCH', type: patchType.apply, body: configMap('a', { data: { k: '2' } }) }
      fits(await ask(at(`${path}?dryRun=All&fieldManager=one`), how), { status: 409 })
      fits(await ask(at(`${path}?dryRun=All&fieldManager=one&force=true`), how), {
        status: 200,
        body: { data: { k: '2' } },
      })
      fits(await ask(at(path)), unchanged)
    }),
    check('A dry deletion deletes nothing, whether by query or by body.', ignoring('dryRun'), async (scene) => {
      const { ask, at } = scene
      await existing(scene)
      fits(
        await ask(at(path), { method: 'DELETE', body: { kind: 'DeleteOptions', apiVersion: 'v1', dryRun: ['All'] } }),
        { status: 200 },
      )
      fits(await ask(at(path)), unchanged)
      fits(await ask(at(`${path}?dryRun=All`), { method: 'DELETE' }), {
        status: 200,
        body: { kind: 'Status', status: 'Success' },
      })
      fits(await ask(at(path)), unchanged)
    }),
    check('A dry deletion of a collection deletes nothing.', ignoring('dryRun'), async (scene) => {
      const { ask, at } = scene
      await existing(scene)
      fits(await ask(at('configmaps?dryRun=All'), { method: 'DELETE' }), {
        status: 200,
        body: { kind: 'ConfigMapList' },
      })
      fits(await ask(at(path)), unchanged)
    }),
    check('A dry change of a subresource changes nothing: scale.', ignoring('dryRun'), async ({ ask, at }) => {
      await ask(at('apps/v1/deployments'), { body: deployment('a') })
      const how = { method: 'PATCH', type: patchType.merge, body: { spec: { replicas: 3 } } }
      const scale = at('apps/v1/deployments/a/scale')
      fits(await ask(`${scale}?dryRun=All`, how), { status: 200, body: { kind: 'Scale', spec: { replicas: 3 } } })
      fits(await ask(scale), { status: 200, body: { spec: { replicas: undefined } } })
    }),
    check('A dry create of a custom object stores nothing.', ignoring('dryRun'), async (scene) => {
      const kind = customKind(scene, {})
      await serve(scene, kind)
      fits(await scene.ask(`${objectsOf(scene, kind)}?dryRun=All`, { body: widget(kind, 'a') }), {
        status: 201,
        body: { metadata: { uid: something } },
      })
      fits(await scene.ask(`${objectsOf(scene, kind)}/a`), { status: 404 })
    }),
    check('A dry create of a Namespace makes none.', ignoring('dryRun'), async ({ ask, unique }) => {
      const name = unique('dry')
      fits(await ask('/api/v1/namespaces?dryRun=All', { body: { metadata: { name } } }), {
        status: 201,
        body: { metadata: { name } },
      })
      fits(await ask(`/api/v1/namespaces/${name}`), { status: 404 })
    }),
    check('dryRun knows All alone: anything else is 422.', ignoring('dryRun'), async ({ ask, at }) => {
      fits(await ask(at('configmaps?dryRun=Some'), { body: configMap('a') }), {
        status: 422,
        body: {
          reason: 'Invalid',
          message:
            'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
        },
      })
    }),
  ],
}
