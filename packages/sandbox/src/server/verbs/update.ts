import { sameJson } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Attempt } from '../admission/admission.ts'
import { trackUpdate } from '../apply/track.ts'
import { behaviourOf } from '../builtins/behaviours.ts'
import type { Cluster } from '../cluster.ts'
import { cloneObject } from '../clone.ts'
import type { Call, Reply } from '../http/call.ts'
import type { Served } from '../definition.ts'
import { invalidValue } from '../field-errors.ts'
import { badRequest, conflict, invalid, modifiedMeanwhile, notFound } from '../status.ts'
import type { Entry } from '../store/collection.ts'
import { createObject, inNamespace, storageApiVersion, type Writing } from './create.ts'
import { decodeBody } from './decode.ts'
import { objectReply } from './get.ts'
import { storeUpdate } from './store-write.ts'
import { defaulted, validateObject } from './validate-object.ts'
import { sentOptions, writeOptions } from './write-options.ts'

export async function update(cluster: Cluster, call: Call, served: Served): Promise<Reply> {
  const options = writeOptions(call, 'UpdateOptions')
  const object = await decodeBody({ call, served, fieldValidation: options.fieldValidation })
  const { info } = call
  if (object.metadata.name === '') {
    throw badRequest(`name must be provided`)
  }
  if (object.metadata.name !== info.name) {
    throw badRequest(
      `the name of the object (${object.metadata.name}) does not match the name on the URL (${info.name})`,
    )
  }
  inNamespace(object, call, served)
  defaulted(served, object)
  const writing: Writing = { call, served, options }
  const stored = cluster.store.get(served.definition.key, object.metadata.namespace, info.name)
  if (stored === undefined && info.subresource === '' && behaviourOf(served.definition.key).createOnUpdate === true) {
    trackUpdate({ served, subresource: '', manager: options.fieldManager, time: cluster.clock() }, undefined, object)
    return objectReply({ cluster, call, served }, await createObject(cluster, writing, object), 201)
  }
  if (stored !== undefined) mustNameVersion(served, object)
  const updated = await updateObject(cluster, writing, () => ({ object: cloneObject(object), track: true }))
  return objectReply({ cluster, call, served }, updated, 200)
}

/** Custom objects are never replaced blindly. */
function mustNameVersion(served: Served, object: KubernetesObject): void {
  if (served.definition.builtin || (object.metadata.resourceVersion ?? '') !== '') return
  const complaint = invalidValue('metadata.resourceVersion', 0, 'must be specified for an update')
  throw invalid({ group: served.definition.group, kind: served.definition.plural }, object.metadata.name, [complaint])
}

/** A new state of an object; `track` is false when the maker has already set managedFields. */
export type Proposal = { object: KubernetesObject; track: boolean }

/** Writers that name no resourceVersion are retried on a race this often. Source: apiserver patch.go maxRetryWhenPatchConflicts. */
const attempts = 5

/** Reads, proposes, admits and stores; starts again when somebody was faster and the writer did not name a version. */
export async function updateObject(
  cluster: Cluster,
  writing: Writing,
  propose: (before: KubernetesObject) => Proposal | Promise<Proposal>,
): Promise<KubernetesObject> {
  const { call, served } = writing
  const { definition } = served
  const namespace = definition.namespaced ? call.info.namespace : undefined
  for (let round = 1; ; round += 1) {
    const stored = cluster.store.get(definition.key, namespace, call.info.name)
    if (stored === undefined) throw notFound(definition, call.info.name)
    const proposal = await propose(stored.object)
    const named = checkPreconditions(served, stored, proposal.object)
    const after = await completed(cluster, writing, { before: stored.object, proposal })
    const current = cluster.store.get(definition.key, namespace, call.info.name)
    if (current === stored) {
      return writing.options.dryRun ? after : storeUpdate(cluster, definition, { before: stored, after }).object
    }
    if (named || round >= attempts) throw conflict(definition, call.info.name, modifiedMeanwhile)
  }
}

