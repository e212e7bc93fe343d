import { type JsonRecord, textAt } from '@orbweaver/contracts/json'
import {
  accepting,
  breaking,
  ignoring,
  ignoringSent,
  only,
  takingFor,
  withoutAnswered,
  withoutAnswerHeader,
} from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits, including, something } from '../fits.ts'
import type { Scene } from '../scene.ts'
import type { Judge, Verdict, WebhookServer } from '../webhook-server.ts'
import { configMap, patchType } from './objects.ts'

const group = '/apis/admissionregistration.k8s.io/v1'
const kinds = { mutating: 'MutatingWebhookConfiguration', validating: 'ValidatingWebhookConfiguration' }
type Kind = keyof typeof kinds

const pathOf = (kind: Kind): string => `${group}/${kind}webhookconfigurations`

const configMaps = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] }

/** A webhook for ConfigMaps of the check's namespace alone. */
function webhook({ namespace }: Scene, server: WebhookServer, { path = '/', ...more }: JsonRecord = {}): JsonRecord {
  return {
    name: 'check.conformance.orbweaver.dev',
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    timeoutSeconds: 5,
    clientConfig: { url: `${server.url}${String(path)}`, caBundle: server.caBundle },
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    rules: [configMaps],
    ...more,
  }
}

type Setup = { kind: Kind; webhooks: JsonRecord[]; name?: string }

const configure = (scene: Scene, { kind, webhooks, name = 'check' }: Setup) =>
  scene.ask(pathOf(kind), {
    body: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: kinds[kind],
      metadata: { name: scene.unique(name) },
      webhooks,
    },
  })

/** Creates the configuration and waits until the server has heard of it: a probe reaches the webhook. */
async function hooked(scene: Scene, server: WebhookServer, setup: Setup): Promise<void> {
  const { ask, at, eventually } = scene
  fits(await configure(scene, setup), { status: 201 })
  const before = server.calls.length
  const probe = async (): Promise<boolean> => {
    await ask(at('configmaps?dryRun=All'), {
      body: configMap('probe', { metadata: { name: 'probe', labels: { probe: 'true' } } }),
    })
    return server.calls.length > before
  }
  await eventually(probe, true)
}

const jsonPatch = (...operations: object[]): Verdict => ({
  allowed: true,
  patchType: 'JSONPatch',
  patch: Buffer.from(JSON.stringify(operations)).toString('base64'),
})

const adding = (key: string, value: string): Verdict =>
  jsonPatch({ op: 'add', path: `/metadata/annotations/${key}`, value })
const annotated = (name: string): JsonRecord => configMap(name, { metadata: { name, annotations: { made: 'here' } } })

const allow = { allowed: true }
const isProbe = (request: JsonRecord): boolean => textAt(request, 'name') === 'probe'

/** Says no to all but probes. */
const denying =
  (verdict: Verdict): Judge =>
  (request) =>
    isProbe(request) ? allow : verdict

const of = (server: WebhookServer, name: string) =>
  server.calls.filter(({ request }) => textAt(request, 'name') === name)

/** Webhooks are configured and never asked. */
const neverAsked = only({ path: /webhookconfigurations$/ }, ignoringSent(['webhooks', '*', 'rules']))

const create = ({ ask, at }: Scene, name: string, body: JsonRecord = annotated(name)) => ask(at('configmaps'), { body })

