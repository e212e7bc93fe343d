import { breaking, ignoringSent, only } from '../breakage.ts'
import { alone, check, type Check } from '../check.ts'
import { fits } from '../fits.ts'
import type { Scene } from '../scene.ts'
import { controlPlane, istios, tag, tagDefault, tags } from './control-plane.ts'
import {
  admitted,
  enabled,
  injection,
  labelledNamespace,
  ignoringNamespaceLabel,
  inject,
  other,
  rev,
} from './injection-ground.ts'
import { deployment, patchType } from './objects.ts'

/** Deletions are accepted and have no effect. */
const deletingNothing = breaking('deletion', ({ method, query }) => {
  if (method === 'DELETE') query.set('dryRun', 'All')
})

const who = (scene: Scene, place: string) => async () => injection(await admitted(scene, place, {}))

/** A Deployment of one Pod, and the Pod once it is there. */
async function podOfDeployment(scene: Scene, place: string, labels: Record<string, string> = {}) {
  const template = {
    metadata: { labels: { app: 'web', ...labels } },
    spec: { containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }] },
  }
  const body = deployment('web', { replicas: 1, selector: { matchLabels: { app: 'web' } }, template })
  fits(await scene.ask(`/apis/apps/v1/namespaces/${place}/deployments`, { body }), { status: 201 })
  return () => scene.ask(`/api/v1/namespaces/${place}/pods?labelSelector=app%3Dweb`)
}

const everywhere = (enableNamespacesByDefault: boolean) => ({
  spec: { values: { sidecarInjectorWebhook: { enableNamespacesByDefault } } },
})

/** They change what others rely on, and put it right again. */
export const aloneChecks: readonly Check[] = [
  alone(
    'With enableNamespacesByDefault the control plane of the tag default injects where no label says anything, save in system namespaces.',
    only({ method: 'PATCH', path: /\/istios\// }, ignoringSent(['spec'])),
    async (scene) => {
      const { istio, revision } = await controlPlane(scene)
      const place = await labelledNamespace(scene, 'plain', {})
      const closed = await labelledNamespace(scene, 'closed', { 'istio-injection': 'disabled' })
      const how = { method: 'PATCH', type: patchType.merge }
      try {
        fits(await scene.ask(`${istios}/${istio}`, { ...how, body: everywhere(true) }), { status: 200 })
        await scene.eventually(who(scene, place), { by: revision, proxies: 1 })
        for (const value of ['false', 'perhaps']) {
          fits(injection(await admitted(scene, place, { labels: { [inject]: value } })), { by: 'nobody' })
        }
        fits(injection(await admitted(scene, place, { labels: { [rev]: 'gone' } })), { by: 'nobody' })
        fits(await who(scene, closed)(), { by: 'nobody' })
        fits(await who(scene, 'kube-system')(), { by: 'nobody' })
      } finally {
        await scene.ground.ask(`${istios}/${istio}`, { ...how, body: everywhere(false) })
        await scene.ground.eventually(who({ ...scene, ...scene.ground }, place), { by: 'nobody' })
      }
    },
  ),
  alone(
    'Without a tag default istio-injection=enabled and sidecar.istio.io/inject=true do nothing; revisions go on.',
    deletingNothing,
    async (scene) => {
      const [first, second] = await Promise.all([controlPlane(scene), other(scene)])
      const asking = await labelledNamespace(scene, 'asking', enabled)
      const named = await labelledNamespace(scene, 'named', { [rev]: second.revision })
      try {
        fits(await scene.ask(`${tags}/default`, { method: 'DELETE' }), { status: 200 })
        await scene.eventually(who(scene, asking), { by: 'nobody', proxies: 0 })
        fits(injection(await admitted(scene, scene.namespace, { labels: { [inject]: 'true' } })), { by: 'nobody' })
        fits(await who(scene, named)(), { by: second.revision, proxies: 1 })
      } finally {
        await scene.ground.ask(`${tags}/default`, { method: 'DELETE' })
        await tagDefault(scene.ground, first)
      }
    },
  ),
]

export const tagChecks: readonly Check[] = [
  check(
    'When a tag moves, namespaces and Pods that name it get the other revision.',
    only({ method: 'PATCH', path: /\/istiorevisiontags\// }, ignoringSent(['spec'])),
    async (scene) => {
      const [first, second] = await Promise.all([controlPlane(scene), other(scene)])
      const name = scene.unique('tag')
      const place = await labelledNamespace(scene, 'pods', { [rev]: name })
      await tag(scene, name, second)
      fits(await who(scene, place)(), { by: second.revision, proxies: 1 })
      const body = { spec: { targetRef: { kind: 'IstioRevision', name: first.revision } } }
      fits(await scene.ask(`${tags}/${name}`, { method: 'PATCH', type: patchType.merge, body }), { status: 200 })
      await scene.eventually(who(scene, place), { by: first.revision, proxies: 1 })
    },
  ),
  check(
    'When a tag is gone, Pods of its namespaces are created without a proxy, and nobody says a word.',
    deletingNothing,
    async (scene) => {
      const second = await other(scene)
      const name = scene.unique('tag')
      const place = await labelledNamespace(scene, 'pods', { [rev]: name })
      await tag(scene, name, second)
      fits(await who(scene, place)(), { by: second.revision, proxies: 1 })
      fits(await scene.ask(`${tags}/${name}`, { method: 'DELETE' }), { status: 200 })
      await scene.eventually(who(scene, place), { by: 'nobody', proxies: 0 })
      fits((await admitted(scene, place, {})).warnings, [])
    },
  ),
  check(
    'Pods of a Deployment are injected, and bear the name of the Deployment.',
    ignoringNamespaceLabel(rev),
    async (scene) => {
      const { revision } = await other(scene)
      const place = await labelledNamespace(scene, 'pods', { [rev]: revision })
      const pods = await podOfDeployment(scene, place, { version: 'v1' })
      await scene.eventually(pods, {
        body: {
          items: [
            {
              metadata: {
                annotations: { [rev]: revision },
                labels: { 'service.istio.io/canonical-name': 'web', 'service.istio.io/canonical-revision': 'v1' },
              },
              spec: { containers: [{ name: 'main' }, { name: 'istio-proxy' }] },
            },
          ],
        },
      })
    },
  ),
]
