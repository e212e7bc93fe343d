import { isRecord, type Json, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject, ObjectMeta } from '@orbweaver/contracts/kubernetes'
import { publicData } from '@orbweaver/istio/certificates/public-data'
import { writers } from '@orbweaver/istio/certificates/secret'
import { defaultTtl, secretTtl } from '@orbweaver/istio/certificates/workload-ttl'
import { isBuilders } from '@orbweaver/istio/diff/asked'
import { isMuting } from '@orbweaver/istio/findings/muting'
import { keptData } from '@orbweaver/istio/meshes/config-maps'
import { kubernetesYaml } from '@orbweaver/istio/kubernetes-yaml'
import { parse } from 'yaml'

/**
 * What the mirror keeps of each kind. Twenty thousand Pods must fit, and no secret value may stay: what is not named
 * here is dropped where the answer is parsed.
 */
export type Projection = (object: KubernetesObject) => KubernetesObject

/**
 * Objects that people write and that we show whole: only what servers and kubectl add is left out, but for what tells
 * which fields a mesh's blueprint put there.
 */
export const whole: Projection = (object) => {
  const metadata = metadataOf(object, keepsAnnotation)
  const built = listAt(object, 'metadata', 'managedFields').filter(isBuilders)
  return { ...object, metadata: built.length === 0 ? metadata : { ...metadata, managedFields: built } }
}

export const pod: Projection = (object) => ({
  ...bare(object, isPodAnnotation),
  spec: podSpec(recordAt(object, 'spec')),
  status: {
    ...picked(recordAt(object, 'status'), ['phase', 'reason', 'podIP', 'startTime']),
    conditions: listAt(object, 'status', 'conditions')
      .filter((each) => isRecord(each) && each.type === 'Ready')
      .map(condition),
    ...containerStatuses(object, 'containerStatuses'),
    ...containerStatuses(object, 'initContainerStatuses'),
  },
})

export const workload: Projection = (object) => ({
  ...bare(object),
  spec: {
    ...picked(recordAt(object, 'spec'), ['replicas', 'selector', 'paused', 'updateStrategy']),
    template: templateOf(recordAt(object, 'spec', 'template')),
  },
  status: counts(recordAt(object, 'status')),
})

export const cronJob: Projection = (object) => ({
  ...bare(object),
  spec: {
    ...picked(recordAt(object, 'spec'), ['suspend']),
    jobTemplate: { spec: { template: templateOf(recordAt(object, 'spec', 'jobTemplate', 'spec', 'template')) } },
  },
})

export const node: Projection = (object) => ({
  ...bare(object),
  spec: picked(recordAt(object, 'spec'), ['podCIDR', 'podCIDRs', 'unschedulable']),
  status: {
    nodeInfo: picked(recordAt(object, 'status', 'nodeInfo'), ['kubeletVersion', 'osImage', 'architecture']),
    allocatable: amounts(recordAt(object, 'status', 'allocatable')),
    conditions: listAt(object, 'status', 'conditions')
      .filter((each) => isRecord(each) && each.type === 'Ready')
      .map(condition),
  },
})

export const endpointSlice: Projection = (object) => ({
  ...bare(object),
  ...picked(object, ['addressType', 'ports']),
  endpoints: listAt(object, 'endpoints').map((each) => ({
    ...picked(recordAt(each), ['addresses', 'nodeName', 'zone', 'conditions']),
    targetRef: picked(recordAt(each, 'targetRef'), ['kind', 'name', 'namespace']),
  })),
})

/**
 * Names, type and key names: every value is the empty string, but for certificates that whoever connects is shown: those an
 * istiod signs by, and those of TLS. Of tools only the marks of who keeps it stay, other annotations hold copies.
 */
export const secret: Projection = (object) => {
  const kept = bare(object, (key, value) => isIstioAnnotation(key, value) || keepersMarks.has(key))
  const managedFields = writers(object)
  return {
    ...kept,
    ...(managedFields.length > 0 && { metadata: { ...kept.metadata, managedFields } }),
    ...picked(object, ['type']),
    data: {
      ...Object.fromEntries(Object.keys(recordAt(object, 'data')).map((key) => [key, ''])),
      ...publicData(object),
    },
  }
}

