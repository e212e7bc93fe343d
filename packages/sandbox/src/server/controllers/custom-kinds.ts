import {
  flagAt,
  isRecord,
  type JsonRecord,
  listAt,
  recordAt,
  sameJson,
  stringsAt,
  textAt,
} from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { versionsOf } from '../builtins/crd-kind.ts'
import { type Cluster, timestamp } from '../cluster.ts'
import { cloneObject } from '../clone.ts'
import type { Column, Definition, ServedVersion } from '../definition.ts'
import { crdSchema } from '../schema/crd-schema.ts'
import { applyDefaults } from '../schema/default.ts'
import { crdCleanup as finalizer } from '../verbs/delete.ts'
import { compareVersions } from '../version-order.ts'
import type { Controller } from './controller.ts'

const key = 'customresourcedefinitions.apiextensions.k8s.io'

/** Serves a custom kind as soon as its CRD is stored, and deletes its objects before the CRD goes. */
export function serveCustomKinds(cluster: Cluster): Controller {
  return (resource, change) => {
    if (resource !== key) return
    const crd = change.entry.object
    const served = definitionOf(crd)
    if (change.type === 'DELETED') {
      cluster.registry.remove(served.key)
      cluster.hub.cut(served.key)
      return
    }
    if (change.before === undefined || !sameJson(change.before.object.spec, crd.spec)) {
      cluster.registry.put(served)
      if (change.before !== undefined) servedAnew(cluster, served)
    }
    if (crd.metadata.deletionTimestamp === undefined) establish(cluster, crd)
    else if (!isTerminating(crd)) endKind(cluster, crd, served)
  }
}

/** What is stored stays as it is, and is read with the defaults of today. */
function servedAnew(cluster: Cluster, served: Definition): void {
  cluster.hub.cut(served.key)
  const schema = served.versions.find((each) => each.name === served.storageVersion)?.schema
  if (schema === undefined) return
  for (const entry of cluster.store.list(served.key)) {
    const read = cloneObject(entry.object)
    applyDefaults(read, schema)
    entry.object = read
    entry.text = undefined
  }
}

function establish(cluster: Cluster, crd: KubernetesObject): void {
  const names = recordAt(crd, 'spec', 'names')
  const storage = versionsOf(crd).find((each) => each.storage === true)
  const stored = listAt(crd, 'status', 'storedVersions')
  const version = textAt(storage, 'name') ?? ''
  const known = stored.includes(version) ? stored : [...stored, version]
  const established = listAt(crd, 'status', 'conditions').some((each) => textAt(each, 'type') === 'Established')
  if (established && sameJson(known, stored) && sameJson(recordAt(crd, 'status', 'acceptedNames'), names)) return
  const at = timestamp(cluster)
  const after = cloneObject(crd)
  after.status = {
    conditions: [
      {
        type: 'NamesAccepted',
        status: 'True',
        lastTransitionTime: at,
        reason: 'NoConflicts',
        message: 'no conflicts found',
      },
      {
        type: 'Established',
        status: 'True',
        lastTransitionTime: at,
        reason: 'InitialNamesAccepted',
        message: 'the initial names have been accepted',
      },
    ],
    acceptedNames: names,
    storedVersions: known,
  }
  cluster.store.put(key, after)
}

function isTerminating(crd: KubernetesObject): boolean {
  return listAt(crd, 'status', 'conditions').some((each) => textAt(each, 'type') === 'Terminating')
}

function endKind(cluster: Cluster, crd: KubernetesObject, served: Definition): void {
  for (const { object } of cluster.store.list(served.key)) {
    const waiting = listAt(object, 'metadata', 'finalizers').length > 0
    if (!waiting) cluster.store.remove(served.key, object)
    else if (object.metadata.deletionTimestamp === undefined) {
      const after = cloneObject(object)
      after.metadata.deletionTimestamp = timestamp(cluster)
      after.metadata.deletionGracePeriodSeconds = 0
      cluster.store.put(served.key, after)
    }
  }
  if (cluster.store.count(served.key) > 0) {
    watchUntilEmpty(cluster, crd, served)
    tellTerminating(cluster, crd)
    return
  }
  release(cluster, crd)
}

/** Source: apiextensions pkg/controller/finalizer crd_finalizer.go. */
function tellTerminating(cluster: Cluster, crd: KubernetesObject): void {
  const conditions = listAt(crd, 'status', 'conditions').filter((each) => textAt(each, 'type') !== 'Terminating')
  const after = cloneObject(crd)
  const terminating = {
    type: 'Terminating',
    status: 'True',
    lastTransitionTime: timestamp(cluster),
    reason: 'InstanceDeletionInProgress',
    message: 'CustomResource deletion is in progress',
  }
  after.status = { ...recordAt(crd, 'status'), conditions: [...conditions, terminating] }
  cluster.store.put(key, after)
}

