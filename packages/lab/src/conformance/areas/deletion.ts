import { textAt } from '@orbweaver/contracts/json'
import { asking, ignoringSent, listing, only, takingPathFor, undeletable } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including } from '../fits.ts'
import type { Scene } from '../scene.ts'
import { configMap, patchType } from './objects.ts'

const hold = 'orbweaver.dev/hold'
const merge = (body: object) => ({ method: 'PATCH', type: patchType.merge, body })
const release = merge({ metadata: { finalizers: null } })
const held = (name: string): object => configMap(name, { metadata: { name, finalizers: [hold] } })
const deleted = (options: object) => ({
  method: 'DELETE',
  body: { kind: 'DeleteOptions', apiVersion: 'v1', ...options },
})

/** A ConfigMap and one that it owns. */
async function family({ ask, at }: Scene, child: { finalizers?: string[] } = {}): Promise<void> {
  const owner = await ask(at('configmaps'), { body: configMap('owner') })
  const uid = textAt(owner.body, 'metadata', 'uid') ?? ''
  const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid, blockOwnerDeletion: true }]
  await ask(at('configmaps'), { body: configMap('child', { metadata: { name: 'child', ownerReferences, ...child } }) })
}

const ignoringPolicy = ignoringSent(['propagationPolicy'])

async function namespaceOf({ ask, unique, eventually }: Scene): Promise<string> {
  const name = unique('ns')
  await ask('/api/v1/namespaces', { body: { metadata: { name } } })
  await eventually(() => ask(`/api/v1/namespaces/${name}/serviceaccounts/default`), { status: 200 })
  return `/api/v1/namespaces/${name}`
}

