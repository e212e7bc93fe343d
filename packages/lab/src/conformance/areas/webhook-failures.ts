import { stringsAt, listAt, recordAt } from '@orbweaver/contracts/json'
import { breaking, ignoring, takingFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits } from '../fits.ts'
import type { Verdict } from '../webhook-server.ts'
import { configMap } from './objects.ts'
import {
  adding,
  allow,
  annotated,
  configure,
  create,
  denying,
  hooked,
  isProbe,
  neverAsked,
  of,
  webhook,
} from './webhook-setup.ts'

const ownBundle = 'conformance.orbweaver.dev/own-bundle'

/** What the webhook shows is trusted: its own bundle is taken for that of the configuration. */
const trustingAll = breaking('verification', ({ body }) => {
  const caBundle = stringsAt(body, 'metadata', 'annotations')[ownBundle]
  if (caBundle === undefined) return
  for (const each of listAt(body, 'webhooks')) recordAt(each, 'clientConfig').caBundle = caBundle
})

export const webhookFailures: Area = {
  title: 'Refusals and failures of webhooks',
  checks: [
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
    check('A refusal may have a code and a reason of its own.', neverAsked, async (scene) => {
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
    check('Warnings of a webhook reach the caller.', neverAsked, async (scene) => {
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
    check('A webhook whose certificate the caBundle does not sign has failed: x509.', trustingAll, async (scene) => {
      const other = await scene.webhook(() => allow)
      const server = await scene.webhook(() => allow)
      const clientConfig = { url: `${server.url}/`, caBundle: other.caBundle }
      const annotations = { [ownBundle]: server.caBundle }
      const webhooks = [webhook(scene, server, { clientConfig })]
      fits(await configure(scene, { kind: 'validating', webhooks, annotations }), { status: 201 })
      await scene.eventually(() => scene.ask(scene.at('configmaps?dryRun=All'), { body: configMap('a') }), {
        status: 500,
        body: {
          message:
            /failed to call webhook: Post "[^"]+": tls: failed to verify certificate: x509: certificate signed by unknown authority/,
        },
      })
    }),
    check('A dry run asks webhooks, and says that it is one.', ignoring('dryRun'), async (scene) => {
      const server = await scene.webhook(() => adding('by', 'webhook'))
      await hooked(scene, server, { kind: 'mutating', webhooks: [webhook(scene, server)] })
      fits(await scene.ask(scene.at('configmaps?dryRun=All'), { body: annotated('a') }), {
        status: 201,
        body: { metadata: { annotations: { by: 'webhook' } } },
      })
      fits(of(server, 'a')[0]?.request, { dryRun: true, options: { dryRun: ['All'] } })
    }),
    check(
      'A webhook with side effects is refused: dry runs must be safe.',
      takingFor(['webhooks', '*', 'sideEffects'], 'None'),
      async (scene) => {
        const server = await scene.webhook(() => allow)
        fits(
          await configure(scene, { kind: 'mutating', webhooks: [webhook(scene, server, { sideEffects: 'Some' })] }),
          {
            status: 422,
            body: {
              message:
                /webhooks\[0\]\.sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"$/,
            },
          },
        )
      },
    ),
    check(
      "A webhook's name is a domain of three parts.",
      takingFor(['webhooks', '*', 'name'], 'check.conformance.orbweaver.dev'),
      async (scene) => {
        const server = await scene.webhook(() => allow)
        fits(await configure(scene, { kind: 'mutating', webhooks: [webhook(scene, server, { name: 'short' })] }), {
          status: 422,
          body: {
            message:
              /webhooks\[0\]\.name: Invalid value: "short": should be a domain with at least three segments separated by dots$/,
          },
        })
      },
    ),
  ],
}
