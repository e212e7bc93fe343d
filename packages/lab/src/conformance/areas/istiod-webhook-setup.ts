import { isRecord, type JsonRecord, recordAt, stringsAt } from '@orbweaver/contracts/json'
import { type Breakage, breaking, ignoringSent, only } from '../breakage.ts'
import { fits, type Shape } from '../fits.ts'
import type { Scene } from '../scene.ts'
import type { ControlPlane } from './control-plane.ts'
import { rev } from './injection-ground.ts'
import { patchType } from './objects.ts'

export const group = '/apis/admissionregistration.k8s.io/v1'
export const merge = { method: 'PATCH', type: patchType.merge }
const kinds = { mutating: 'MutatingWebhookConfiguration', validating: 'ValidatingWebhookConfiguration' } as const
type Kind = keyof typeof kinds

/** For no object at all. */
const nothing = { matchLabels: { 'conformance.orbweaver.dev/nothing': 'true' } }

export const entry = ({ namespace, revision }: ControlPlane, name: string, more: JsonRecord = {}): JsonRecord => ({
  name,
  admissionReviewVersions: ['v1'],
  sideEffects: 'None',
  clientConfig: { service: { name: `istiod-${revision}`, namespace, path: '/inject', port: 443 } },
  objectSelector: nothing,
  rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
  ...more,
})

type Made = { kind: Kind; name?: string; labels?: Record<string, string>; webhooks: JsonRecord[] }

/** A configuration like those of the charts; gives its path. */
export async function configuration(
  scene: Scene,
  { kind, name = 'check', labels = {}, webhooks }: Made,
): Promise<string> {
  const path = `${group}/${kind}webhookconfigurations`
  const metadata = { name: scene.unique(name), labels }
  const body = { apiVersion: 'admissionregistration.k8s.io/v1', kind: kinds[kind], metadata, webhooks }
  fits(await scene.ask(path, { body }), { status: 201 })
  return `${path}/${metadata.name}`
}

export const becomes = (scene: Scene, path: string, ...webhooks: Shape[]): Promise<void> =>
  scene.eventually(() => scene.ask(path), { status: 200, body: { webhooks } })

export const configurations = /webhookconfigurations/

/** No webhook is of a revision. */
export const ofNoRevision = only({ path: configurations }, ignoringSent(['metadata', 'labels', rev]))

/** What is written a second time loses its revision. */
export const losingRevision: Breakage = breaking('care for webhooks', ({ method, path, body }) => {
  if (method !== 'PATCH' || !configurations.test(path) || !isRecord(body)) return
  body.metadata = { ...recordAt(body, 'metadata'), labels: { ...stringsAt(body, 'metadata', 'labels'), [rev]: null } }
})

/** The root, as a caBundle. */
export async function bundleOf({ ground }: Scene, { namespace }: ControlPlane): Promise<string> {
  const { body } = await ground.ask(`/api/v1/namespaces/${namespace}/configmaps/istio-ca-root-cert`)
  return Buffer.from(stringsAt(body, 'data')['root-cert.pem'] ?? '').toString('base64')
}
