import { isRecord, type Json, type JsonRecord, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { applyConfiguration } from '../apply/apply.ts'
import type { Cluster } from '../cluster.ts'
import { asObject, cloneRecord, ensureRecord } from '../clone.ts'
import { apiVersionFor, type Served } from '../definition.ts'
import { invalidValue } from '../field-errors.ts'
import { mediaType, type Parsed, parseJsonText, parseYamlText } from '../http/body.ts'
import type { Call, Reply } from '../http/call.ts'
import { jsonPatch, mergePatch, PatchError, readOperations } from '../json-patch.ts'
import { ApiFault, badRequest, invalid, unknownPatchType, unprocessable, unsupportedMediaType } from '../status.ts'
import { inVersion } from '../store/encode.ts'
import { strategicMerge } from '../strategic/strategic-merge.ts'
import { createObject, inNamespace, type Writing } from './create.ts'
import { fitted } from './decode.ts'
import { objectReply } from './get.ts'
import { updateObject } from './update.ts'
import { defaulted } from './validate-object.ts'
import { applyOptions, writeOptions } from './write-options.ts'

const json = 'application/json-patch+json'
const merge = 'application/merge-patch+json'
const strategic = 'application/strategic-merge-patch+json'
const apply = 'application/apply-patch+yaml'

export async function patch(cluster: Cluster, call: Call, served: Served): Promise<Reply> {
  const type = mediaType(call.headers['content-type'])
  const accepted = served.definition.builtin ? [json, merge, strategic, apply] : [json, merge, apply]
  if (![json, merge, strategic, apply].includes(type)) throw unknownPatchType()
  if (!accepted.includes(type)) throw unsupportedMediaType(accepted)
  if (type === apply) return applyPatch(cluster, call, served)
  const options = writeOptions(call, 'PatchOptions')
  const bytes = await call.body()
  const parsed = parseJsonText(bytes.toString('utf8'))
  if (!('value' in parsed)) throw badRequest(`error decoding patch: ${parsed.error}`)
  const writing: Writing = { call, served, options }
  const updated = await updateObject(cluster, writing, (before) => {
    const current = cloneRecord(inVersion(served, before))
    const object = patched(current, { type, patch: parsed.value }, writing)
    defaulted(served, object)
    return { object, track: true }
  })
  return objectReply({ cluster, call, served }, updated, 200)
}

function patched(current: JsonRecord, by: { type: string; patch: Json }, writing: Writing): KubernetesObject {
  const { served, call } = writing
  const result = raw(current, by, served)
  if (!isRecord(result)) throw badRequest('the patch does not give an object')
  result.apiVersion = apiVersionFor(served)
  result.kind = served.definition.kind
  const object = refitted(result, writing)
  if (object.metadata.name !== call.info.name) {
    throw badRequest(otherName(object.metadata.name, call))
  }
  return object
}

function raw(current: JsonRecord, by: { type: string; patch: Json }, served: Served): Json {
  if (by.type === merge) return mergePatch(current, by.patch)
  if (by.type === strategic) {
    if (!isRecord(by.patch))
      throw badRequest(
        'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
      )
    return strategicMerge(current, by.patch, served.version.schema)
  }
  try {
    return jsonPatch(current, readOperations(by.patch))
  } catch (fault) {
    if (!(fault instanceof PatchError)) throw fault
    throw unprocessable('the server rejected our request due to an error in our request', {})
  }
}

/** A patch whose result does not decode is 422 with the whole result in the message, unlike a PUT. */
function refitted(result: JsonRecord, writing: Writing): KubernetesObject {
  const { call, served, options } = writing
  const text = JSON.stringify(result)
  try {
    return fitted(result, { call, served, fieldValidation: options.fieldValidation })
  } catch (fault) {
    if (!(fault instanceof ApiFault) || fault.code !== 400) throw fault
    const words = fault.message.replace(/^.* cannot be handled as a [^:]*: /, '')
    throw invalid({ group: '', kind: '' }, '', [invalidValue('patch', text, words)])
  }
}

async function applyPatch(cluster: Cluster, call: Call, served: Served): Promise<Reply> {
  const options = applyOptions(call)
  const bytes = await call.body()
  const config = appliedObject(parseYamlText(bytes.toString('utf8')), { call, served, options })
  const writing: Writing = { call, served, options }
  const writer = {
    served,
    subresource: call.info.subresource,
    manager: options.fieldManager,
    time: cluster.clock(),
    force: options.force,
  }
  const namespace = served.definition.namespaced ? call.info.namespace : undefined
  const live = cluster.store.get(served.definition.key, namespace, call.info.name)
  if (live === undefined && call.info.subresource === '') {
    const object = applyConfiguration(writer, undefined, config)
    defaulted(served, object)
    return objectReply({ cluster, call, served }, await createObject(cluster, writing, object), 201)
  }
  const updated = await updateObject(cluster, writing, (before) => {
    const object = applyConfiguration(writer, inVersion(served, before), config)
    if (config.metadata.resourceVersion !== undefined) object.metadata.resourceVersion = config.metadata.resourceVersion
    defaulted(served, object)
    return { object, track: false }
  })
  return objectReply({ cluster, call, served }, updated, 200)
}

function appliedObject(parsed: Parsed, writing: Writing): KubernetesObject {
  const { call, served } = writing
  if (!('value' in parsed)) throw badRequest(`error decoding YAML: ${parsed.error.replace(/^yaml: /, '')}`)
  const value = parsed.value
  if (!isRecord(value)) throw badRequest('error decoding YAML: error converting YAML to JSON: not an object')
  const { apiVersion = '', kind = '' } = stringsAt(value)
  if (apiVersion !== apiVersionFor(served) || kind !== served.definition.kind) {
    throw badRequest(`invalid object type: ${gvkText(apiVersion, kind)}`)
  }
  const metadata = ensureRecord(value, 'metadata')
  if (Array.isArray(metadata.managedFields)) throw badRequest('metadata.managedFields must be nil')
  const name = textAt(metadata, 'name') ?? ''
  if (name !== '' && name !== call.info.name) throw badRequest(otherName(name, call))
  metadata.name = call.info.name
  const object = declared(value, writing)
  inNamespace(object, call, served)
  return object
}

function otherName(name: string, call: Call): string {
  return `the name of the object (${name}) does not match the name on the URL (${call.info.name})`
}

function gvkText(apiVersion: string, kind: string): string {
  const slash = apiVersion.indexOf('/')
  const [group, version] = slash < 0 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)]
  return `${group}/${version}, Kind=${kind}`
}

/** Apply refuses fields that are not in the schema whatever fieldValidation says, except where a CRD prunes them. */
function declared(value: JsonRecord, writing: Writing): KubernetesObject {
  const { call, served, options } = writing
  const warnings: string[] = []
  const strict = options.fieldValidation
  const object = fitted(value, {
    call: { ...call, warnings },
    served,
    fieldValidation: strict === 'Strict' ? 'Strict' : 'Warn',
  })
  const first = /unknown field "(.*)"/.exec(warnings[0] ?? '')?.[1]
  if (first === undefined) return asObject(object)
  const gvk = `${served.definition.group}/${served.version.name}, Kind=${served.definition.kind}`
  const message = `failed to create typed patch object (${textAt(value, 'metadata', 'namespace') ?? ''}/${call.info.name}; ${gvk}): .${first}: field not declared in schema`
  throw new ApiFault({ code: 500, reason: '', message })
}
