import { ignoringSent, only, takingBodiesAs, takingFor, takingPathFor, undeletable } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including } from '../fits.ts'
import { applyingInstead } from './applied.ts'
import { crdPath, customKind, objectsOf, serve, served, twoVersions, widget } from './custom-kind.ts'
import { patchType } from './objects.ts'

const merge = (body: object) => ({ method: 'PATCH', type: patchType.merge, body })

export const customVersions: Area = {
  title: 'Versions and ends of custom kinds',
  checks: [
    check(
      'An object may be read and written in each served version.',
      takingPathFor(/\/v1beta1\//, '/v1/'),
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
      only({ method: 'PATCH' }, takingFor(['spec', 'versions'], twoVersions())),
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
      only(
        { method: 'PATCH' },
        takingBodiesAs(() => ({ spec: {} })),
      ),
      async (scene) => {
        const kind = customKind(scene, { versions: twoVersions() })
        await serve(scene, kind)
        const versions = twoVersions().map((each) => ({ ...each, served: each.name === 'v1' }))
        await scene.ask(crdPath(kind), merge({ spec: { versions } }))
        await scene.eventually(() => scene.ask(objectsOf(scene, kind, 'v1beta1')), { status: 404 })
      },
    ),
    check(
      'A custom object is updated with its resourceVersion only.',
      only({ method: 'PUT' }, applyingInstead),
      async (scene) => {
        const { kind, create, path } = await served(scene, {})
        await create('a', { size: 1 })
        fits(await scene.ask(`${path}/a`, { method: 'PUT', body: widget(kind, 'a', { size: 2 }) }), {
          status: 422,
          body: { message: /metadata\.resourceVersion: Invalid value: 0: must be specified for an update$/ },
        })
      },
    ),
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
    check('With a CRD its objects go.', undeletable, async (scene) => {
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
