import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Attempt } from '../admission/admission.ts'
import { chargeQuota } from '../admission/quota.ts'
import { trackUpdate } from '../apply/track.ts'
import { behaviourOf } from '../builtins/behaviours.ts'
import type { Cluster } from '../cluster.ts'
import type { Served } from '../definition.ts'
import type { Call, Reply } from '../http/call.ts'
import { ApiFault, alreadyExists, badRequest } from '../status.ts'
import { decodeBody } from './decode.ts'
import { objectReply } from './get.ts'
import { generatedName, newMetadata } from './object-meta.ts'
import { defaulted, validateObject } from './validate-object.ts'
import { sentOptions, writeOptions, type WriteOptions } from './write-options.ts'

export async function create(cluster: Cluster, call: Call, served: Served): Promise<Reply> {
  const options = writeOptions(call, 'CreateOptions')
  const object = await decodeBody({ call, served, fieldValidation: options.fieldValidation })
  inNamespace(object, call, served)
  defaulted(served, object)
  trackUpdate({ served, subresource: '', manager: options.fieldManager, time: cluster.clock() }, undefined, object)
  const made = await createObject(cluster, { call, served, options }, object)
  return objectReply({ cluster, call, served }, made, 201)
}

/** The namespace of the URL holds; another one in the object is refused. */
export function inNamespace(object: KubernetesObject, call: Call, served: Served): void {
  const { metadata } = object
  if (!served.definition.namespaced) {
    delete metadata.namespace
    return
  }
  if (metadata.namespace !== undefined && metadata.namespace !== '' && metadata.namespace !== call.info.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  }
  metadata.namespace = call.info.namespace
}

/** `trackedAs` names the subresource in managedFields where it is not the one of the URL's handler. */
export type Writing = { call: Call; served: Served; options: WriteOptions; trackedAs?: string }

/** Admits, completes, validates and stores a new object whose fields are already tracked. */
export async function createObject(
  cluster: Cluster,
  writing: Writing,
  decoded: KubernetesObject,
): Promise<KubernetesObject> {
  const { call, served, options } = writing
  const { definition } = served
  const attempt: Attempt = {
    operation: 'CREATE',
    served,
    subresource: '',
    namespace: definition.namespaced ? call.info.namespace : '',
    name: decoded.metadata.name,
    user: call.user,
    dryRun: options.dryRun,
    options: sentOptions('CreateOptions', options),
    object: decoded,
    before: undefined,
    warnings: call.warnings,
  }
  const object = await cluster.admission.mutate(attempt)
  if (object.metadata.resourceVersion !== undefined && object.metadata.resourceVersion !== '') {
    throw new ApiFault({ code: 500, reason: '', message: 'resourceVersion should not be set on objects to be created' })
  }
  named(cluster, object)
  newMetadata(cluster, served, object)
  if (served.version.status && !definition.builtin) delete object.status
  if (definition.builtin) behaviourOf(definition.key).prepare?.(cluster.store, object, undefined)
  validateObject(served, object, undefined)
  await cluster.admission.validate({ ...attempt, object, name: object.metadata.name })
  if (cluster.store.get(definition.key, object.metadata.namespace, object.metadata.name) !== undefined) {
    throw alreadyExists(definition, object.metadata.name)
  }
  chargeQuota(cluster.store, definition, object)
  if (options.dryRun) return object
  return cluster.store.put(definition.key, { ...object, apiVersion: storageApiVersion(served) }).object
}

function named(cluster: Cluster, object: KubernetesObject): void {
  const prefix = object.metadata.generateName
  if (object.metadata.name === '' && typeof prefix === 'string' && prefix !== '') {
    object.metadata.name = generatedName(cluster, prefix)
  }
}

export function storageApiVersion(served: Served): string {
  const { group, storageVersion } = served.definition
  return group === '' ? storageVersion : `${group}/${storageVersion}`
}
