import { textAt } from '@orbweaver/contracts/json'
import {
  accepting,
  answering,
  breaking,
  ignoringSent,
  mistaking,
  takingFor,
  takingTypeFor,
  withoutAnswered,
} from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including, not, something, without } from '../fits.ts'
import type { Scene } from '../scene.ts'
import { configMap, deployment, patchType } from './objects.ts'

const conflict = (kind: string) =>
  `Operation cannot be fulfilled on ${kind}: the object has been modified; please apply your changes to the latest version and try again`

const versionOf = async ({ ask }: Scene, path: string): Promise<string> =>
  textAt((await ask(path)).body, 'metadata', 'resourceVersion') ?? ''

const deployments = 'apps/v1/deployments'

export const writes: Area = {
  title: 'Create and update',
  checks: [
    check(
      'A created object has uid, resourceVersion, creationTimestamp and managedFields.',
      withoutAnswered(['metadata', 'managedFields']),
      async ({ ask, at, namespace }) => {
        fits(await ask(at('configmaps'), { body: configMap('a', { data: { k: 'v' } }) }), {
          status: 201,
          body: {
            kind: 'ConfigMap',
            apiVersion: 'v1',
            metadata: {
              name: 'a',
              namespace,
              uid: /^[0-9a-f-]{36}$/,
              resourceVersion: /^\d+$/,
              creationTimestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
              managedFields: [
                {
                  manager: 'conformance',
                  operation: 'Update',
                  apiVersion: 'v1',
                  fieldsType: 'FieldsV1',
                  fieldsV1: { 'f:data': { '.': {}, 'f:k': {} } },
                },
              ],
            },
          },
        })
      },
    ),
    check('What exists is not created again: 409 AlreadyExists.', mistaking(409, 201), async ({ ask, at }) => {
      await ask(at('configmaps'), { body: configMap('a') })
      fits(await ask(at('configmaps'), { body: configMap('a') }), {
        status: 409,
        body: {
          kind: 'Status',
          status: 'Failure',
          reason: 'AlreadyExists',
          message: 'configmaps "a" already exists',
          details: { name: 'a', kind: 'configmaps' },
          code: 409,
        },
      })
    }),
    check(
      'AlreadyExists of a group names it: plural.group in the text, the group in the details.',
      withoutAnswered(['details', 'group']),
      async ({ ask, at }) => {
        await ask(at(deployments), { body: deployment('a') })
        fits(await ask(at(deployments), { body: deployment('a') }), {
          status: 409,
          body: {
            message: 'deployments.apps "a" already exists',
            details: { name: 'a', group: 'apps', kind: 'deployments' },
          },
        })
      },
    ),
    check(
      'A new object may not name a resourceVersion.',
      ignoringSent(['metadata', 'resourceVersion']),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps'), { body: configMap('a', { metadata: { name: 'a', resourceVersion: '1' } }) }), {
          status: 500,
          body: { code: 500, message: 'resourceVersion should not be set on objects to be created' },
        })
      },
    ),
    check(
      'generateName gives a name: the prefix and five letters or digits.',
      ignoringSent(['metadata', 'generateName']),
      async ({ ask, at }) => {
        const first = await ask(at('configmaps'), { body: { metadata: { generateName: 'gen-' } } })
        const second = await ask(at('configmaps'), { body: { metadata: { generateName: 'gen-' } } })
        fits(first, { status: 201, body: { metadata: { name: /^gen-[a-z0-9]{5}$/, generateName: 'gen-' } } })
        fits(textAt(second.body, 'metadata', 'name'), not(textAt(first.body, 'metadata', 'name')))
      },
    ),
    check(
      'generateName cuts a long prefix, so that a name has 63 characters.',
      answering(['metadata', 'name'], 'x'),
      async ({ ask, at }) => {
        const answer = await ask(at('configmaps'), { body: { metadata: { generateName: `${'p'.repeat(70)}-` } } })
        fits(answer, { status: 201, body: { metadata: { name: /^p{58}[a-z0-9]{5}$/ } } })
      },
    ),
    check(
      'An object without name and generateName is 422.',
      breaking('refusal', {
        request: ({ body, method }) => {
          if (method === 'POST') Object.assign(Object(body), { metadata: { name: 'given' } })
        },
      }),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps'), { body: { metadata: {} } }), {
          status: 422,
          body: {
            reason: 'Invalid',
            message: 'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
          },
        })
      },
    ),
    check(
      'The namespace of the body must be that of the URL.',
      ignoringSent(['metadata', 'namespace']),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps'), { body: configMap('a', { metadata: { name: 'a', namespace: 'default' } }) }), {
          status: 400,
          body: {
            reason: 'BadRequest',
            message: 'the namespace of the provided object does not match the namespace sent on the request',
          },
        })
      },
    ),
    check(
      'Nothing is created in a namespace that is not there: 404 of the namespace.',
      mistaking(404, 201),
      async ({ ask, unique }) => {
        const missing = unique('missing')
        fits(await ask(`/api/v1/namespaces/${missing}/configmaps`, { body: configMap('a') }), {
          status: 404,
          body: {
            reason: 'NotFound',
            message: `namespaces "${missing}" not found`,
            details: { name: missing, kind: 'namespaces' },
          },
        })
      },
    ),
    check(
      'A body of another kind than the URL is 400.',
      ignoringSent(['kind'], ['apiVersion']),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps'), { body: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } } }), {
          status: 400,
          body: {
            reason: 'BadRequest',
            message:
              'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion',
          },
        })
      },
    ),
    check('A body that is no JSON is 400.', mistaking(400, 201), async ({ ask, at }) => {
      fits(await ask(at('configmaps'), { body: '{"kind":' }), {
        status: 400,
        body: {
          reason: 'BadRequest',
          message: /couldn't get version\/kind; json parse error: unexpected end of JSON input/,
        },
      })
    }),
    check(
      'YAML is read and written on request.',
      takingTypeFor('application/yaml', 'application/json'),
      async ({ ask, at }) => {
        const made = await ask(at('configmaps'), {
          type: 'application/yaml',
          body: 'metadata:\n  name: a\ndata:\n  k: v\n',
        })
        fits(made, { status: 201, body: { data: { k: 'v' } } })
        const read = await ask(at('configmaps/a'), { headers: { accept: 'application/yaml' } })
        fits(read, { status: 200, headers: { 'content-type': 'application/yaml' }, text: /^ {2}k: v$/m })
      },
    ),
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
      breaking('overwriting', {
        request: ({ method, body }) => {
          if (method === 'PUT') Object.assign(Object(body), { metadata: { name: 'a', resourceVersion: '1' } })
        },
      }),
      async ({ ask, at }) => {
        await ask(at('configmaps'), { body: configMap('a', { data: { k: '1' } }) })
        const answer = await ask(at('configmaps/a'), { method: 'PUT', body: configMap('a', { data: { other: '2' } }) })
        fits(answer, { status: 200, body: { data: { other: '2', k: undefined } } })
      },
    ),
    check(
      'An update that changes nothing keeps the resourceVersion.',
      breaking('the no-op', {
        request: ({ method, body }) => {
          if (method === 'PUT') Object.assign(Object(body), { data: { k: String(Math.random()) } })
        },
      }),
      async (scene) => {
        const { ask, at } = scene
        await ask(at('configmaps'), { body: configMap('a', { data: { k: '1' } }) })
        const before = await versionOf(scene, at('configmaps/a'))
        await ask(at('configmaps/a'), { method: 'PUT', body: configMap('a', { data: { k: '1' } }) })
        fits(await versionOf(scene, at('configmaps/a')), before)
      },
    ),
    check(
      'An update of what is not there is 404; a Lease is created by it.',
      mistaking(404, 201),
      async ({ ask, at }) => {
        fits(await ask(at('configmaps/none'), { method: 'PUT', body: configMap('none') }), {
          status: 404,
          body: {
            reason: 'NotFound',
            message: 'configmaps "none" not found',
            details: { name: 'none', kind: 'configmaps' },
          },
        })
      },
    ),
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
    check('The name of the body must be that of the URL.', mistaking(400, 200), async ({ ask, at }) => {
      await ask(at('configmaps'), { body: configMap('a') })
      fits(await ask(at('configmaps/a'), { method: 'PUT', body: configMap('b') }), {
        status: 400,
        body: { message: 'the name of the object (b) does not match the name on the URL (a)' },
      })
    }),
    check(
      'The generation rises with a change of spec, not with one of metadata.',
      answering(['metadata', 'generation'], 1),
      async ({ ask, at }) => {
        await ask(at(deployments), { body: deployment('a') })
        const patch = (body: object) => ask(at(`${deployments}/a`), { method: 'PATCH', type: patchType.merge, body })
        fits((await patch({ metadata: { labels: { x: 'y' } } })).body, { metadata: { generation: 1 } })
        fits((await patch({ spec: { minReadySeconds: 5 } })).body, { metadata: { generation: 2 } })
      },
    ),
    check('Immutable fields are 422: field is immutable.', accepting(422), async ({ ask, at }) => {
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
    }),
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
      withoutAnswered(['spec', 'strategy']),
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
      withoutAnswered(['spec', 'clusterIP']),
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
      breaking('the selector of a deletion', {
        request: ({ method, query }) => {
          if (method === 'DELETE') query.delete('labelSelector')
        },
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
