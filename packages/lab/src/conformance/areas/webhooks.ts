import { type JsonRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { breaking, ignoringSent, only, takingFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including, something } from '../fits.ts'
import { configMap, patchType } from './objects.ts'
import {
  adding,
  configMaps,
  allow,
  annotated,
  cached,
  create,
  hooked,
  isProbe,
  neverAsked,
  of,
  webhook,
} from './webhook-setup.ts'

export const webhooks: Area = {
  title: 'Admission webhooks',
  checks: [
    check(
      'A webhook is sent an AdmissionReview: uid, kind, resource, name, namespace, operation, user, object and options.',
      breaking('the user in reviews', ({ headers, path }) => {
        if (path.includes('configmaps')) headers['impersonate-user'] = 'somebody'
      }),
      async (scene) => {
        const server = await scene.webhook(() => allow)
        await hooked(scene, server, { kind: 'validating', webhooks: [webhook(scene, server)] })
        fits(await create(scene, 'a'), { status: 201 })
        const [call] = of(server, 'a')
        fits(call?.request, {
          uid: /^[0-9a-f-]{36}$/,
          kind: { group: '', version: 'v1', kind: 'ConfigMap' },
          resource: { group: '', version: 'v1', resource: 'configmaps' },
          requestKind: { group: '', version: 'v1', kind: 'ConfigMap' },
          requestResource: { group: '', version: 'v1', resource: 'configmaps' },
          name: 'a',
          namespace: scene.namespace,
          operation: 'CREATE',
          userInfo: { username: 'lab-admin', groups: including('system:masters', 'system:authenticated') },
          object: {
            kind: 'ConfigMap',
            apiVersion: 'v1',
            metadata: { name: 'a', uid: something, annotations: { made: 'here' } },
          },
          oldObject: null,
          dryRun: false,
          options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1' },
        })
      },
    ),
    check(
      'An update is sent with the old object, a deletion with the old one alone.',
      takingFor(['webhooks', '*', 'rules', '*', 'operations'], ['CREATE']),
      async (scene) => {
        const { ask, at } = scene
        const server = await scene.webhook(() => allow)
        const rules = [{ ...configMaps, operations: ['CREATE', 'UPDATE', 'DELETE'] }]
        await hooked(scene, server, { kind: 'validating', webhooks: [webhook(scene, server, { rules })] })
        await create(scene, 'a', configMap('a', { data: { k: '1' } }))
        await cached(scene, 'a', { k: '1' })
        await ask(at('configmaps/a'), { method: 'PATCH', type: patchType.merge, body: { data: { k: '2' } } })
        await cached(scene, 'a', { k: '2' })
        await ask(at('configmaps/a'), { method: 'DELETE' })
        fits(
          of(server, 'a').map(({ request }) => request),
          [
            { operation: 'CREATE', object: { data: { k: '1' } }, oldObject: null },
            {
              operation: 'UPDATE',
              object: { data: { k: '2' } },
              oldObject: { data: { k: '1' } },
              options: { kind: 'UpdateOptions' },
            },
            { operation: 'DELETE', object: null, oldObject: { data: { k: '2' } }, options: { kind: 'DeleteOptions' } },
          ],
        )
      },
    ),
    check('A mutating webhook changes the object by a JSON patch.', neverAsked, async (scene) => {
      const server = await scene.webhook(() => adding('by', 'webhook'))
      await hooked(scene, server, { kind: 'mutating', webhooks: [webhook(scene, server)] })
      fits(await create(scene, 'a'), {
        status: 201,
        body: { metadata: { annotations: { made: 'here', by: 'webhook' } } },
      })
    }),
    check(
      'Mutating webhooks come before validating ones, which see what was made.',
      only({ path: /mutatingweb/ }, takingFor(['webhooks'], [])),
      async (scene) => {
        const server = await scene.webhook((_request, path) => (path === '/mutate' ? adding('by', 'webhook') : allow))
        await hooked(scene, server, { kind: 'validating', webhooks: [webhook(scene, server, { path: '/validate' })] })
        await hooked(scene, server, { kind: 'mutating', webhooks: [webhook(scene, server, { path: '/mutate' })] })
        await scene.eventually(async () => {
          await scene.ask(scene.at('configmaps?dryRun=All'), { body: annotated('a') })
          return of(server, 'a')
            .map(({ path }) => path)
            .slice(-2)
        }, ['/mutate', '/validate'])
        fits(of(server, 'a').at(-1)?.request, { object: { metadata: { annotations: { by: 'webhook' } } } })
      },
    ),
    check(
      "Mutating webhooks run in the order of their configurations' names, and then of their list.",
      breaking('the order', ({ path, body }) => {
        if (path.includes('mutatingweb')) listAt(body, 'webhooks').reverse()
      }),
      async (scene) => {
        const server = await scene.webhook((request, path) => {
          const so_far = textAt(request, 'object', 'metadata', 'annotations', 'order') ?? ''
          return isProbe(request) ? allow : adding('order', `${so_far}${path}`)
        })
        const named = (path: string): JsonRecord =>
          webhook(scene, server, { path, name: `${path.slice(1)}.conformance.orbweaver.dev` })
        await hooked(scene, server, { kind: 'mutating', name: 'b', webhooks: [named('/three')] })
        await hooked(scene, server, { kind: 'mutating', name: 'a', webhooks: [named('/one'), named('/two')] })
        await scene.eventually(() => scene.ask(scene.at('configmaps?dryRun=All'), { body: annotated('a') }), {
          status: 201,
          body: { metadata: { annotations: { order: '/one/two/three' } } },
        })
      },
    ),
    check(
      'reinvocationPolicy IfNeeded asks again what came before another change.',
      ignoringSent(['webhooks', '*', 'reinvocationPolicy']),
      async (scene) => {
        const server = await scene.webhook((request, path) =>
          isProbe(request)
            ? allow
            : adding(path.slice(1), textAt(request, 'object', 'metadata', 'annotations', 'last') ?? 'none'),
        )
        const named = (path: string, more: JsonRecord): JsonRecord =>
          webhook(scene, server, { path, name: `${path.slice(1)}.conformance.orbweaver.dev`, ...more })
        await hooked(scene, server, {
          kind: 'mutating',
          webhooks: [named('/first', { reinvocationPolicy: 'IfNeeded' }), named('/last', {})],
        })
        fits(await create(scene, 'a'), { status: 201 })
        fits(
          of(server, 'a').map(({ path }) => path),
          ['/first', '/last', '/first'],
        )
      },
    ),
  ],
}