export const webhooks: Area = {
  title: 'Admission webhooks',
  checks: [
    check(
      'A webhook is sent an AdmissionReview: uid, kind, resource, name, namespace, operation, user, object and options.',
      breaking('the user in reviews', {
        request: ({ headers, path }) => {
          if (path.includes('configmaps')) headers['impersonate-user'] = 'somebody'
        },
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
        await ask(at('configmaps/a'), { method: 'PATCH', type: patchType.merge, body: { data: { k: '2' } } })
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
      breaking('the mutating one', {
        request: ({ path, body }) => {
          if (path.includes('mutatingweb')) Object(body).webhooks = []
        },
      }),
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
      breaking('the order', {
        request: ({ path, body }) => {
          if (path.includes('mutatingweb')) Object(body).webhooks?.reverse?.()
        },
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
    check(
      'A refusal without a code is 400, with the name of the webhook and its message.',
      neverAsked,
      async (scene) => {
        const server = await scene.webhook(denying({ allowed: false, status: { message: 'not on a Sunday' } }))
        await hooked(scene, server, { kind: 'validating', webhooks: [webhook(scene, server)] })
        fits(await create(scene, 'a'), {
          status: 400,
          body: {
            kind: 'Status',
            status: 'Failure',
            reason: undefined,
            code: 400,
            message: 'admission webhook "check.conformance.orbweaver.dev" denied the request: not on a Sunday',
          },
        })
      },
    ),
    check('A refusal may have a code and a reason of its own.', withoutAnswered(['reason']), async (scene) => {
      const server = await scene.webhook(
        denying({ allowed: false, status: { message: 'no', code: 422, reason: 'Invalid' } }),
      )
      await hooked(scene, server, { kind: 'validating', webhooks: [webhook(scene, server)] })
      fits(await create(scene, 'a'), {
        status: 422,
        body: {
          reason: 'Invalid',
          code: 422,
          message: 'admission webhook "check.conformance.orbweaver.dev" denied the request: no',
        },
      })
    }),
    check('A refusal without words says so.', neverAsked, async (scene) => {
      const server = await scene.webhook(denying({ allowed: false }))
      await hooked(scene, server, { kind: 'mutating', webhooks: [webhook(scene, server)] })
      fits(await create(scene, 'a'), {
        status: 400,
        body: { message: 'admission webhook "check.conformance.orbweaver.dev" denied the request without explanation' },
      })
    }),
    check('Warnings of a webhook reach the caller.', withoutAnswerHeader('warning'), async (scene) => {
      const server = await scene.webhook(() => ({ allowed: true, warnings: ['think twice'] }))
      await hooked(scene, server, { kind: 'validating', webhooks: [webhook(scene, server)] })
      fits(await create(scene, 'a'), { status: 201, warnings: ['think twice'] })
    }),
    check(
      'A webhook that cannot be reached refuses when its failurePolicy is Fail: 500 with the words of the call.',
      takingFor(['webhooks', '*', 'failurePolicy'], 'Ignore'),
      async (scene) => {
        const server = await scene.webhook(() => allow)
        await hooked(scene, server, {
          kind: 'validating',
          webhooks: [webhook(scene, server, { failurePolicy: 'Fail' })],
        })
        await server.close()
        fits(await create(scene, 'a'), {
          status: 500,
          body: {
            reason: 'InternalError',
            code: 500,
            message:
              /^Internal error occurred: failed calling webhook "check\.conformance\.orbweaver\.dev": failed to call webhook: Post "https:\/\/127\.0\.0\.1:\d+\/\?timeout=5s": dial tcp 127\.0\.0\.1:\d+: connect: connection refused$/,
          },
        })
      },
    ),
    check(
      'A webhook that cannot be reached is passed over when its failurePolicy is Ignore.',
      takingFor(['webhooks', '*', 'failurePolicy'], 'Fail'),
      async (scene) => {
        const server = await scene.webhook(() => allow)
        await hooked(scene, server, {
          kind: 'validating',
          webhooks: [webhook(scene, server, { failurePolicy: 'Ignore' })],
        })
        await server.close()
        fits(await create(scene, 'a'), { status: 201 })
      },
    ),
    check(
      'A webhook that answers too late has failed: context deadline exceeded.',
      takingFor(['webhooks', '*', 'timeoutSeconds'], 10),
      async (scene) => {
        const late = async (): Promise<Verdict> => {
          await new Promise((resolve) => setTimeout(resolve, 1_600))
          return allow
        }
        const server = await scene.webhook((request) => (isProbe(request) ? allow : late()))
        await hooked(scene, server, { kind: 'validating', webhooks: [webhook(scene, server, { timeoutSeconds: 1 })] })
        fits(await create(scene, 'a'), {
          status: 500,
          body: {
            message:
              /^Internal error occurred: failed calling webhook "check\.conformance\.orbweaver\.dev": failed to call webhook: Post "https:\/\/127\.0\.0\.1:\d+\/\?timeout=1s": context deadline exceeded$/,
          },
        })
      },
    ),
    check(
      'A webhook whose certificate the caBundle does not sign has failed: x509.',
      breaking('verification', {
        answer: (answer) => {
          if (answer.status === 500) answer.status = 201
        },
      }),
      async (scene) => {
        const other = await scene.webhook(() => allow)
        const server = await scene.webhook(() => allow)
        const clientConfig = { url: `${server.url}/`, caBundle: other.caBundle }
        fits(await configure(scene, { kind: 'validating', webhooks: [webhook(scene, server, { clientConfig })] }), {
          status: 201,
        })
        await scene.eventually(() => scene.ask(scene.at('configmaps?dryRun=All'), { body: configMap('a') }), {
          status: 500,
          body: {
            message:
              /failed to call webhook: Post "[^"]+": tls: failed to verify certificate: x509: certificate signed by unknown authority/,
          },
        })
      },
    ),
    check('A dry run asks webhooks, and says that it is one.', ignoring('dryRun'), async (scene) => {
      const server = await scene.webhook(() => adding('by', 'webhook'))
      await hooked(scene, server, { kind: 'mutating', webhooks: [webhook(scene, server)] })
      fits(await scene.ask(scene.at('configmaps?dryRun=All'), { body: annotated('a') }), {
        status: 201,
        body: { metadata: { annotations: { by: 'webhook' } } },
      })
      fits(of(server, 'a')[0]?.request, { dryRun: true, options: { dryRun: ['All'] } })
    }),
    check('A webhook with side effects is refused: dry runs must be safe.', accepting(422), async (scene) => {
      const server = await scene.webhook(() => allow)
      fits(await configure(scene, { kind: 'mutating', webhooks: [webhook(scene, server, { sideEffects: 'Some' })] }), {
        status: 422,
        body: {
          message: /webhooks\[0\]\.sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"$/,
        },
      })
    }),
    check("A webhook's name is a domain of three parts.", accepting(422), async (scene) => {
      const server = await scene.webhook(() => allow)
      fits(await configure(scene, { kind: 'mutating', webhooks: [webhook(scene, server, { name: 'short' })] }), {
        status: 422,
        body: {
          message:
            /webhooks\[0\]\.name: Invalid value: "short": should be a domain with at least three segments separated by dots$/,
        },
      })
    }),
    check(
      'objectSelector asks only for objects with the labels.',
      ignoringSent(['webhooks', '*', 'objectSelector']),
      async (scene) => {
        const server = await scene.webhook(() => allow)
        const objectSelector = { matchLabels: { probe: 'true' } }
        await hooked(scene, server, { kind: 'validating', webhooks: [webhook(scene, server, { objectSelector })] })
        await create(scene, 'plain')
        await create(
          scene,
          'labelled',
          configMap('labelled', { metadata: { name: 'labelled', labels: { probe: 'true' } } }),
        )
        fits([of(server, 'plain').length, of(server, 'labelled').length], [0, 1])
      },
    ),
    check(
      'namespaceSelector asks only for objects of such namespaces.',
      breaking('the selector', {
        request: ({ path, body }) => {
          if (path.includes('webhookconf'))
            for (const each of Object(body).webhooks)
              Object.assign(each, { namespaceSelector: {}, objectSelector: { matchLabels: { probe: 'true' } } })
        },
      }),
      async (scene) => {
        const { ask, unique } = scene
        const server = await scene.webhook(() => allow)
        const other = unique('other')
        await ask('/api/v1/namespaces', { body: { metadata: { name: other } } })
        await hooked(scene, server, { kind: 'validating', webhooks: [webhook(scene, server)] })
        const body = configMap('elsewhere', { metadata: { name: 'elsewhere', labels: { probe: 'true' } } })
        fits(await ask(`/api/v1/namespaces/${other}/configmaps`, { body }), { status: 201 })
        fits(of(server, 'elsewhere').length, 0)
      },
    ),
    check(
      'Rules choose operations and resources: Secrets pass a webhook for ConfigMaps.',
      takingFor(['webhooks', '*', 'rules', '*', 'resources'], ['*']),
      async (scene) => {
        const server = await scene.webhook(() => allow)
        await hooked(scene, server, { kind: 'validating', webhooks: [webhook(scene, server)] })
        fits(await scene.ask(scene.at('secrets'), { body: { metadata: { name: 'secret' } } }), { status: 201 })
        fits(of(server, 'secret').length, 0)
      },
    ),
    check('matchConditions choose by CEL.', ignoringSent(['webhooks', '*', 'matchConditions']), async (scene) => {
      const server = await scene.webhook(() => allow)
      const matchConditions = [{ name: 'probes', expression: "object.metadata.name == 'probe'" }]
      await hooked(scene, server, { kind: 'validating', webhooks: [webhook(scene, server, { matchConditions })] })
      fits(await create(scene, 'a'), { status: 201 })
      fits(of(server, 'a').length, 0)
    }),
    check(
      'Webhook configurations get their defaults.',
      withoutAnswered(['webhooks', '*', 'matchPolicy']),
      async (scene) => {
        const server = await scene.webhook(() => allow)
        const { timeoutSeconds: _, ...plain } = webhook(scene, server)
        fits((await configure(scene, { kind: 'mutating', webhooks: [plain] })).body, {
          webhooks: [
            {
              failurePolicy: 'Fail',
              matchPolicy: 'Equivalent',
              timeoutSeconds: 10,
              reinvocationPolicy: 'Never',
              objectSelector: {},
              rules: [{ scope: '*' }],
            },
          ],
        })
      },
    ),
  ],
}
