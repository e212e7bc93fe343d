import { textAt } from '@orbweaver/contracts/json'
import { breaking, creating, ignoringSent, only, stating, takingBodiesAs, takingFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including, something, without } from '../fits.ts'
import { withoutAnswered } from '../forms.ts'
import type { Scene } from '../scene.ts'
import { configMap, deployment, patchType } from './objects.ts'

const conflict = (kind: string) =>
  `Operation cannot be fulfilled on ${kind}: the object has been modified; please apply your changes to the latest version and try again`

const versionOf = async ({ ask }: Scene, path: string): Promise<string> =>
  textAt((await ask(path)).body, 'metadata', 'resourceVersion') ?? ''

const deployments = 'apps/v1/deployments'

export const updates: Area = {
  title: 'Update',
  checks: [
    check(
      'An update with the present resourceVersion passes, with an earlier one it is 409 Conflict.',
      ignoringSent(['metadata', 'resourceVersion']),
      async (scene) => {
        const { ask, at } = scene
        await ask(at('configmaps'), { body: configMap('a') })
        const resourceVersion = await versionOf(scene, at('configmaps/a'))
        const body = (k: string) => configMap('a', { metadata: { name: 'a', resourceVersion }, data: { k } })
        fits(await ask(at('configmaps/a'), { method: 'PUT', body: body('1') }), {
          status: 200,
          body: { data: { k: '1' } },
        })
        fits(await ask(at('configmaps/a'), { method: 'PUT', body: body('2') }), {
          status: 409,
          body: {
            reason: 'Conflict',
            message: conflict('configmaps "a"'),
            details: { name: 'a', kind: 'configmaps' },
            code: 409,
          },
        })
      },
    ),
    check(
      'An update without resourceVersion overwrites.',
      only(
        { method: 'PUT' },
        takingBodiesAs(() => ({ metadata: { name: 'a', resourceVersion: '1' } })),
      ),
      async ({ ask, at }) => {
        await ask(at('configmaps'), { body: configMap('a', { data: { k: '1' } }) })
        const answer = await ask(at('configmaps/a'), { method: 'PUT', body: configMap('a', { data: { other: '2' } }) })
        fits(answer, { status: 200, body: { data: { other: '2', k: undefined } } })
      },
    ),
    check(
      'An update that changes nothing keeps the resourceVersion.',
      only(
        { method: 'PUT' },
        takingBodiesAs(() => ({ data: { k: String(Math.random()) } })),
      ),
      async (scene) => {
        const { ask, at } = scene
        await ask(at('configmaps'), { body: configMap('a', { data: { k: '1' } }) })
        const before = await versionOf(scene, at('configmaps/a'))
        await ask(at('configmaps/a'), { method: 'PUT', body: configMap('a', { data: { k: '1' } }) })
        fits(await versionOf(scene, at('configmaps/a')), before)
      },
    ),
    check('An update of what is not there is 404; a Lease is created by it.', creating, async ({ ask, at }) => {
      fits(await ask(at('configmaps/none'), { method: 'PUT', body: configMap('none') }), {
        status: 404,
        body: {
          reason: 'NotFound',
          message: 'configmaps "none" not found',
          details: { name: 'none', kind: 'configmaps' },
        },
      })
    }),
    check(
      'An update with another uid is 409: the precondition fails.',
      ignoringSent(['metadata', 'uid']),
      async ({ ask, at }) => {
        await ask(at('configmaps'), { body: configMap('a') })
        const uid = '00000000-0000-4000-8000-000000000000'
        const body = configMap('a', { metadata: { name: 'a', uid } })
        fits(await ask(at('configmaps/a'), { method: 'PUT', body }), {
          status: 409,
          body: {
            reason: 'Conflict',
            message: new RegExp(
              `^Operation cannot be fulfilled on configmaps "a": .*Precondition failed: UID in precondition: ${uid}, UID in object meta: `,
            ),
          },
        })
      },
    ),
    check(
      'The name of the body must be that of the URL.',
      only({ method: 'PUT' }, takingFor(['metadata', 'name'], 'a')),
      async ({ ask, at }) => {
        await ask(at('configmaps'), { body: configMap('a') })
        fits(await ask(at('configmaps/a'), { method: 'PUT', body: configMap('b') }), {
          status: 400,
          body: { message: 'the name of the object (b) does not match the name on the URL (a)' },
        })
      },
    ),
    check(
      'The generation rises with a change of spec, not with one of metadata.',
      only({ method: 'PATCH' }, ignoringSent(['spec'])),
      async ({ ask, at }) => {
        await ask(at(deployments), { body: deployment('a') })
        const patch = (body: object) => ask(at(`${deployments}/a`), { method: 'PATCH', type: patchType.merge, body })
        fits((await patch({ metadata: { labels: { x: 'y' } } })).body, { metadata: { generation: 1 } })
        fits((await patch({ spec: { minReadySeconds: 5 } })).body, { metadata: { generation: 2 } })
      },
    ),
    check(
      'Immutable fields are 422: field is immutable.',
      only({ method: 'PATCH' }, ignoringSent(['spec'])),
      async ({ ask, at }) => {
        await ask(at(deployments), { body: deployment('a') })
        const body = {
          spec: { selector: { matchLabels: { app: 'b' } }, template: { metadata: { labels: { app: 'b' } } } },
        }
        fits(await ask(at(`${deployments}/a`), { method: 'PATCH', type: patchType.merge, body }), {
          status: 422,
          body: {
            reason: 'Invalid',
            message:
              'Deployment.apps "a" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"b"}}: field is immutable',
            details: { causes: [{ reason: 'FieldValueInvalid', field: 'spec.selector' }] },
          },
        })
      },
    ),
    check('An immutable ConfigMap refuses other data.', takingFor(['immutable'], false), async ({ ask, at }) => {
      await ask(at('configmaps'), { body: configMap('a', { data: { k: '1' }, immutable: true }) })
      const answer = await ask(at('configmaps/a'), {
        method: 'PUT',
        body: configMap('a', { data: { k: '2' }, immutable: true }),
      })
      fits(answer, {
        status: 422,
        body: { message: 'ConfigMap "a" is invalid: data: Forbidden: field is immutable when `immutable` is set' },
      })
    }),
    check(
      'A Deployment gets its defaults: strategy, replicas, history, and those of its Pods.',
      stating(['spec', 'strategy'], { type: 'Recreate' }),
      async ({ ask, at }) => {
        const made = await ask(at(deployments), { body: deployment('a', { replicas: undefined }) })
        fits(made.body, {
          spec: {
            replicas: 1,
            revisionHistoryLimit: 10,
            progressDeadlineSeconds: 600,
            strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
            template: {
              spec: {
                restartPolicy: 'Always',
                dnsPolicy: 'ClusterFirst',
                schedulerName: 'default-scheduler',
                terminationGracePeriodSeconds: 30,
                containers: [{ imagePullPolicy: 'IfNotPresent', terminationMessagePath: '/dev/termination-log' }],
              },
            },
          },
        })
      },
    ),
    check(
      'A Service gets a ClusterIP, a target port and a protocol.',
      stating(['spec', 'clusterIP'], 'None'),
      async ({ ask, at }) => {
        const body = { metadata: { name: 'a' }, spec: { selector: { app: 'a' }, ports: [{ port: 80 }] } }
        fits(await ask(at('services'), { body }), {
          status: 201,
          body: {
            spec: {
              type: 'ClusterIP',
              clusterIP: /^10\.\d+\.\d+\.\d+$/,
              clusterIPs: [/^10\./],
              ipFamilies: ['IPv4'],
              ipFamilyPolicy: 'SingleStack',
              internalTrafficPolicy: 'Cluster',
              sessionAffinity: 'None',
              ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
            },
            status: { loadBalancer: {} },
          },
        })
      },
    ),
    check(
      'deletecollection deletes what its selector selects, and answers the list.',
      breaking('the selector of a deletion', ({ method, query }) => {
        if (method === 'DELETE') query.delete('labelSelector')
      }),
      async ({ ask, at }) => {
        for (const name of ['a', 'b', 'c']) {
          await ask(at('configmaps'), {
            body: configMap(name, { metadata: { name, labels: { keep: String(name === 'c') } } }),
          })
        }
        const gone = await ask(at('configmaps?labelSelector=keep=false'), { method: 'DELETE' })
        fits(gone, {
          status: 200,
          body: { kind: 'ConfigMapList', items: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }] },
        })
        const left = await ask(at('configmaps'))
        fits(left.body, { items: including({ metadata: { name: 'c' } }) })
        fits(left.body, { items: without({ metadata: { name: 'a' } }) })
      },
    ),
    check(
      'A deletion of what is gone at once answers a Status with the uid.',
      withoutAnswered(['details', 'uid']),
      async ({ ask, at }) => {
        await ask(at('configmaps'), { body: configMap('a') })
        fits(await ask(at('configmaps/a'), { method: 'DELETE' }), {
          status: 200,
          body: {
            kind: 'Status',
            apiVersion: 'v1',
            status: 'Success',
            details: { name: 'a', kind: 'configmaps', uid: something },
          },
        })
        fits(await ask(at('configmaps/a')), { status: 404 })
      },
    ),
  ],
}
