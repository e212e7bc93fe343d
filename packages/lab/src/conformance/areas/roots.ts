import { X509Certificate } from 'node:crypto'
import { stringsAt, textAt } from '@orbweaver/contracts/json'
import { breaking, ignoringSent, only, stating } from '../breakage.ts'
import { check, type Check } from '../check.ts'
import { fits, including, something } from '../fits.ts'
import { answering } from '../forms.ts'
import type { Scene } from '../scene.ts'
import { controlPlane, undiscovered } from './control-plane.ts'
import { labelledNamespace } from './injection-ground.ts'
import { patchType } from './objects.ts'

const map = 'istio-ca-root-cert'
const key = 'root-cert.pem'
const merge = { method: 'PATCH', type: patchType.merge }

const pathIn = (namespace: string, name = map): string => `/api/v1/namespaces/${namespace}/configmaps/${name}`

/** The root that the control plane of the run signs under. */
async function rootOf(scene: Scene): Promise<string> {
  const { namespace } = await controlPlane(scene)
  const secret = await scene.ground.ask(`/api/v1/namespaces/${namespace}/secrets/istio-ca-secret`)
  fits(secret, { status: 200, body: { data: { [key]: something } } })
  return Buffer.from(textAt(secret.body, 'data', key) ?? '', 'base64').toString('utf8')
}

/** A new namespace that has its root. */
async function rooted(scene: Scene): Promise<{ path: string; root: string }> {
  const root = await rootOf(scene)
  const path = pathIn(await labelledNamespace(scene, 'new', {}))
  await scene.eventually(() => scene.ask(path), { status: 200, body: { data: { [key]: root } } })
  return { path, root }
}

/** istiod does not know of namespaces that are made: its mesh leaves them out. */
const notDiscovering = breaking('discovery of namespaces', ({ method, path, body }) => {
  if (method !== 'POST' || !path.endsWith('/namespaces')) return
  Object.assign(body ?? {}, { metadata: { name: textAt(body, 'metadata', 'name'), labels: undiscovered } })
})

/** Source: istio pilot/pkg/serviceregistry/kube/controller/namespacecontroller.go, security/pkg/k8s/configutil.go. */
const distribution: readonly Check[] = [
  check(
    'Every new namespace gets the ConfigMap istio-ca-root-cert with the root at root-cert.pem, and a label.',
    notDiscovering,
    async (scene) => {
      const { path, root } = await rooted(scene)
      fits((await scene.ask(path)).body, { metadata: { labels: { 'istio.io/config': 'true' } }, data: { [key]: root } })
    },
  ),
  check(
    'Beside it lies istio-ca-crl, the list of revoked certificates, which is empty.',
    notDiscovering,
    async (scene) => {
      await controlPlane(scene)
      const path = pathIn(await labelledNamespace(scene, 'new', {}), 'istio-ca-crl')
      await scene.eventually(() => scene.ask(path), {
        status: 200,
        body: { metadata: { labels: { 'istio.io/config': 'true' } }, data: { 'ca-crl.pem': '' } },
      })
    },
  ),
  check(
    'A root that somebody changed is put right again.',
    only({ method: 'PATCH' }, stating(['immutable'], true)),
    async (scene) => {
      const { path, root } = await rooted(scene)
      fits(await scene.ask(path, { ...merge, body: { data: { [key]: 'changed' } } }), { status: 200 })
      await scene.eventually(() => scene.ask(path), { body: { data: { [key]: root } } })
    },
  ),
  check(
    'Other keys that somebody adds to it stay.',
    only({ method: 'PATCH' }, ignoringSent(['data', 'own'])),
    async (scene) => {
      const { path, root } = await rooted(scene)
      await scene.ask(path, { ...merge, body: { data: { [key]: 'changed', own: 'kept' } } })
      await scene.eventually(() => scene.ask(path), { body: { data: { [key]: root, own: 'kept' } } })
    },
  ),
  check(
    'A root that somebody deleted is there again, as a new object.',
    breaking('deletion', ({ method, query }) => {
      if (method === 'DELETE') query.set('dryRun', 'All')
    }),
    async (scene) => {
      const { path, root } = await rooted(scene)
      const before = textAt((await scene.ask(path)).body, 'metadata', 'uid') ?? ''
      fits(await scene.ask(path, { method: 'DELETE' }), { status: 200 })
      await scene.eventually(() => scene.ask(path), {
        status: 200,
        body: { metadata: { uid: (uid) => something(uid) && uid !== before }, data: { [key]: root } },
      })
    },
  ),
  check(
    'kube-system has the root, too; kube-public and kube-node-lease do not.',
    breaking('the difference of system namespaces', (sent) => {
      sent.path = sent.path.replace('/kube-public/', '/kube-system/')
    }),
    async (scene) => {
      const root = await rootOf(scene)
      await scene.eventually(() => scene.ask(pathIn('kube-system')), { status: 200, body: { data: { [key]: root } } })
      for (const namespace of ['kube-public', 'kube-node-lease']) {
        fits(await scene.ask(pathIn(namespace)), { status: 404 })
      }
    },
  ),
  check(
    'A namespace that the discoverySelectors of the mesh leave out gets no root, until they take it in.',
    only({ method: 'POST', path: /\/namespaces$/ }, ignoringSent(['metadata', 'labels'])),
    async (scene) => {
      await controlPlane(scene)
      const namespace = await labelledNamespace(scene, 'unknown', undiscovered)
      const { root } = await rooted(scene)
      fits(await scene.ask(pathIn(namespace)), { status: 404 })
      const labels = Object.fromEntries(Object.keys(undiscovered).map((name) => [name, null]))
      await scene.ask(`/api/v1/namespaces/${namespace}`, { ...merge, body: { metadata: { labels } } })
      await scene.eventually(() => scene.ask(pathIn(namespace)), { status: 200, body: { data: { [key]: root } } })
    },
  ),
]