function release(cluster: Cluster, crd: KubernetesObject): void {
  const current = cluster.store.get(key, undefined, crd.metadata.name)?.object
  if (current === undefined) return
  const left = listAt(current, 'metadata', 'finalizers').filter((each) => each !== finalizer)
  if (left.length === 0) {
    cluster.store.remove(key, current)
    return
  }
  const after = cloneObject(current)
  after.metadata.finalizers = left
  if (left.length !== listAt(current, 'metadata', 'finalizers').length) cluster.store.put(key, after)
}

/** Objects with finalizers hold their CRD until their owners let go. */
function watchUntilEmpty(cluster: Cluster, crd: KubernetesObject, served: Definition): void {
  const stop = cluster.store.listen((resource) => {
    if (resource !== served.key || cluster.store.count(served.key) > 0) return
    stop()
    release(cluster, crd)
  })
}

function definitionOf(crd: KubernetesObject): Definition {
  const spec = recordAt(crd, 'spec')
  const names = recordAt(spec, 'names')
  const text = (from: JsonRecord, field: string): string => textAt(from, field) ?? ''
  const texts = (from: JsonRecord, field: string): string[] =>
    listAt(from, field).filter((each) => typeof each === 'string')
  const all = versionsOf(crd)
  const group = text(spec, 'group')
  const versions = all
    .filter((each) => each.served === true)
    .map((each) => ({
      ...servedVersionOf(each),
      ...deprecationOf(each, { group, kind: text(names, 'kind'), versions: all }),
    }))
  return {
    key: crd.metadata.name,
    group,
    plural: text(names, 'plural'),
    singular: text(names, 'singular') || text(names, 'kind').toLowerCase(),
    kind: text(names, 'kind'),
    listKind: text(names, 'listKind') || `${text(names, 'kind')}List`,
    shortNames: texts(names, 'shortNames'),
    categories: texts(names, 'categories'),
    namespaced: spec.scope === 'Namespaced',
    verbs: ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'],
    builtin: false,
    versions,
    storageVersion: text(recordAt(all.find((each) => each.storage === true)), 'name'),
    subresources: [],
    hash: '',
  }
}

function servedVersionOf(raw: JsonRecord): ServedVersion {
  const schema = recordAt(raw, 'schema', 'openAPIV3Schema')
  const scale = recordAt(raw, 'subresources', 'scale')
  const version: ServedVersion = {
    name: textAt(raw, 'name') ?? '',
    schema: crdSchema(schema),
    status: isRecord(raw.subresources) && raw.subresources.status !== undefined,
    columns: listAt(raw, 'additionalPrinterColumns').map(columnOf),
    openapi: schema,
  }
  const paths = stringsAt(scale)
  if (paths.specReplicasPath !== undefined && paths.statusReplicasPath !== undefined) {
    version.scale = {
      specReplicas: paths.specReplicasPath,
      statusReplicas: paths.statusReplicasPath,
      selector: paths.labelSelectorPath,
    }
  }
  return version
}

type DeprecatedOf = { group: string; kind: string; versions: readonly JsonRecord[] }

/** Whoever uses it is told of the best version in its place. Source: apiextensions pkg/apiserver customresource_handler.go. */
function deprecationOf(raw: JsonRecord, { group, kind, versions }: DeprecatedOf): Pick<ServedVersion, 'deprecation'> {
  if (flagAt(raw, 'deprecated') !== true) return {}
  const name = textAt(raw, 'name') ?? ''
  const [better] = versions
    .filter((each) => each.served === true && each.deprecated !== true)
    .map((each) => textAt(each, 'name') ?? '')
    .filter((each) => compareVersions(each, name) < 0)
    .toSorted(compareVersions)
  const advice = better === undefined ? '' : `; use ${group}/${better} ${kind}`
  return { deprecation: textAt(raw, 'deprecationWarning') ?? `${group}/${name} ${kind} is deprecated${advice}` }
}

function columnOf(raw: unknown): Column {
  const { name, type, format, description, jsonPath } = stringsAt(raw)
  const priority = recordAt(raw).priority
  return {
    name: name ?? '',
    type: type ?? 'string',
    format: format ?? '',
    description: description ?? '',
    priority: typeof priority === 'number' ? priority : 0,
    jsonPath: jsonPath ?? '',
  }
}