/** Of Istio's own ConfigMaps the few settings that are judged by; any other is a name. Values may hold secrets. */
export const configMap: Projection = (object) => ({
  ...bare(object, isIstioAnnotation),
  data: keptData(object, (text): unknown => parse(text, kubernetesYaml)),
})

/** Names and versions; of all schemas only the Istio versions an operator can install (Sail `spec.version`). */
export const customResourceDefinition: Projection = (object) => ({
  ...bare(object),
  spec: {
    ...picked(recordAt(object, 'spec'), ['group', 'scope', 'names']),
    versions: listAt(object, 'spec', 'versions').map((version) => {
      const offered = recordAt(version, ...versionSchema)
      const kept = picked(recordAt(version), ['name', 'served', 'storage'])
      return 'enum' in offered ? { ...kept, ...nested(versionSchema, picked(offered, ['enum', 'default'])) } : kept
    }),
  },
  status: { conditions: listAt(object, 'status', 'conditions').map(condition) },
})

const versionSchema = ['schema', 'openAPIV3Schema', 'properties', 'spec', 'properties', 'version']

function nested(path: readonly string[], value: Json): JsonRecord {
  const [last, ...before] = [...path].reverse()
  return before.reduce<JsonRecord>((inner, key) => ({ [key]: inner }), { [last ?? '']: value })
}

function podSpec(spec: JsonRecord): JsonRecord {
  const containers = listAt(spec, 'containers').map((each) => ({
    ...picked(recordAt(each), ['name', 'image']),
    ...userIn(each),
    ...requestsIn(each),
    ...keptEnvironment(each),
  }))
  const initContainers = listAt(spec, 'initContainers').map((each) => ({
    ...picked(recordAt(each), ['name', 'image', 'restartPolicy']),
    ...requestsIn(each),
    ...keptEnvironment(each),
  }))
  const kept = { ...picked(spec, ['hostNetwork', 'nodeName', 'serviceAccountName']), ...userIn(spec) }
  return initContainers.length === 0 ? { ...kept, containers } : { ...kept, containers, initContainers }
}

/** Whose user a Pod or a container runs as: one that runs as the proxy's goes past it. */
function userIn(spec: Json): JsonRecord {
  const context = picked(recordAt(spec, 'securityContext'), ['runAsUser'])
  return Object.keys(context).length === 0 ? {} : { securityContext: context }
}

/**
 * What a container asks for of its node, and of Istio's own what they may have. Pods of one template ask for the same: each
 * such record is kept once.
 */
function requestsIn(container: Json): JsonRecord {
  const requests = amounts(recordAt(container, 'resources', 'requests'))
  const isIstios = istiosContainers.has(textAt(container, 'name') ?? '')
  const limits = isIstios ? amounts(recordAt(container, 'resources', 'limits')) : {}
  const kept = {
    ...(Object.keys(requests).length > 0 && { requests }),
    ...(Object.keys(limits).length > 0 && { limits }),
  }
  return Object.keys(kept).length === 0 ? {} : { resources: kept }
}

const istiosContainers = new Set(['discovery', 'istio-proxy'])

const manyAmounts = new Map<string, JsonRecord>()

function amounts(from: JsonRecord): JsonRecord {
  const kept = picked(from, ['cpu', 'memory'])
  const key = JSON.stringify(kept)
  const known = manyAmounts.get(key)
  if (known !== undefined) return known
  if (manyAmounts.size >= mostTexts) manyAmounts.clear()
  manyAmounts.set(key, kept)
  return kept
}

/**
 * What istiod is told of its place (pilot/pkg/features/pilot.go), and for how long certificates hold; no other container's
 * environment is kept, and none that may be a secret.
 */
const keptVariables: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['discovery', new Set(['CLUSTER_ID', 'REVISION', 'EXTERNAL_ISTIOD', 'BLOCKED_CIDRS_IN_JWKS_URIS', defaultTtl])],
  ['istio-proxy', new Set([secretTtl])],
])

function keptEnvironment(container: Json): JsonRecord {
  const variables = keptVariables.get(textAt(container, 'name') ?? '')
  if (variables === undefined) return {}
  const env = listAt(container, 'env').filter((each) => variables.has(textAt(each, 'name') ?? ''))
  return env.length === 0 ? {} : { env: env.map((each) => picked(recordAt(each), ['name', 'value'])) }
}

