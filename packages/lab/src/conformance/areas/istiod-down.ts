import type { JsonRecord } from '@orbweaver/contracts/json'
import { ignoringSent, only, takingFor } from '../breakage.ts'
import { alone, check, type Check } from '../check.ts'
import { fits, including } from '../fits.ts'
import type { Scene } from '../scene.ts'
import { controlPlane } from './control-plane.ts'
import { admitted, inject, injection, labelledNamespace, other, rev, strict } from './injection-ground.ts'
import { configuration, configurations, entry, merge } from './istiod-webhook-setup.ts'
import { deployment, pod } from './objects.ts'

const name = 'check.sidecar-injector.istio.io'

/** What is said when the webhook cannot be asked, up to what the connection says. */
const failed = (service: string, namespace: string, why: string): string =>
  `Internal error occurred: failed calling webhook "${name}": failed to call webhook: Post "https://${service}.${namespace}.svc:443/inject?timeout=10s": ${why}`

type Hook = { caBundle?: string; service?: string; more?: JsonRecord }

/** An injection webhook for the check's namespace that no istiod takes care of. */
async function hook(scene: Scene, { caBundle, service, more = {} }: Hook): Promise<{ service: string; home: string }> {
  const plane = await controlPlane(scene)
  const target = service ?? `istiod-${plane.revision}`
  const clientConfig = {
    service: { name: target, namespace: plane.namespace, path: '/inject', port: 443 },
    ...(caBundle === undefined ? {} : { caBundle }),
  }
  const webhook = entry(plane, name, {
    clientConfig,
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': scene.namespace } },
    objectSelector: { matchExpressions: [{ key: inject, operator: 'NotIn', values: ['false'] }] },
    ...more,
  })
  await configuration(scene, { kind: 'mutating', webhooks: [webhook] })
  return { service: target, home: plane.namespace }
}

const creating = (scene: Scene) => () => scene.ask(scene.at('pods?dryRun=All'), { body: pod('a') })

/** Nobody is asked. */
const neverAsked = only({ path: configurations }, ignoringSent(['webhooks', '*', 'rules']))

const unknownAuthority = 'tls: failed to verify certificate: x509: certificate signed by unknown authority'

export const withoutIstiod: readonly Check[] = [
  check('Without a caBundle Pods are refused: 500, in the words of the TLS client.', neverAsked, async (scene) => {
    const { service, home } = await hook(scene, {})
    await scene.eventually(creating(scene), {
      status: 500,
      body: { reason: 'InternalError', code: 500, message: failed(service, home, unknownAuthority) },
    })
  }),
  check(
    'With the root of another authority in the caBundle they are refused in the same words.',
    neverAsked,
    async (scene) => {
      const { caBundle } = await scene.webhook(() => ({ allowed: true }))
      const { service, home } = await hook(scene, { caBundle })
      await scene.eventually(creating(scene), {
        status: 500,
        body: { reason: 'InternalError', message: failed(service, home, unknownAuthority) },
      })
    },
  ),
  check("When the webhook's Service is not there they are refused: not found.", neverAsked, async (scene) => {
    const { home } = await hook(scene, { service: 'gone' })
    await scene.eventually(creating(scene), {
      status: 500,
      body: { reason: 'InternalError', message: failed('gone', home, 'service "gone" not found') },
    })
  }),
  check(
    'When nothing answers behind its Service they are refused: the webhook is named.',
    neverAsked,
    async (scene) => {
      const service = scene.unique('idle')
      const { namespace } = await controlPlane(scene)
      const ports = [{ name: 'https-webhook', port: 443, targetPort: 15017 }]
      const body = { metadata: { name: service }, spec: { selector: { app: 'nobody' }, ports } }
      fits(await scene.ask(`/api/v1/namespaces/${namespace}/services`, { body }), { status: 201 })
      await hook(scene, { service })
      const start = failed(service, namespace, '')
      await scene.eventually(creating(scene), {
        status: 500,
        body: {
          reason: 'InternalError',
          message: (text) => typeof text === 'string' && text.startsWith(start) && text.length > start.length,
        },
      })
    },
  ),
  check(
    'Pods that the selectors leave out are created meanwhile.',
    only({ path: /\/pods$/ }, ignoringSent(['metadata', 'labels'])),
    async (scene) => {
      await hook(scene, { service: 'gone' })
      await scene.eventually(creating(scene), { status: 500 })
      fits(injection(await admitted(scene, scene.namespace, { labels: { [inject]: 'false' } })), { by: 'nobody' })
    },
  ),
  check(
    'With failurePolicy Ignore Pods are created without a proxy.',
    only({ path: configurations }, takingFor(['webhooks', '*', 'failurePolicy'], 'Fail')),
    async (scene) => {
      await hook(scene, { service: 'gone', more: { failurePolicy: 'Ignore' } })
      const { body, status } = await admitted(scene, scene.namespace, {})
      fits({ status, body }, { status: 201, body: { metadata: { name: 'a' }, spec: { initContainers: undefined } } })
    },
  ),
  check(
    'A Deployment says so in its condition ReplicaFailure, with the words of the refusal.',
    neverAsked,
    async (scene) => {
      const { home } = await hook(scene, { service: 'gone' })
      await scene.eventually(creating(scene), { status: 500 })
      fits(await scene.ask(scene.at('apps/v1/deployments'), { body: deployment('web', { replicas: 1 }) }), {
        status: 201,
      })
      const message = failed('gone', home, 'service "gone" not found')
      await scene.eventually(() => scene.ask(scene.at('apps/v1/deployments/web')), {
        body: {
          status: {
            conditions: including({ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }),
          },
        },
      })
    },
  ),
  alone(
    'While the istiod of a revision is down its namespaces take no Pods, and those of other revisions do.',
    only({ path: /\/scale$/ }, ignoringSent(['spec', 'replicas'])),
    async (scene) => {
      const [down, up] = await Promise.all([strict(scene), other(scene)])
      const scale = `/apis/apps/v1/namespaces/${down.namespace}/deployments/istiod-${down.revision}/scale`
      const place = await labelledNamespace(scene, 'down', { [rev]: down.revision })
      const elsewhere = await labelledNamespace(scene, 'up', { [rev]: up.revision })
      const asking = { labels: { [inject]: 'true' } }
      fits(injection(await admitted(scene, place, asking)), { by: down.revision })
      try {
        fits(await scene.ask(scale, { ...merge, body: { spec: { replicas: 0 } } }), { status: 200 })
        const start =
          'Internal error occurred: failed calling webhook "rev.namespace.sidecar-injector.istio.io": failed to call webhook: Post "https://'
        await scene.eventually(
          () => scene.ask(`/api/v1/namespaces/${place}/pods?dryRun=All`, { body: pod('a', asking) }),
          {
            status: 500,
            body: { reason: 'InternalError', message: (text) => typeof text === 'string' && text.startsWith(start) },
          },
        )
        fits(injection(await admitted(scene, elsewhere, {})), { by: up.revision })
        fits(injection(await admitted(scene, place, { labels: { [inject]: 'false' } })), { by: 'nobody' })
      } finally {
        await scene.ground.ask(scale, { ...merge, body: { spec: { replicas: 1 } } })
        await admitted({ ...scene, ...scene.ground }, place, asking)
      }
    },
  ),
]
