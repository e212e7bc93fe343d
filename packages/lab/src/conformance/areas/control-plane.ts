import type { JsonRecord } from '@orbweaver/contracts/json'
import { fits, something } from '../fits.ts'
import type { Ground } from '../scene.ts'
import { shared } from '../once-a-run.ts'
import { pod } from './objects.ts'

const sail = '/apis/sailoperator.io/v1'
export const istios = `${sail}/istios`
export const tags = `${sail}/istiorevisiontags`

/** A control plane that runs and answers. */
export type ControlPlane = {
  /** Where its istiod runs. */
  readonly namespace: string
  /** Name of its Istio object. */
  readonly istio: string
  /** Name of its IstioRevision, and the value of `istio.io/rev`. */
  readonly revision: string
}

/** Which istiod runs is the target's matter: only the tags of images follow it. */
const version = 'v1.30.3'

type Wish = { readonly name: string; readonly namespace: string; readonly values?: JsonRecord }

/**
 * An istiod with these values, ready as Sail says. It stands in the namespace of another, or else in one where nothing of
 * Istio watches namespaces: two that sign with roots of their own would fight over the root in each.
 */
export async function install(ground: Ground, { name, namespace, values = {} }: Wish): Promise<ControlPlane> {
  const { ask, eventually } = ground
  const spec = { version, namespace, updateStrategy: { type: 'RevisionBased' }, values }
  const body = { apiVersion: 'sailoperator.io/v1', kind: 'Istio', metadata: { name }, spec }
  fits(await ask(istios, { body }), { status: 201 })
  const revision = `${name}-${version.replaceAll('.', '-')}`
  await eventually(() => ask(`${istios}/${name}`), {
    status: 200,
    body: { status: { state: 'Healthy', activeRevisionName: revision } },
  })
  await injects(ground, { by: revision, revision })
  return { namespace, istio: name, revision }
}

/** Waits until a Pod that names a revision or a tag is injected: the API server knows the webhook, and istiod answers. */
async function injects(
  { ask, at, eventually }: Ground,
  { by, revision }: Record<'by' | 'revision', string>,
): Promise<void> {
  const wish = pod('probe', { labels: { 'istio.io/rev': by, 'sidecar.istio.io/inject': 'true' } })
  await eventually(() => ask(at('pods?dryRun=All'), { body: wish }), {
    status: 201,
    body: { metadata: { annotations: { 'istio.io/rev': revision, 'sidecar.istio.io/status': something } } },
  })
}

/** Tags what the Istio has for active, and waits until Pods of the tag are injected. */
export async function tag(ground: Ground, name: string, { istio, revision }: ControlPlane): Promise<void> {
  const spec = { targetRef: { kind: 'Istio', name: istio } }
  const body = { apiVersion: 'sailoperator.io/v1', kind: 'IstioRevisionTag', metadata: { name }, spec }
  fits(await ground.ask(tags, { body }), { status: 201 })
  await injects(ground, { by: name, revision })
}

/** What istiod refuses and the CRD's schema does not. */
const badRule = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'probe' },
  spec: { hosts: ['probe.example.com'], http: [{ route: [{ destination: { host: 'probe' }, weight: -1 }] }] },
}

/** Of a namespace that istiod is to know nothing of. */
export const undiscovered = { 'conformance.orbweaver.dev/undiscovered': 'true' }

/** Every istiod of a run has it: one of them keeps the namespaces. */
export const meshConfig = {
  discoverySelectors: [
    { matchExpressions: Object.keys(undiscovered).map((key) => ({ key, operator: 'DoesNotExist' })) },
  ],
}

/** The namespace of the run's control planes. */
export const home = shared(async ({ ask, unique }) => {
  const name = unique('istio')
  fits(await ask('/api/v1/namespaces', { body: { metadata: { name } } }), { status: 201 })
  return name
})

/** Makes it the control plane of `istio-injection=enabled`, which validates every object, too. */
export async function tagDefault(ground: Ground, plane: ControlPlane): Promise<void> {
  const { ask, at, eventually } = ground
  await eventually(() => ask(`${tags}/default`), { status: 404 })
  await tag(ground, 'default', plane)
  await eventually(() => ask(at('networking.istio.io/v1/virtualservices?dryRun=All'), { body: badRule }), {
    status: 400,
    body: { message: /^admission webhook "validation\.istio\.io" denied the request/ },
  })
}

/**
 * The control plane of a run: an Istio with a revision in its name and the tag `default`, so that it is the one of
 * `istio-injection=enabled` and validates every object. Its istiod answers both webhooks.
 */
export const controlPlane = shared(async (ground): Promise<ControlPlane> => {
  const namespace = await home({ ground })
  // So soon gives it up a remote cluster that it cannot read.
  const values = { meshConfig, pilot: { env: { PILOT_REMOTE_CLUSTER_TIMEOUT: '2s' } } }
  const made = await install(ground, { name: ground.unique('istio'), namespace, values })
  await tagDefault(ground, made)
  return made
})
