import { ignoringSent, only, stating, takingFor } from '../breakage.ts'
import { type Area, check } from '../check.ts'
import { fits } from '../fits.ts'
import { configMap } from './objects.ts'
import { allow, configure, create, hooked, of, webhook } from './webhook-setup.ts'

export const webhookSelection: Area = {
  title: 'What webhooks are asked about',
  checks: [
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
      only({ path: /webhookconf/ }, takingFor(['webhooks', '*', 'namespaceSelector'], {})),
      async (scene) => {
        const { ask, unique } = scene
        const server = await scene.webhook(() => allow)
        const other = unique('other')
        await ask('/api/v1/namespaces', { body: { metadata: { name: other } } })
        await hooked(scene, server, {
          kind: 'validating',
          webhooks: [webhook(scene, server, { objectSelector: { matchLabels: { probe: 'true' } } })],
        })
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
      stating(['webhooks', '*', 'matchPolicy'], 'Exact'),
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
