import { textAt } from '@orbweaver/contracts/json'
import { only, undeletable } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, not, something } from '../fits.ts'
import { withoutAnswered } from '../forms.ts'
import {
  anotherNamespace,
  condition,
  deaf,
  deleted,
  hollow,
  installed,
  made,
  merge,
  notReferenced,
  older,
  patched,
  referenced,
  revisionBased,
  revisionOf,
  sail,
  settles,
  tagOf,
} from './sail.ts'

const strategy = deaf('istios', ['spec', 'updateStrategy', 'type'])
const unpatched = only({ method: 'PATCH' }, deaf('istios', ['spec', 'version']))
const grace = deaf('istios', ['spec', 'updateStrategy', 'inactiveRevisionDeletionGracePeriodSeconds'])
const quick = { inactiveRevisionDeletionGracePeriodSeconds: 1 }
const newer = 'v1.30.3'

export const sailRevisions: Area = {
  title: 'Sail revisions',
  checks: [
    check('InPlace: the revision has the name of the Istio, and is upgraded where it is.', unpatched, async (scene) => {
      await hollow(scene)
      const name = await installed(scene, 'a', { version: older })
      const path = `${sail}/istios/${name}`
      fits(await scene.ask(path), { body: { status: { activeRevisionName: name } } })
      await scene.ask(path, patched({ version: newer }))
      await settles(scene, `${sail}/istiorevisions/${name}`, {
        spec: { version: newer },
        status: { observedGeneration: 2 },
      })
      await settles(scene, path, { status: { activeRevisionName: name, revisions: { total: 1 } } })
      await settles(scene, scene.at(`apps/v1/deployments/istiod-${name}`), {
        spec: { template: { spec: { containers: [{ image: 'registry.istio.io/release/pilot:1.30.3' }] } } },
      })
    }),
    check('RevisionBased: the revision has the version in its name.', strategy, async (scene) => {
      const name = await installed(scene, 'a', { ...revisionBased(), profile: 'remote' })
      fits(await scene.ask(`${sail}/istiorevisions/${revisionOf(name)}`), {
        status: 200,
        body: { spec: { version: newer, namespace: scene.namespace, values: { revision: revisionOf(name) } } },
      })
      fits(await scene.ask(`${sail}/istiorevisions/${name}`), { status: 404 })
    }),
    check(
      'An alias is in the name as it is written, and the revision is of the version it stands for.',
      deaf('istios', ['spec', 'version']),
      async (scene) => {
        const name = await installed(scene, 'a', { ...revisionBased(), version: 'v1.30-latest', profile: 'remote' })
        await settles(scene, `${sail}/istios/${name}`, {
          spec: { version: 'v1.30-latest' },
          status: { activeRevisionName: `${name}-v1-30-latest` },
        })
        fits(await scene.ask(`${sail}/istiorevisions/${name}-v1-30-latest`), {
          status: 200,
          body: { spec: { version: newer } },
        })
      },
    ),
    check(
      'An upgrade of a RevisionBased Istio makes a second revision beside the first, which waits for its grace period.',
      strategy,
      async (scene) => {
        await hollow(scene)
        const name = await installed(scene, 'a', { ...revisionBased(), version: older })
        const path = `${sail}/istios/${name}`
        await scene.ask(path, patched({ version: newer }))
        await settles(scene, path, {
          status: { activeRevisionName: revisionOf(name), revisions: { total: 2, ready: 0, inUse: 0 } },
        })
        for (const revision of [revisionOf(name, older), revisionOf(name)]) {
          await settles(scene, scene.at(`apps/v1/deployments/istiod-${revision}`), {})
        }
      },
    ),
    check(
      'A revision that is not active and not used goes after the grace period, with all that was installed for it.',
      grace,
      async (scene) => {
        await hollow(scene)
        const name = await installed(scene, 'a', { ...revisionBased(quick), version: older })
        const path = `${sail}/istios/${name}`
        const old = revisionOf(name, older)
        await scene.ask(path, patched({ version: newer }))
        await scene.eventually(() => scene.ask(`${sail}/istiorevisions/${old}`), { status: 404 })
        await settles(scene, path, { status: { activeRevisionName: revisionOf(name), revisions: { total: 1 } } })
        fits(await scene.ask(scene.at(`apps/v1/deployments/istiod-${old}`)), { status: 404 })
        fits(await scene.ask(scene.at(`services/istiod-${old}`)), { status: 404 })
      },
    ),
    check(
      'A revision that a namespace is labelled with is in use: it stays while others go, and goes when the label is gone.',
      deaf('namespaces', ['metadata', 'labels']),
      async (scene) => {
        const { ask, eventually } = scene
        const name = await installed(scene, 'a', { ...revisionBased(quick), version: 'v1.30.1', profile: 'remote' })
        const path = `${sail}/istios/${name}`
        const used = `${sail}/istiorevisions/${revisionOf(name, 'v1.30.1')}`
        const apps = await anotherNamespace(scene, 'apps', { 'istio.io/rev': revisionOf(name, 'v1.30.1') })
        await settles(scene, used, { status: { conditions: condition('InUse', 'True', referenced) } })
        await ask(path, patched({ version: older }))
        await settles(scene, path, { status: { activeRevisionName: revisionOf(name, older) } })
        await ask(path, patched({ version: newer }))
        await settles(scene, `${sail}/istiorevisions/${revisionOf(name)}`, {})
        await eventually(() => ask(`${sail}/istiorevisions/${revisionOf(name, older)}`), { status: 404 })
        fits(await ask(used), { status: 200, body: { metadata: { deletionTimestamp: undefined } } })
        await settles(scene, path, { status: { revisions: { total: 2, inUse: 1 } } })
        await ask(`/api/v1/namespaces/${apps}`, merge({ metadata: { labels: { 'istio.io/rev': null } } }))
        await eventually(() => ask(used), { status: 404 })
      },
    ),
    check(
      'Revisions of an Istio with EXTERNAL_ISTIOD stay though nothing here uses them, until it is without.',
      deaf('istios', ['spec', 'values', 'pilot']),
      async (scene) => {
        const { ask, eventually } = scene
        const wish = { ...revisionBased(quick), version: older, profile: 'remote' }
        const serving = await installed(scene, 'a', {
          ...wish,
          values: { pilot: { env: { EXTERNAL_ISTIOD: 'true' } } },
        })
        const other = await installed(scene, 'b', wish)
        for (const name of [serving, other]) {
          await ask(`${sail}/istios/${name}`, patched({ version: newer }))
          await settles(scene, `${sail}/istios/${name}`, { status: { activeRevisionName: revisionOf(name) } })
        }
        const old = (name: string) => ask(`${sail}/istiorevisions/${revisionOf(name, older)}`)
        await eventually(() => old(other), { status: 404 })
        fits(await old(serving), { status: 200, body: { metadata: { deletionTimestamp: undefined } } })
        await ask(`${sail}/istios/${serving}`, patched({ values: { pilot: null } }))
        await eventually(() => old(serving), { status: 404 })
      },
    ),
    check(
      'A Pod that a revision injected keeps it in use, as long as it is there.',
      deaf('pods', ['metadata', 'annotations']),
      async (scene) => {
        const { ask, at, eventually } = scene
        const name = await installed(scene, 'a', { profile: 'remote' })
        const path = `${sail}/istiorevisions/${name}`
        const metadata = { name: 'injected', annotations: { 'istio.io/rev': name } }
        const spec = { containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }] }
        await eventually(() => ask(at('serviceaccounts/default')), { status: 200 })
        fits(await ask(at('pods'), { body: { apiVersion: 'v1', kind: 'Pod', metadata, spec } }), { status: 201 })
        await settles(scene, path, { status: { conditions: condition('InUse', 'True', referenced) } })
        await ask(at('pods/injected?gracePeriodSeconds=0'), deleted)
        await settles(scene, path, { status: { conditions: condition('InUse', 'False', notReferenced) } })
      },
    ),
    check(
      'istio-injection=enabled is the name default, and beats istio.io/rev.',
      deaf('namespaces', ['metadata', 'labels', 'istio-injection']),
      async (scene) => {
        const name = await installed(scene, 'a', { profile: 'remote' })
        const labels = { 'istio.io/rev': name }
        const apps = await anotherNamespace(scene, 'apps', { ...labels, 'istio-injection': 'enabled' })
        const path = `${sail}/istiorevisions/${name}`
        await scene.ask(`${sail}/istios/${name}`, patched({ values: { global: { meshID: 'seen' } } }))
        await settles(scene, path, {
          status: { observedGeneration: 2, conditions: condition('InUse', 'False', notReferenced) },
        })
        await scene.ask(`/api/v1/namespaces/${apps}`, merge({ metadata: { labels: { 'istio-injection': null } } }))
        await settles(scene, path, { status: { conditions: condition('InUse', 'True', referenced) } })
      },
    ),
    check(
      'A tag keeps its revision in use, though nothing uses the tag.',
      deaf('istiorevisiontags', ['spec', 'targetRef', 'name']),
      async (scene) => {
        await hollow(scene)
        const name = await installed(scene, 'a')
        const tag = scene.unique('tag')
        await made(scene, 'istiorevisiontags', tagOf(tag, 'IstioRevision', name))
        await settles(scene, `${sail}/istiorevisions/${name}`, {
          status: { conditions: condition('InUse', 'True', referenced) },
        })
        await settles(scene, `${sail}/istios/${name}`, { status: { revisions: { inUse: 1 } } })
        await settles(scene, `${sail}/istiorevisiontags/${tag}`, {
          status: { state: 'NotReferencedByAnything' },
        })
      },
    ),
    check(
      'What the operator computed is put back: the version and the values of a revision.',
      only({ method: 'PATCH' }, deaf('istiorevisions', ['spec'])),
      async (scene) => {
        const name = await installed(scene, 'a', { profile: 'remote' })
        const path = `${sail}/istiorevisions/${name}`
        fits(await scene.ask(path, patched({ version: older, values: { global: { meshID: 'other' } } })), {
          status: 200,
        })
        await settles(scene, path, {
          spec: { version: newer, values: { global: { meshID: undefined } } },
          status: { observedGeneration: 3 },
        })
      },
    ),
    check(
      'A revision that somebody deletes is made again, as long as its Istio is there.',
      undeletable,
      async (scene) => {
        const name = await installed(scene, 'a', { profile: 'remote' })
        const path = `${sail}/istiorevisions/${name}`
        const { body } = await scene.ask(path)
        const uid = textAt(body, 'metadata', 'uid')
        await scene.ask(path, deleted)
        await settles(scene, path, {
          metadata: { uid: not(uid) },
          status: { conditions: condition('Reconciled', 'True') },
        })
      },
    ),
    check(
      'An Istio owns its revision, which has the operator’s finalizer.',
      withoutAnswered(['metadata', 'ownerReferences']),
      async (scene) => {
        const name = await installed(scene, 'a', { profile: 'remote' })
        fits(await scene.ask(`${sail}/istiorevisions/${name}`), {
          status: 200,
          body: {
            metadata: {
              finalizers: ['sailoperator.io/sail-operator'],
              ownerReferences: [
                {
                  apiVersion: 'sailoperator.io/v1',
                  kind: 'Istio',
                  name,
                  uid: something,
                  controller: true,
                  blockOwnerDeletion: true,
                },
              ],
            },
          },
        })
      },
    ),
    check('When an Istio is deleted all that it brought goes, and the namespace stays.', undeletable, async (scene) => {
      const { ask, at, eventually } = scene
      await hollow(scene)
      const name = await installed(scene, 'a')
      fits(await ask(at(`services/istiod-${name}`)), { status: 200 })
      await ask(`${sail}/istios/${name}`, deleted)
      for (const path of [
        `${sail}/istiorevisions/${name}`,
        at(`services/istiod-${name}`),
        at(`configmaps/istio-${name}`),
      ]) {
        await eventually(() => ask(path), { status: 404 })
      }
      fits(await ask(`/api/v1/namespaces/${scene.namespace}`), { status: 200, body: { status: { phase: 'Active' } } })
    }),
  ],
}
