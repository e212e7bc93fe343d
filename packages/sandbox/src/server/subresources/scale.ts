import { at, type JsonRecord, numberAt, recordAt, stringsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { builtinSchema } from '../builtins/definitions.ts'
import type { Cluster } from '../cluster.ts'
import { asObject, cloneObject, cloneRecord, ensureRecord } from '../clone.ts'
import type { ScalePaths, Served } from '../definition.ts'
import { type Call, jsonReply, type Reply } from '../http/call.ts'
import { mediaType, parseJsonText } from '../http/body.ts'
import { jsonPatch, mergePatch, readOperations } from '../json-patch.ts'
import { badRequest, methodNotAllowed, unsupportedMediaType } from '../status.ts'
import { decodeBody } from '../verbs/decode.ts'
import { entryFor } from '../verbs/get.ts'
import { updateObject } from '../verbs/update.ts'
import { writeOptions } from '../verbs/write-options.ts'

const scalable: ReadonlySet<string> = new Set(['deployments.apps', 'replicasets.apps', 'statefulsets.apps'])

/** Where replicas are: the same place for all built-in kinds, the CRD's for custom ones. */
export function scalePathsOf(served: Served): ScalePaths | undefined {
  if (!served.definition.builtin) return served.version.scale
  if (!scalable.has(served.definition.key)) return undefined
  return { specReplicas: '.spec.replicas', statusReplicas: '.status.replicas', selector: undefined }
}

type Scaled = { served: Served; paths: ScalePaths }

export async function scale(cluster: Cluster, call: Call, by: Scaled): Promise<Reply> {
  const { served } = by
  switch (call.info.verb) {
    case 'get':
      return jsonReply(200, JSON.stringify(scaleOf(entryFor(cluster, call, served).object, by)))
    case 'update':
    case 'patch':
      return write(cluster, call, by)
    default:
      throw methodNotAllowed()
  }
}

function steps(path: string): string[] {
  return path.split('.').filter((each) => each !== '')
}

function scaleOf(object: KubernetesObject, { paths }: Scaled): JsonRecord {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata
  const selector =
    paths.selector === undefined ? selectorText(object) : (at(object, ...steps(paths.selector)) ?? undefined)
  return cloneRecord({
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: cloneRecord({ name, namespace, uid, resourceVersion, creationTimestamp }),
    spec: wishedReplicas(numberAt(object, ...steps(paths.specReplicas))),
    status: cloneRecord({ replicas: numberAt(object, ...steps(paths.statusReplicas)) ?? 0, selector }),
  })
}

/** None are not told. Source: ScaleSpec's omitempty in k8s.io/api autoscaling/v1. */
function wishedReplicas(replicas = 0): JsonRecord {
  return replicas === 0 ? {} : { replicas }
}

function selectorText(object: KubernetesObject): string | undefined {
  const labels = Object.entries(stringsAt(object, 'spec', 'selector', 'matchLabels'))
  return labels.length === 0 ? undefined : labels.map(([key, value]) => `${key}=${value}`).join(',')
}

async function write(cluster: Cluster, call: Call, by: Scaled): Promise<Reply> {
  const { served, paths } = by
  const options = writeOptions(call, call.info.verb === 'patch' ? 'PatchOptions' : 'UpdateOptions')
  const sent = await wished(cluster, call, by)
  const replicas = numberAt(sent, 'spec', 'replicas') ?? 0
  if (replicas < 0) throw badRequest('spec.replicas: Invalid value: must be greater than or equal to 0')
  const plain = { ...call, info: { ...call.info, subresource: '' } }
  const updated = await updateObject(cluster, { call: plain, served, options, trackedAs: 'scale' }, (before) => {
    const object = cloneObject(before)
    const path = steps(paths.specReplicas)
    const last = path.pop() ?? 'replicas'
    let parent: JsonRecord = object
    for (const step of path) parent = ensureRecord(parent, step)
    parent[last] = replicas
    const version = recordAt(sent, 'metadata').resourceVersion
    if (typeof version === 'string') object.metadata.resourceVersion = version
    return { object, track: true }
  })
  return jsonReply(200, JSON.stringify(scaleOf(updated, by)))
}

async function wished(cluster: Cluster, call: Call, by: Scaled): Promise<JsonRecord> {
  if (call.info.verb === 'update') return decodeBody({ call, served: scaleKind(by.served), fieldValidation: 'Warn' })
  const current = scaleOf(entryFor(cluster, call, by.served).object, by)
  const bytes = await call.body()
  const parsed = parseJsonText(bytes.toString('utf8'))
  if (!('value' in parsed)) throw badRequest(`error decoding patch: ${parsed.error}`)
  const type = mediaType(call.headers['content-type'])
  if (type === 'application/json-patch+json') return recordAt(jsonPatch(current, readOperations(parsed.value)))
  if (type === 'application/merge-patch+json' || type === 'application/strategic-merge-patch+json') {
    const { resourceVersion: _version, ...metadata } = recordAt(current, 'metadata')
    return asObject(recordAt(mergePatch({ ...current, metadata }, parsed.value)))
  }
  throw unsupportedMediaType(['application/json-patch+json', 'application/merge-patch+json'])
}

function scaleKind(served: Served): Served {
  const schema = builtinSchema('autoscaling', 'v1', 'Scale')
  const definition = { ...served.definition, builtin: true, group: 'autoscaling', kind: 'Scale' }
  return { definition, version: { ...served.version, name: 'v1', schema } }
}
