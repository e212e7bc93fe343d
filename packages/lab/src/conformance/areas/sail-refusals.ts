import { only, takingFor, undeletable } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including, something } from '../fits.ts'
import { withoutAnswered } from '../forms.ts'
import {
  anotherNamespace,
  condition,
  deaf,
  deleted,
  ended,
  installed,
  istio,
  made,
  merge,
  older,
  patched,
  remoteProfile,
  revision,
  said,
  sail,
  settles,
} from './sail.ts'

const endOfLife = (version: string): string =>
  `validation error: version "${version}" is end-of-life and cannot be installed; use a supported version`

const nowhere = 'nowhere'
const missing = `error reconciling resource: validation error: namespace "${nowhere}" doesn't exist`
const notInstalled = said('Ready False IstiodNotReady', 'istiod Deployment not found')

/** Nothing is missing where a namespace is missing. */
const anyNamespace = deaf('istios', ['spec', 'namespace'])

export const sailRefusals: Area = {
  title: 'What the Sail Operator refuses',
  checks: [
    check(
      'A version that has ended is ReconcileError, and readiness cannot be told.',
      deaf('istios', ['spec', 'version']),
      async (scene) => {
        const name = scene.unique('a')
        await made(scene, 'istios', istio(name, { namespace: nowhere, version: ended }))
        await settles(scene, `${sail}/istios/${name}`, {
          status: {
            observedGeneration: 1,
            state: 'ReconcileError',
            conditions: [
              said('Reconciled False ReconcileError', endOfLife(ended)),
              said('Ready Unknown ReconcileError', 'cannot determine readiness due to reconciliation error'),
            ],
          },
        })
      },
    ),
    check(
      'Of a version that has ended no revision is made, and none is active.',
      deaf('istios', ['spec', 'version']),
      async (scene) => {
        const name = scene.unique('a')
        await made(scene, 'istios', istio(name, { namespace: nowhere, version: ended }))
        await settles(scene, `${sail}/istios/${name}`, {
          status: { activeRevisionName: undefined, revisions: { total: 0, ready: 0, inUse: 0 } },
        })
        fits(await scene.ask(`${sail}/istiorevisions/${name}`), { status: 404 })
      },
    ),
    check('An alias that has ended is refused by its own name.', deaf('istios', ['spec', 'version']), async (scene) => {
      const name = scene.unique('a')
      await made(scene, 'istios', istio(name, { namespace: nowhere, version: 'v1.28-latest' }))
      await settles(scene, `${sail}/istios/${name}`, {
        status: { conditions: condition('Reconciled', 'False', { message: endOfLife('v1.28-latest') }) },
      })
    }),
    check(
      'What is observed follows every write, though the outcome is the same.',
      only({ method: 'PATCH' }, deaf('istios', ['spec', 'version'])),
      async (scene) => {
        const name = scene.unique('a')
        await made(scene, 'istios', istio(name, { namespace: nowhere, version: ended }))
        const path = `${sail}/istios/${name}`
        await settles(scene, path, { status: { observedGeneration: 1 } })
        fits(await scene.ask(path, patched({ version: 'v1.27.9' })), {
          status: 200,
          body: { metadata: { generation: 2 } },
        })
        await settles(scene, path, {
          status: {
            observedGeneration: 2,
            state: 'ReconcileError',
            conditions: condition('Reconciled', 'False', { message: endOfLife('v1.27.9') }),
          },
        })
      },
    ),
    check(
      'A profile that is not shipped is ReconcileError, and says which file is missing.',
      deaf('istios', ['spec', 'profile']),
      async (scene) => {
        const name = scene.unique('a')
        await made(scene, 'istios', istio(name, { namespace: nowhere, profile: 'external' }))
        const file = 'v1.30.3/profiles/external.yaml'
        const message = `failed to apply profile: failed to get values from profile ["default" "external"]: failed to read profile file ${file}: open ${file}: file does not exist`
        await settles(scene, `${sail}/istios/${name}`, {
          status: {
            state: 'ReconcileError',
            conditions: condition('Reconciled', 'False', { reason: 'ReconcileError', message }),
            revisions: { total: 0 },
          },
        })
      },
    ),
    check(
      'A namespace that is missing is ReconcileError of the revision, whose istiod is not there.',
      anyNamespace,
      async (scene) => {
        const name = scene.unique('a')
        await made(scene, 'istios', istio(name, { namespace: nowhere }))
        await settles(scene, `${sail}/istiorevisions/${name}`, {
          status: {
            observedGeneration: 1,
            state: 'ReconcileError',
            conditions: [
              said('Reconciled False ReconcileError', missing),
              notInstalled,
              said('DependenciesHealthy True DependenciesHealthy'),
              said('InUse False NotReferencedByAnything', 'Not referenced by any pod or namespace'),
            ],
          },
        })
      },
    ),
    check('An Istio says what its active revision says, of all but its use.', anyNamespace, async (scene) => {
      const name = scene.unique('a')
      await made(scene, 'istios', istio(name, { namespace: nowhere }))
      await settles(scene, `${sail}/istios/${name}`, {
        status: {
          state: 'ReconcileError',
          activeRevisionName: name,
          revisions: { total: 1, ready: 0, inUse: 0 },
          conditions: [
            said('Reconciled False ReconcileError', missing),
            notInstalled,
            said('DependenciesHealthy True DependenciesHealthy'),
          ],
        },
      })
    }),
    check(
      'The first status names the active revision and three conditions without a reason, and no state.',
      takingFor(['spec', 'version'], ended),
      async (scene) => {
        const name = scene.unique('a')
        const unknown = (type: string) => ({ type, status: 'Unknown', reason: undefined, lastTransitionTime: /Z$/ })
        const { events } = await scene.watch(`${sail}/istios?watch=1&fieldSelector=metadata.name%3D${name}`, {
          during: () => made(scene, 'istios', istio(name, { namespace: nowhere })),
          until: { object: { status: { observedGeneration: 1 } } },
        })
        fits(events.at(-1), {
          type: 'MODIFIED',
          object: {
            status: {
              state: undefined,
              activeRevisionName: name,
              conditions: ['Reconciled', 'Ready', 'DependenciesHealthy'].map(unknown),
            },
          },
        })
      },
    ),
    check(
      'A namespace that is made later is enough: the revision is installed without another write.',
      only({ method: 'POST', path: /namespaces$/ }, deaf('namespaces', ['metadata', 'name'])),
      async (scene) => {
        const name = scene.unique('a')
        const namespace = scene.unique('later')
        await made(scene, 'istios', istio(name, { namespace, ...remoteProfile('192.0.2.50') }))
        const path = `${sail}/istios/${name}`
        await settles(scene, path, { status: { conditions: condition('Reconciled', 'False') } })
        await anotherNamespace(scene, 'later')
        await settles(scene, path, {
          status: {
            conditions: condition('Reconciled', 'True', { reason: 'Reconciled' }),
            state: 'RemoteIstiodNotReady',
          },
        })
      },
    ),
    check('Into a namespace that is ending nothing is installed.', undeletable, async (scene) => {
      const { ask, unique } = scene
      const namespace = await anotherNamespace(scene, 'ending')
      const held = `/api/v1/namespaces/${namespace}/configmaps`
      const metadata = { name: 'held', finalizers: ['orbweaver.dev/hold'] }
      fits(await ask(held, { body: { apiVersion: 'v1', kind: 'ConfigMap', metadata } }), { status: 201 })
      await ask(`/api/v1/namespaces/${namespace}`, deleted)
      const name = unique('a')
      await made(scene, 'istios', istio(name, { namespace, ...remoteProfile('192.0.2.50') }))
      await scene.eventually(() => ask(`${sail}/istiorevisions/${name}`), {
        body: {
          status: {
            conditions: condition('Reconciled', 'False', {
              message: `error reconciling resource: validation error: namespace "${namespace}" is being deleted`,
            }),
          },
        },
      })
      await ask(`${held}/held`, merge({ metadata: { finalizers: null } }))
    }),
    check(
      'Better advice is taken: another version, and what was refused is installed.',
      only({ method: 'PATCH' }, deaf('istios', ['spec', 'version'])),
      async (scene) => {
        const name = scene.unique('a')
        const { namespace } = scene
        await made(scene, 'istios', istio(name, { namespace, version: ended, ...remoteProfile('192.0.2.50') }))
        const path = `${sail}/istios/${name}`
        await settles(scene, path, { status: { state: 'ReconcileError' } })
        await scene.ask(path, patched({ version: older }))
        await settles(scene, path, {
          status: { observedGeneration: 2, state: 'RemoteIstiodNotReady', activeRevisionName: name },
        })
      },
    ),
    check(
      'What is installed stays as it is when its version ends, and so does what was said of its dependencies.',
      only({ method: 'PATCH' }, deaf('istios', ['spec', 'version'])),
      async (scene) => {
        const name = await installed(scene, 'a', remoteProfile('192.0.2.50'))
        const path = `${sail}/istios/${name}`
        await scene.ask(path, patched({ version: ended }))
        await settles(scene, path, {
          status: {
            observedGeneration: 2,
            state: 'ReconcileError',
            activeRevisionName: name,
            revisions: { total: 1 },
            conditions: including(
              said('Reconciled False ReconcileError', endOfLife(ended)),
              said('DependenciesHealthy True DependenciesHealthy'),
            ),
          },
        })
        fits(await scene.ask(`${sail}/istiorevisions/${name}`), { status: 200, body: { spec: { version: 'v1.30.3' } } })
        fits(await scene.ask(scene.at(`services/istiod-${name}`)), { status: 200 })
      },
    ),
    check(
      'A revision that somebody makes of a version without charts says which are missing.',
      takingFor(['spec', 'version'], 'v1.30.3'),
      async (scene) => {
        const name = scene.unique('a')
        await made(scene, 'istiorevisions', revision(name, scene.namespace, { version: ended }))
        const path = `${ended}/charts/istiod`
        const message = `error reconciling resource: failed to install/update Helm chart "istiod": failed to load chart from fs: failed to walk chart directory ${path}: open ${path}: file does not exist`
        await settles(scene, `${sail}/istiorevisions/${name}`, {
          status: {
            state: 'ReconcileError',
            conditions: including(said('Reconciled False ReconcileError', message), notInstalled),
          },
        })
      },
    ),
    check(
      'A condition says since when it is so, and lists say what the object says.',
      withoutAnswered(['items', '*', 'status', 'conditions', '*', 'lastTransitionTime']),
      async (scene) => {
        const name = scene.unique('a')
        await made(scene, 'istios', istio(name, { namespace: nowhere, version: ended }))
        await settles(scene, `${sail}/istios?fieldSelector=metadata.name%3D${name}`, {
          items: [
            {
              status: {
                state: 'ReconcileError',
                conditions: including({ type: 'Ready', lastTransitionTime: something }),
              },
            },
          ],
        })
      },
    ),
  ],
}