function containerStatuses(object: KubernetesObject, field: string): JsonRecord {
  const statuses = listAt(object, 'status', field)
  return statuses.length === 0 ? {} : { [field]: statuses.map((each) => picked(recordAt(each), ['name', 'ready'])) }
}

function condition(each: Json): JsonRecord {
  return picked(recordAt(each), ['type', 'status', 'reason', 'message', 'lastTransitionTime'])
}

function templateOf(template: JsonRecord): JsonRecord {
  const metadata = recordAt(template, 'metadata')
  return {
    metadata: { ...labelsIn(metadata), annotations: annotationsIn(metadata, keepsAnnotation) },
    spec: podSpec(recordAt(template, 'spec')),
  }
}

/** A workload's status is counts, and the conditions that say why a rollout hangs. */
function counts(status: JsonRecord): JsonRecord {
  const kept: JsonRecord = {}
  for (const [key, value] of Object.entries(status)) if (typeof value === 'number') kept[key] = value
  return { ...kept, conditions: listAt(status, 'conditions').map(condition) }
}

function bare(object: KubernetesObject, keeps: KeepsAnnotation = keepsAnnotation): KubernetesObject {
  return { apiVersion: object.apiVersion, kind: object.kind, metadata: metadataOf(object, keeps) }
}

type KeepsAnnotation = (key: string, value: string) => boolean

function metadataOf({ metadata }: KubernetesObject, keeps: KeepsAnnotation): ObjectMeta {
  const { managedFields: _managed, annotations: _annotations, labels: _labels, selfLink: _link, ...rest } = metadata
  const annotations = annotationsIn(metadata, keeps)
  return {
    ...rest,
    ...labelsIn(metadata),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  }
}

function labelsIn(metadata: JsonRecord): { labels?: Record<string, string> } {
  const entries = textEntries(metadata.labels)
  return entries.length === 0 ? {} : { labels: Object.fromEntries(entries.map(([key, value]) => [key, shared(value)])) }
}

function annotationsIn(metadata: JsonRecord, keeps: KeepsAnnotation): Record<string, string> {
  const kept = textEntries(metadata.annotations).filter(([key, value]) => keeps(key, value))
  return Object.fromEntries(kept.map(([key, value]) => [key, shared(value)]))
}

function textEntries(value: Json | undefined): [string, string][] {
  return Object.entries(isRecord(value) ? value : {}).flatMap(([key, each]) =>
    typeof each === 'string' ? [[key, each]] : [],
  )
}

const longestAnnotation = 4_096

function keepsAnnotation(key: string, value: string): boolean {
  return key !== 'kubectl.kubernetes.io/last-applied-configuration' && value.length <= longestAnnotation
}

function isIstioAnnotation(key: string, value: string): boolean {
  return (/(^|\.)istio\.io\//.test(key) || isMuting(key)) && value.length <= longestAnnotation
}

/** By what apps/bff/src/changes/managed-by.ts knows who keeps an object. */
const keepersMarks = new Set([
  'argocd.argoproj.io/tracking-id',
  'cert-manager.io/certificate-name',
  'meta.helm.sh/release-name',
])

/** Tools write a lot on Pods that concerns their nodes and their networks, and one by one it is what memory goes to. */
function isPodAnnotation(key: string, value: string): boolean {
  return (
    isIstioAnnotation(key, value) || key.startsWith('orbweaver.dev/') || key === 'kubectl.kubernetes.io/restartedAt'
  )
}

function picked(from: JsonRecord, fields: readonly string[]): JsonRecord {
  const kept: JsonRecord = {}
  for (const field of fields) {
    const value = from[field]
    if (value !== undefined) kept[field] = typeof value === 'string' ? shared(value) : value
  }
  return kept
}

/** Images, versions and label values repeat in every Pod, but each parsed answer brings its own copy. */
const texts = new Map<string, string>()
const mostTexts = 50_000

function shared(text: string): string {
  const known = texts.get(text)
  if (known !== undefined) return known
  if (texts.size >= mostTexts) texts.clear()
  texts.set(text, text)
  return text
}
