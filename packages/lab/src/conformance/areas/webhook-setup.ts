import { type JsonRecord, textAt } from '@orbweaver/contracts/json'
import { ignoringSent, only } from '../breakage.ts'
import { fits } from '../fits.ts'
import type { Scene } from '../scene.ts'
import type { Judge, Verdict, WebhookServer } from '../webhook-server.ts'
import { configMap } from './objects.ts'

const group = '/apis/admissionregistration.k8s.io/v1'
const kinds = { mutating: 'MutatingWebhookConfiguration', validating: 'ValidatingWebhookConfiguration' }
type Kind = keyof typeof kinds

const pathOf = (kind: Kind): string => `${group}/${kind}webhookconfigurations`

export const configMaps = {
  apiGroups: [''],
  apiVersions: ['v1'],
  operations: ['CREATE', 'UPDATE'],
  resources: ['configmaps'],
}

type Wish = JsonRecord & { path?: string }

/** A webhook for ConfigMaps of the check's namespace alone. */
export function webhook({ namespace }: Scene, server: WebhookServer, { path = '/', ...more }: Wish = {}): JsonRecord {
  return {
    name: 'check.conformance.orbweaver.dev',
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    timeoutSeconds: 5,
    clientConfig: { url: `${server.url}${path}`, caBundle: server.caBundle },
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    rules: [configMaps],
    ...more,
  }
}

type Setup = { kind: Kind; webhooks: JsonRecord[]; name?: string; annotations?: Record<string, string> }

export const configure = (scene: Scene, { kind, webhooks, name = 'check', annotations = {} }: Setup) =>
  scene.ask(pathOf(kind), {
    body: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: kinds[kind],
      metadata: { name: scene.unique(name), annotations },
      webhooks,
    },
  })

/** Creates the configuration and waits until the server has heard of it: a probe reaches the webhook. */
export async function hooked(scene: Scene, server: WebhookServer, setup: Setup): Promise<void> {
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

export const adding = (key: string, value: string): Verdict =>
  jsonPatch({ op: 'add', path: `/metadata/annotations/${key}`, value })
export const annotated = (name: string): JsonRecord =>
  configMap(name, { metadata: { name, annotations: { made: 'here' } } })

export const allow = { allowed: true }
export const isProbe = (request: JsonRecord): boolean => textAt(request, 'name') === 'probe'

/** Says no to all but probes. */
export const denying =
  (verdict: Verdict): Judge =>
  (request) =>
    isProbe(request) ? allow : verdict

export const of = (server: WebhookServer, name: string) =>
  server.calls.filter(({ request }) => textAt(request, 'name') === name)

/** Webhooks are configured and never asked. */
export const neverAsked = only({ path: /webhookconfigurations$/ }, ignoringSent(['webhooks', '*', 'rules']))

export const create = ({ ask, at }: Scene, name: string, body: JsonRecord = annotated(name)) =>
  ask(at('configmaps'), { body })

/**
 * Waits until the server's cache has this data. A write that finds an older object there begins again with the one in
 * etcd, and asks its webhooks a second time. Source: k8s.io/apiserver pkg/storage/etcd3 store.go, GuaranteedUpdate.
 */
export const cached = ({ ask, at, eventually }: Scene, name: string, data: JsonRecord): Promise<void> =>
  eventually(() => ask(at(`configmaps/${name}?resourceVersion=0`)), { status: 200, body: { data } })
