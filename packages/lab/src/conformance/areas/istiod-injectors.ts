import { isRecord, recordAt, stringsAt } from '@orbweaver/contracts/json'
import { breaking } from '../breakage.ts'
import { check, type Check } from '../check.ts'
import { fits, something } from '../fits.ts'
import { controlPlane } from './control-plane.ts'
import { other, rev } from './injection-ground.ts'
import {
  becomes,
  bundleOf,
  configuration,
  configurations,
  entry,
  group,
  losingRevision,
  merge,
  ofNoRevision,
} from './istiod-webhook-setup.ts'

/** API servers take it for a certificate. */
const wrong = Buffer.from('-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n').toString('base64')
const injector = 'check.sidecar-injector.istio.io'
/** Source: istio pkg/webhooks/webhookpatch.go. */
export const injectors: readonly Check[] = [
  check(
    'istiod writes its root into the caBundle of injection webhooks of its revision.',
    ofNoRevision,
    async (scene) => {
      const plane = await controlPlane(scene)
      const labels = { [rev]: plane.revision }
      const path = await configuration(scene, { kind: 'mutating', labels, webhooks: [entry(plane, injector)] })
      await becomes(scene, path, { clientConfig: { caBundle: await bundleOf(scene, plane) } })
    },
  ),
  check(
    'It knows them by the end of their names, sidecar-injector.istio.io: what lies beside them is left alone.',
    ofNoRevision,
    async (scene) => {
      const plane = await controlPlane(scene)
      const webhooks = [entry(plane, 'else.example.com'), entry(plane, injector)]
      const path = await configuration(scene, { kind: 'mutating', labels: { [rev]: plane.revision }, webhooks })
      await becomes(scene, path, { clientConfig: { caBundle: undefined } }, { clientConfig: { caBundle: something } })
    },
  ),
  check(
    'Webhooks of no revision, or of one nobody serves, are left alone.',
    breaking('the difference of revisions', ({ method, path, body }) => {
      if (method !== 'POST' || !configurations.test(path) || !isRecord(body)) return
      const own = recordAt(body, 'metadata')
      const known = stringsAt(own, 'annotations').revision
      body.metadata = { ...own, labels: { [rev]: known } }
    }),
    async (scene) => {
      const plane = await controlPlane(scene)
      const webhooks = [entry(plane, injector)]
      const paths: string[] = []
      for (const [name, labels] of Object.entries({
        none: {},
        gone: { [rev]: 'gone' },
        own: { [rev]: plane.revision },
      })) {
        const path = `${group}/mutatingwebhookconfigurations`
        const metadata = { name: scene.unique(name), labels, annotations: { revision: plane.revision } }
        fits(await scene.ask(path, { body: { metadata, webhooks } }), { status: 201 })
        paths.push(`${path}/${metadata.name}`)
      }
      const [none = '', gone = '', own = ''] = paths
      await becomes(scene, own, { clientConfig: { caBundle: something } })
      for (const path of [none, gone]) {
        fits((await scene.ask(path)).body, { webhooks: [{ clientConfig: { caBundle: undefined } }] })
      }
    },
  ),
  ...[
    { what: 'overwritten', caBundle: wrong },
    { what: 'emptied', caBundle: null },
  ].map(({ what, caBundle }) =>
    check(
      `A caBundle that was ${what} is written again, and all else of the webhook stays.`,
      losingRevision,
      async (scene) => {
        const plane = await controlPlane(scene)
        const root = await bundleOf(scene, plane)
        const labels = { [rev]: plane.revision }
        const path = await configuration(scene, { kind: 'mutating', labels, webhooks: [entry(plane, injector)] })
        await becomes(scene, path, { clientConfig: { caBundle: root } })
        const clientConfig = { ...recordAt(entry(plane, injector), 'clientConfig'), caBundle }
        const webhooks = [entry(plane, injector, { clientConfig, failurePolicy: 'Ignore', timeoutSeconds: 3 })]
        const patched = await scene.ask(path, { ...merge, body: { webhooks } })
        fits(patched, { status: 200, body: { webhooks: [{ clientConfig: { caBundle: caBundle ?? undefined } }] } })
        await becomes(scene, path, { clientConfig: { caBundle: root }, failurePolicy: 'Ignore', timeoutSeconds: 3 })
      },
    ),
  ),
  check(
    'A webhook that is given to another revision gets the same root, since both sign in one namespace.',
    losingRevision,
    async (scene) => {
      const [first, second] = await Promise.all([controlPlane(scene), other(scene)])
      const root = await bundleOf(scene, first)
      const labels = { [rev]: first.revision }
      const path = await configuration(scene, { kind: 'mutating', labels, webhooks: [entry(first, injector)] })
      await becomes(scene, path, { clientConfig: { caBundle: root } })
      const body = { metadata: { labels: { [rev]: second.revision } }, webhooks: [entry(second, injector)] }
      fits(await scene.ask(path, { ...merge, body }), { status: 200 })
      await becomes(scene, path, { clientConfig: { caBundle: root, service: { name: `istiod-${second.revision}` } } })
    },
  ),
]