/** Source: istio pilot/pkg/bootstrap/istio_ca.go, security/pkg/pki/ca/selfsignedcarootcert.go. */
const authority: readonly Check[] = [
  check(
    "istiod's own root lies in the Secret istio-ca-secret of its namespace, beside the key, with room for what others plug in.",
    only({ path: /secrets/ }, answering(['type'], 'Opaque')),
    async (scene) => {
      const { namespace } = await controlPlane(scene)
      const { body } = await scene.ask(`/api/v1/namespaces/${namespace}/secrets/istio-ca-secret`)
      fits(body, {
        type: 'istio.io/ca-root',
        data: { 'ca-cert.pem': something, 'ca-key.pem': something, 'cert-chain.pem': '', 'key.pem': '' },
      })
      fits(textAt(body, 'data', key), textAt(body, 'data', 'ca-cert.pem'))
    },
  ),
  check(
    'The root is a certificate authority of the trust domain, which signed itself for ten years.',
    only({ path: /configmaps/ }, answering(['data', key], 'none')),
    async (scene) => {
      await rootOf(scene)
      const text = await scene.ask(pathIn((await controlPlane(scene)).namespace))
      fits(text.body, { data: { [key]: /^-----BEGIN CERTIFICATE-----\n/ } })
      const root = new X509Certificate(textAt(text.body, 'data', key) ?? '')
      const years = (Date.parse(root.validTo) - Date.parse(root.validFrom)) / (365 * 24 * 3_600_000)
      fits(
        { ca: root.ca, subject: root.subject, own: root.verify(root.publicKey), years: Math.round(years) },
        { ca: true, subject: 'O=cluster.local', own: true, years: 10 },
      )
    },
  ),
  check(
    'All control planes of a namespace sign under one root: it is the caBundle of each of their webhooks.',
    only({ path: /webhookconfigurations/ }, answering(['items', '*', 'webhooks', '*', 'clientConfig', 'caBundle'], '')),
    async (scene) => {
      const { namespace, revision } = await controlPlane(scene)
      const caBundle = Buffer.from(await rootOf(scene)).toString('base64')
      const group = '/apis/admissionregistration.k8s.io/v1'
      const webhooks = including({ clientConfig: { caBundle } })
      for (const [kind, name] of [
        ['mutating', `istio-sidecar-injector-${revision}-${namespace}`],
        ['mutating', `istio-revision-tag-default-${namespace}`],
        ['validating', `istio-validator-${revision}-${namespace}`],
        ['validating', 'istiod-default-validator'],
      ] as const) {
        await scene.eventually(() => scene.ask(`${group}/${kind}webhookconfigurations`), {
          body: { items: including({ metadata: { name }, webhooks }) },
        })
      }
      fits(stringsAt((await scene.ask(pathIn(namespace))).body, 'data')[key], await rootOf(scene))
    },
  ),
]

export const roots: readonly Check[] = [...distribution, ...authority]
