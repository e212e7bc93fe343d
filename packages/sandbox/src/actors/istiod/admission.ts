import { at, type Json, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { admit } from '@orbweaver/istio/validation/admit'
import { nodes } from '@orbweaver/kube/resources'
import type { ActorContext } from '../controller.ts'
import { celFault } from './cel-fault.ts'
import type { IstiodIdentity } from './identity.ts'
import { annotationProblem } from './injection/annotation-values.ts'
import { injectionPatch } from './injection/mutate.ts'
import { environmentOfPath } from './injection/path.ts'
import { wantsNative } from './injection/native.ts'
import { injectionRequired } from './injection/required.ts'
import { parsed, settingsOf } from './settings.ts'

/** Answers one AdmissionReview that came in at `path`; what istiod serves at /inject… and /validate. */
export function answerReview(
  context: ActorContext,
  identity: IstiodIdentity,
  call: { review: unknown; path: string },
): unknown {
  const uid = textAt(call.review, 'request', 'uid') ?? ''
  const response = call.path.startsWith('/inject') ? inject(context, identity, call) : validate(call.review)
  return { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: { uid, ...response } }
}

function validate(review: unknown): object {
  const { allowed, message, warnings } = admit(
    at(review, 'request', 'object'),
    textAt(review, 'request', 'operation') ?? '',
    { celFault },
  )
  const refused = message === undefined ? {} : { status: { message } }
  return warnings.length === 0 ? { allowed, ...refused } : { allowed, ...refused, warnings }
}

type Injector = {
  config: Json | undefined
  values: Json | undefined
  trustDomain: string
  proxyMetadata: Record<string, string>
}

/** ConfigMaps as this istiod reads them: key `config` is YAML, key `values` JSON, and mesh has the trust domain. */
function injectorOf(context: ActorContext, identity: IstiodIdentity): Injector | undefined {
  const map = settingsOf(context, identity, 'istio-sidecar-injector')
  if (map === undefined) return undefined
  const mesh = parsed(settingsOf(context, identity, 'istio'), 'mesh')
  return {
    config: parsed(map, 'config'),
    values: parsed(map, 'values'),
    trustDomain: textAt(mesh, 'trustDomain') ?? 'cluster.local',
    proxyMetadata: stringsAt(mesh, 'defaultConfig', 'proxyMetadata'),
  }
}

function inject(context: ActorContext, identity: IstiodIdentity, call: { review: unknown; path: string }): object {
  const injector = injectorOf(context, identity)
  if (injector === undefined) return { allowed: false, status: { message: 'sidecar injector is not configured' } }
  const pod = at(call.review, 'request', 'object')
  const namespace = textAt(call.review, 'request', 'namespace') ?? ''
  const named = withName(pod)
  if (named === undefined) return { allowed: false, status: { message: 'could not decode the Pod' } }
  if (!injectionRequired(named, namespace, injector.config)) return { allowed: true }
  const problem = annotationProblem(annotationsOf(named))
  if (problem !== undefined)
    return { allowed: false, status: { message: `failed to run injection template: ${problem}` } }
  const patch = injectionPatch(named, {
    revision: identity.revision,
    controlPlaneNamespace: identity.namespace,
    values: injector.values,
    injectedAnnotations: stringsAt(injector.config, 'injectedAnnotations'),
    trustDomain: injector.trustDomain,
    environment: environmentOfPath(call.path),
    proxyMetadata: injector.proxyMetadata,
    native: wantsNative(named, identity.environment.ENABLE_NATIVE_SIDECARS, context.caches.of(nodes).list()),
  })
  return { allowed: true, patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(patch)).toString('base64') }
}

/** A Pod from a controller may come with generateName only. */
function withName(pod: Json | undefined): KubernetesObject | undefined {
  if (isKubernetesObject(pod)) return pod
  const name = textAt(pod, 'metadata', 'generateName') ?? ''
  const metadata = { ...recordAt(pod, 'metadata'), name }
  const object: unknown = { apiVersion: 'v1', kind: 'Pod', ...recordAt(pod), metadata }
  return isKubernetesObject(object) ? object : undefined
}
