import { type JsonRecord, textAt } from '@orbweaver/contracts/json'
import { type Breakage, ignoringSent, only, type Path } from '../breakage.ts'
import { fits, including, not, type Shape } from '../fits.ts'
import { withoutAnswered } from '../forms.ts'
import type { Answer, Ground } from '../scene.ts'
import { patchType } from './objects.ts'

/** What checks of the Sail Operator make and ask for. Sources are those of sail main @ 328df99d. */

export const sail = '/apis/sailoperator.io/v1'
export const admission = '/apis/admissionregistration.k8s.io/v1'
export const rbac = '/apis/rbac.authorization.k8s.io/v1'

/** A version with charts, one before it, and one that has lost its charts. */
const version = 'v1.30.3'
export const older = 'v1.30.2'
export const ended = 'v1.26.3'

type Kind = 'Istio' | 'IstioRevision' | 'IstioRevisionTag' | 'IstioCNI' | 'ZTunnel'

const object = (kind: Kind, name: string, spec: JsonRecord): JsonRecord => ({
  apiVersion: 'sailoperator.io/v1',
  kind,
  metadata: { name },
  spec,
})

export const istio = (name: string, spec: JsonRecord = {}): JsonRecord => object('Istio', name, { version, ...spec })

/** As the operator makes it for an Istio in that namespace. */
export const revision = (name: string, namespace: string, spec: JsonRecord = {}): JsonRecord =>
  object('IstioRevision', name, {
    version,
    namespace,
    values: { revision: name, global: { istioNamespace: namespace } },
    ...spec,
  })

export const tagOf = (name: string, kind: 'Istio' | 'IstioRevision', target: string): JsonRecord =>
  object('IstioRevisionTag', name, { targetRef: { kind, name: target } })

export const cni = (name: string, spec: JsonRecord = {}): JsonRecord => object('IstioCNI', name, { version, ...spec })

export const ztunnel = (name: string, spec: JsonRecord = {}): JsonRecord =>
  object('ZTunnel', name, { version, ...spec })

export const revisionBased = (more: JsonRecord = {}): JsonRecord => ({
  updateStrategy: { type: 'RevisionBased', ...more },
})

export const revisionOf = (name: string, of: string = version): string => `${name}-${of.replaceAll('.', '-')}`

export const merge = (body: JsonRecord) => ({ method: 'PATCH', type: patchType.merge, body })
export const patched = (spec: JsonRecord) => merge({ spec })
export const deleted = { method: 'DELETE' }

/** Makes it, and asks for it until it is like this. */
export async function settles(
  { ask, eventually }: Pick<Ground, 'ask' | 'eventually'>,
  path: string,
  shape: Shape,
): Promise<void> {
  await eventually(() => ask(path), { status: 200, body: shape })
}

export async function made({ ask }: Pick<Ground, 'ask'>, plural: string, body: JsonRecord): Promise<Answer> {
  const answer = await ask(`${sail}/${plural}`, { body })
  fits(answer, { status: 201 })
  return answer
}

/** No Pod may be made in the check's namespace: a control plane there has everything but istiod. */
export async function hollow({ ask, at }: Pick<Ground, 'ask' | 'at'>): Promise<void> {
  const body = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'no-pods' },
    spec: { hard: { pods: '0' } },
  }
  fits(await ask(at('resourcequotas'), { body }), { status: 201 })
}

/** An Istio in the check's own namespace, without istiod, whose revision is installed. */
export async function installed(scene: Ground, suffix: string, spec: JsonRecord = {}): Promise<string> {
  const name = scene.unique(suffix)
  await made(scene, 'istios', istio(name, { namespace: scene.namespace, ...spec }))
  await settles(scene, `${sail}/istios/${name}`, { status: { conditions: condition('Reconciled', 'True') } })
  return name
}

export const remoteProfile = (address: string, more: JsonRecord = {}): JsonRecord => ({
  profile: 'remote',
  values: { global: { remotePilotAddress: address }, ...more },
})

/** Conditions among which is this one. */
export const condition = (type: string, status: string, more: { readonly [field: string]: Shape } = {}) =>
  including({ type, status, ...more })

/** A condition in three words, type, status and reason, with this message or none. */
export function said(words: string, message?: Shape): { readonly [field: string]: Shape } {
  const [type = '', status = '', reason] = words.split(' ')
  return { type, status, reason, message }
}

export const notReferenced = said('InUse False NotReferencedByAnything', 'Not referenced by any pod or namespace')
export const referenced = said('InUse True ReferencedByWorkloads', 'Referenced by at least one pod or namespace')

/** A namespace of its own beside the check's, which goes when the check ends. */
export async function anotherNamespace(
  { ask, unique }: Pick<Ground, 'ask' | 'unique'>,
  suffix: string,
  labels: Record<string, string> = {},
): Promise<string> {
  const name = unique(suffix)
  fits(await ask('/api/v1/namespaces', { body: { metadata: { name, labels } } }), { status: 201 })
  return name
}

/** Waits until what is made now says that it is younger: objects say so in whole seconds. */
export async function later({ ask, eventually }: Pick<Ground, 'ask' | 'eventually'>, than: Answer): Promise<void> {
  const created = Date.parse(textAt(than.body, 'metadata', 'creationTimestamp') ?? '')
  const clock = async () => ({ isLater: Date.parse(String((await ask('/version')).headers.date)) > created })
  await eventually(clock, { isLater: true })
}

/** Others have had time to act: the server's clock shows another second, so often. */
export async function quiet({ ask, eventually }: Pick<Ground, 'ask' | 'eventually'>, seconds: number): Promise<void> {
  const clock = async () => ({ now: String((await ask('/version')).headers.date) })
  for (let passed = 0; passed < seconds; passed += 1) await eventually(clock, { now: not((await clock()).now) })
}

const on = (plural: string): RegExp => new RegExp(`/${plural}(/[^/]+)?(/status)?$`)

/** Nobody says how objects of this kind are. */
export const silent = (plural: string): Breakage =>
  only({ path: on(plural) }, withoutAnswered(['status'], ['items', '*', 'status']))

/** Conditions without their words. */
export const wordless = (plural: string): Breakage =>
  only({ path: on(plural) }, withoutAnswered(['status', 'conditions', '*', 'message']))

/** Of what is written of this kind, these fields have no effect. */
export const deaf = (plural: string, ...paths: readonly Path[]): Breakage =>
  only({ path: on(plural) }, ignoringSent(...paths))