/** True when the writer named a resourceVersion. */
function checkPreconditions(served: Served, stored: Entry, object: KubernetesObject): boolean {
  const { definition } = served
  const { name, uid, resourceVersion } = object.metadata
  const have = stored.object.metadata
  if (uid !== undefined && uid !== '' && uid !== have.uid) {
    const path = [definition.group, definition.plural, have.namespace, name].filter(
      (each) => each !== undefined && each !== '',
    )
    const message = `StorageError: invalid object, Code: 4, Key: /registry/${path.join('/')}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${uid}, UID in object meta: ${have.uid ?? ''}`
    throw conflict(definition, name, message)
  }
  const named = resourceVersion !== undefined && resourceVersion !== '' && resourceVersion !== '0'
  if (named && resourceVersion !== have.resourceVersion) throw conflict(definition, name, modifiedMeanwhile)
  return named
}

async function completed(
  cluster: Cluster,
  writing: Writing,
  states: { before: KubernetesObject; proposal: Proposal },
): Promise<KubernetesObject> {
  const { call, served, options } = writing
  const { before, proposal } = states
  const { subresource } = call.info
  const candidate = withServerFields(served, subresource, { before, after: proposal.object })
  if (proposal.track) {
    const writer = { served, subresource: writing.trackedAs ?? subresource, manager: options.fieldManager }
    trackUpdate({ ...writer, time: cluster.clock() }, before, candidate)
  }
  const attempt: Attempt = {
    operation: 'UPDATE',
    served,
    subresource,
    namespace: before.metadata.namespace ?? '',
    name: before.metadata.name,
    user: call.user,
    dryRun: options.dryRun,
    options: sentOptions('UpdateOptions', options),
    object: candidate,
    before,
    warnings: call.warnings,
  }
  const admitted = await cluster.admission.mutate(attempt)
  const after = withServerFields(served, subresource, { before, after: admitted })
  if (served.definition.builtin && subresource === '')
    behaviourOf(served.definition.key).prepare?.(cluster.store, after, before)
  after.apiVersion = storageApiVersion(served)
  raiseGeneration(served, after, before)
  validateObject(served, after, before)
  await cluster.admission.validate({ ...attempt, object: after })
  return after
}

const serverOwned = [
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
] as const

/** The status subresource changes status alone, the object itself everything but status. */
function withServerFields(
  served: Served,
  subresource: string,
  states: { before: KubernetesObject; after: KubernetesObject },
): KubernetesObject {
  const { before } = states
  let { after } = states
  if (subresource === 'status') after = statusOnly(served, before, after)
  else if (served.version.status) {
    if (before.status === undefined) delete after.status
    else after.status = before.status
  }
  const { metadata } = after
  for (const key of serverOwned) delete metadata[key]
  for (const key of serverOwned)
    Object.assign(metadata, before.metadata[key] === undefined ? {} : { [key]: before.metadata[key] })
  after.metadata.resourceVersion = before.metadata.resourceVersion ?? ''
  if (before.metadata.generateName !== undefined) after.metadata.generateName ??= before.metadata.generateName
  return after
}

/** Kinds whose status writers may also change labels and annotations. Source: the strategies under pkg/registry/core. */
const freeMetadata: ReadonlySet<string> = new Set(['pods', 'nodes', 'namespaces', 'services'])

function statusOnly(served: Served, before: KubernetesObject, after: KubernetesObject): KubernetesObject {
  const kept = cloneObject(before)
  if (freeMetadata.has(served.definition.key)) kept.metadata = { ...after.metadata }
  if (after.metadata.managedFields !== undefined) kept.metadata.managedFields = after.metadata.managedFields
  if (after.status === undefined) delete kept.status
  else kept.status = after.status
  return kept
}

/** The generation counts wishes: changes of anything but metadata and status. */
function raiseGeneration(served: Served, after: KubernetesObject, before: KubernetesObject): void {
  const generation = before.metadata.generation
  if (generation === undefined) return
  if (served.definition.builtin && behaviourOf(served.definition.key).withoutGeneration === true) return
  if (!sameJson(wish(served, after), wish(served, before))) after.metadata.generation = generation + 1
}

function wish(served: Served, object: KubernetesObject): KubernetesObject {
  const { status, ...rest } = object
  const bare = { ...rest, apiVersion: '', metadata: { name: '' } }
  return served.version.status || status === undefined ? bare : { ...bare, status }
}