export const deletion: Area = {
  title: 'Deletion',
  checks: [
    check(
      'An object with a finalizer stays, with deletionTimestamp, until the finalizer is removed.',
      ignoringSent(['metadata', 'finalizers']),
      async ({ ask, at }) => {
        await ask(at('configmaps'), { body: held('a') })
        fits(await ask(at('configmaps/a'), { method: 'DELETE' }), {
          status: 200,
          body: {
            kind: 'ConfigMap',
            metadata: { name: 'a', deletionTimestamp: /Z$/, deletionGracePeriodSeconds: 0, finalizers: [hold] },
          },
        })
        fits(await ask(at('configmaps/a')), { status: 200, body: { metadata: { deletionTimestamp: /Z$/ } } })
        fits(await ask(at('configmaps/a'), release), { status: 200 })
        fits(await ask(at('configmaps/a')), { status: 404 })
      },
    ),
    check('No finalizer is added to what is being deleted.', undeletable, async ({ ask, at }) => {
      await ask(at('configmaps'), { body: held('a') })
      await ask(at('configmaps/a'), { method: 'DELETE' })
      const more = await ask(at('configmaps/a'), merge({ metadata: { finalizers: [hold, 'orbweaver.dev/more'] } }))
      await ask(at('configmaps/a'), release)
      fits(more, {
        status: 422,
        body: {
          message:
            'ConfigMap "a" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"orbweaver.dev/more"}',
        },
      })
    }),
    check(
      'Background deletion removes the owner at once and its dependents after it.',
      ignoringSent(['metadata', 'ownerReferences']),
      async (scene) => {
        const { ask, at, eventually } = scene
        await family(scene)
        fits(await ask(at('configmaps/owner'), deleted({ propagationPolicy: 'Background' })), {
          status: 200,
          body: { kind: 'Status', status: 'Success' },
        })
        fits(await ask(at('configmaps/owner')), { status: 404 })
        await eventually(() => ask(at('configmaps/child')), { status: 404 })
      },
    ),
    check(
      'Foreground deletion keeps the owner until its blocking dependents are gone.',
      ignoringPolicy,
      async (scene) => {
        const { ask, at, eventually } = scene
        await family(scene, { finalizers: [hold] })
        fits(await ask(at('configmaps/owner'), deleted({ propagationPolicy: 'Foreground' })), {
          status: 200,
          body: { metadata: { finalizers: ['foregroundDeletion'], deletionTimestamp: /Z$/ } },
        })
        await eventually(() => ask(at('configmaps/child')), {
          status: 200,
          body: { metadata: { deletionTimestamp: /Z$/ } },
        })
        fits(await ask(at('configmaps/owner')), {
          status: 200,
          body: { metadata: { finalizers: ['foregroundDeletion'] } },
        })
        await ask(at('configmaps/child'), release)
        await eventually(() => ask(at('configmaps/owner')), { status: 404 })
      },
    ),
    check(
      'Orphan deletion removes the owner and its mention in dependents, which stay.',
      ignoringPolicy,
      async (scene) => {
        const { ask, at, eventually } = scene
        await family(scene)
        fits(await ask(at('configmaps/owner'), deleted({ propagationPolicy: 'Orphan' })), {
          status: 200,
          body: { metadata: { finalizers: ['orphan'] } },
        })
        await eventually(() => ask(at('configmaps/owner')), { status: 404 })
        fits(await ask(at('configmaps/child')), {
          status: 200,
          body: { metadata: { ownerReferences: undefined, deletionTimestamp: undefined } },
        })
      },
    ),
    check(
      'An object whose owner is not there is collected.',
      ignoringSent(['metadata', 'ownerReferences']),
      async ({ ask, at, eventually }) => {
        const ownerReferences = [
          { apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', uid: '11111111-2222-4333-8444-555555555555' },
        ]
        await ask(at('configmaps'), { body: configMap('a', { metadata: { name: 'a', ownerReferences } }) })
        await eventually(() => ask(at('configmaps/a')), { status: 404 })
      },
    ),
    check('A propagation policy that is none is 422.', ignoringPolicy, async ({ ask, at }) => {
      await ask(at('configmaps'), { body: configMap('a') })
      fits(await ask(at('configmaps/a'), deleted({ propagationPolicy: 'Sideways' })), {
        status: 422,
        body: {
          message:
            'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Sideways": supported values: "Foreground", "Background", "Orphan", "nil"',
        },
      })
    }),
    check('A uid precondition that does not hold is 409.', ignoringSent(['preconditions']), async ({ ask, at }) => {
      await ask(at('configmaps'), { body: configMap('a') })
      fits(await ask(at('configmaps/a'), deleted({ preconditions: { uid: 'other' } })), {
        status: 409,
        body: {
          reason: 'Conflict',
          message:
            /^Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition \(other\) does not match the UID in record \([0-9a-f-]{36}\)\. The object might have been deleted and then recreated$/,
        },
      })
    }),
    check(
      'A resourceVersion precondition that does not hold is 409.',
      ignoringSent(['preconditions']),
      async ({ ask, at }) => {
        await ask(at('configmaps'), { body: configMap('a') })
        fits(await ask(at('configmaps/a'), deleted({ preconditions: { resourceVersion: '1' } })), {
          status: 409,
          body: {
            message:
              /^Operation cannot be fulfilled on ConfigMap "a": the ResourceVersion in the precondition \(1\) does not match the ResourceVersion in record \(\d+\)\. The object might have been modified$/,
          },
        })
      },
    ),
    check('A deletion of what is not there is 404.', listing, async ({ ask, at }) => {
      fits(await ask(at('configmaps/none'), { method: 'DELETE' }), {
        status: 404,
        body: { reason: 'NotFound', message: 'configmaps "none" not found' },
      })
    }),
    check(
      'A namespace that is deleted is Terminating first, and takes everything in it along.',
      undeletable,
      async (scene) => {
        const { ask, eventually } = scene
        const path = await namespaceOf(scene)
        fits(await ask(path), {
          status: 200,
          body: { status: { phase: 'Active' }, spec: { finalizers: ['kubernetes'] } },
        })
        await ask(`${path}/configmaps`, { body: configMap('a') })
        fits(await ask(path, { method: 'DELETE' }), {
          status: 200,
          body: { status: { phase: 'Terminating' }, metadata: { deletionTimestamp: /Z$/ } },
        })
        await eventually(() => ask(path), { status: 404 })
        fits(await ask(`${path}/configmaps/a`), { status: 404 })
      },
    ),
    check(
      'A namespace that is ending says what holds it, by conditions.',
      ignoringSent(['metadata', 'finalizers']),
      async (scene) => {
        const { ask, eventually } = scene
        const path = await namespaceOf(scene)
        await ask(`${path}/configmaps`, { body: held('a') })
        await ask(path, { method: 'DELETE' })
        await eventually(() => ask(path), {
          status: 200,
          body: {
            status: {
              phase: 'Terminating',
              conditions: including(
                { type: 'NamespaceDeletionDiscoveryFailure', status: 'False', reason: 'ResourcesDiscovered' },
                { type: 'NamespaceDeletionContentFailure', status: 'False', reason: 'ContentDeleted' },
                {
                  type: 'NamespaceContentRemaining',
                  status: 'True',
                  reason: 'SomeResourcesRemain',
                  message: 'Some resources are remaining: configmaps. has 1 resource instances',
                },
                {
                  type: 'NamespaceFinalizersRemaining',
                  status: 'True',
                  reason: 'SomeFinalizersRemain',
                  message: `Some content in the namespace has finalizers remaining: ${hold} in 1 resource instances`,
                },
              ),
            },
          },
        })
        await ask(`${path}/configmaps/a`, release)
        await eventually(() => ask(path), { status: 404 })
      },
    ),
    check(
      'Nothing is created in a namespace that is ending: 403 with the cause NamespaceTerminating.',
      undeletable,
      async (scene) => {
        const { ask, eventually } = scene
        const path = await namespaceOf(scene)
        const name = path.split('/').at(-1)
        await ask(`${path}/configmaps`, { body: held('a') })
        await ask(path, { method: 'DELETE' })
        await eventually(() => ask(`${path}/configmaps`, { body: configMap('late') }), {
          status: 403,
          body: {
            reason: 'Forbidden',
            message: `configmaps "late" is forbidden: unable to create new content in namespace ${name} because it is being terminated`,
            details: {
              causes: [
                {
                  reason: 'NamespaceTerminating',
                  message: `namespace ${name} is being terminated`,
                  field: 'metadata.namespace',
                },
              ],
            },
          },
        })
        await ask(`${path}/configmaps/a`, release)
      },
    ),
    check('kube-system may not be deleted.', takingPathFor(/kube-system$/, 'kube-node-lease'), async ({ ask }) => {
      fits(await ask('/api/v1/namespaces/kube-system?dryRun=All', { method: 'DELETE' }), {
        status: 403,
        body: {
          reason: 'Forbidden',
          message: 'namespaces "kube-system" is forbidden: this namespace may not be deleted',
        },
      })
    }),
    check(
      'A new namespace gets a default ServiceAccount and kube-root-ca.crt, and the label of its name.',
      only({ method: 'POST' }, asking({ dryRun: 'All' })),
      async (scene) => {
        const { ask, eventually } = scene
        const path = await namespaceOf(scene)
        await eventually(() => ask(`${path}/configmaps/kube-root-ca.crt`), {
          status: 200,
          body: { data: { 'ca.crt': /^-----BEGIN CERTIFICATE-----/ } },
        })
        const name = path.split('/').at(-1)
        fits(await ask(path), {
          status: 200,
          body: { metadata: { labels: { 'kubernetes.io/metadata.name': name } } },
        })
      },
    ),
  ],
}
