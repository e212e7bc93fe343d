import { at } from '@orbweaver/contracts/json'
import { breaking, ignoringSent, only } from '../breakage.ts'
import { check, type Check } from '../check.ts'
import { fits } from '../fits.ts'
import { controlPlane } from './control-plane.ts'
import { admitted, inject, labelledNamespace, rev } from './injection-ground.ts'
import { injected, injectedByOther, off, own, seen, volumes } from './injection-pod.ts'

export const podsOfRevisions: readonly Check[] = [
  check('The annotation sidecar.istio.io/status lists what was added, and the revision.', off, async (scene) => {
    const { status, revision } = await injected(scene)
    fits(status, {
      initContainers: ['istio-init', 'istio-proxy'],
      containers: null,
      volumes,
      imagePullSecrets: null,
      revision,
    })
  }),
  check('With an ordinary container the annotation sidecar.istio.io/status says so.', off, async (scene) => {
    const { status, revision } = await injectedByOther(scene)
    fits(status, { initContainers: ['istio-init'], containers: ['istio-proxy'], volumes, revision })
  }),
  check('The annotation istio.io/rev is the revision that injected, whatever it was before.', off, async (scene) => {
    const { annotations, revision } = await injected(scene, { annotations: { [rev]: 'before' } })
    fits(annotations, { [rev]: revision })
  }),
  check('The proxy gets its certificate from the istiod of its revision.', off, async (scene) => {
    const { env, revision, namespace } = await injected(scene)
    fits(env, { CA_ADDR: `istiod-${revision}.${namespace}.svc:15012` })
  }),
  check(
    'An injected Pod that is created again has nothing twice, and is as before.',
    only({ path: /\/pods$/ }, ignoringSent(['metadata', 'annotations', 'sidecar.istio.io/status'])),
    async (scene) => {
      const once = await injectedByOther(scene, { spec: own })
      const place = await labelledNamespace(scene, 'again', { [rev]: once.revision })
      const { nodeName: _, ...spec } = once.spec
      const twice = seen(
        (await admitted(scene, place, { labels: once.labels, annotations: once.annotations, spec })).body,
      )
      fits(twice, {
        init: once.init,
        main: once.main,
        labels: once.labels,
        annotations: { ...once.annotations, 'proxy.istio.io/overrides': undefined },
      })
      fits(
        twice.volumes.filter((each) => each !== undefined && volumes.includes(each)),
        volumes,
      )
    },
  ),
  check(
    'A Pod that exists is not injected, whatever becomes of its labels.',
    breaking('the difference between a creation and an update', (sent) => {
      if (sent.method !== 'PATCH' || !sent.path.includes('/pods/')) return
      sent.method = 'POST'
      sent.path = sent.path.replace(/\/[^/]+$/, '')
      sent.headers['content-type'] = 'application/json'
      sent.query.set('dryRun', 'All')
      sent.body = {
        metadata: { name: 'b', labels: { [inject]: 'true' } },
        spec: { containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }] },
      }
    }),
    async (scene) => {
      await controlPlane(scene)
      const path = scene.at('pods')
      const spec = { containers: [{ name: 'main', image: 'registry.k8s.io/pause:3.10' }] }
      await scene.eventually(() => scene.ask(path, { body: { metadata: { name: 'a' }, spec } }), { status: 201 })
      const body = { metadata: { labels: { [inject]: 'true' } } }
      const type = 'application/merge-patch+json'
      const patched = await scene.ask(`${path}/a`, { method: 'PATCH', type, body })
      fits(patched.body, { metadata: { labels: { [inject]: 'true' } } })
      fits(at(patched.body, 'metadata', 'annotations', 'sidecar.istio.io/status'), undefined)
    },
  ),
]
