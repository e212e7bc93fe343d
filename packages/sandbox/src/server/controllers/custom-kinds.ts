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
import { crdCleanup as finalizer } from '../verbs/delete.ts'
import type { Controller } from './controller.ts'

const key = 'customresourcedefinitions.apiextensions.k8s.io'

/** Serves a custom kind as soon as its CRD is stored, and deletes its objects before the CRD goes. */
export function serveCustomKinds(cluster: Cluster): Controller {
  return (resource, change) => {
    if (resource !== key) return
    const crd = change.entry.object
    const { name } = crd.metadata
    if (change.type === 'DELETED') {
      cluster.registry.remove(name)
      cluster.hub.cut(name)
      return
    }
    if (change.before === undefined || !sameJson(change.before.object.spec, crd.spec)) {
      cluster.registry.put(definitionOf(crd))
      if (change.before !== undefined) cluster.hub.cut(name)
    }
    if (crd.metadata.deletionTimestamp !== undefined) endKind(cluster, crd)
    else establish(cluster, crd)
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

function endKind(cluster: Cluster, crd: KubernetesObject): void {
  const served = crd.metadata.name
  for (const { object } of cluster.store.list(served)) {
    const waiting = listAt(object, 'metadata', 'finalizers').length > 0
    if (!waiting) cluster.store.remove(served, object)
    else if (object.metadata.deletionTimestamp === undefined) {
      const after = cloneObject(object)
      after.metadata.deletionTimestamp = timestamp(cluster)
      after.metadata.deletionGracePeriodSeconds = 0
      cluster.store.put(served, after)
    }
  }
  if (cluster.store.count(served) > 0) {
    watchUntilEmpty(cluster, crd, served)
    return
  }
  release(cluster, crd)
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
function watchUntilEmpty(cluster: Cluster, crd: KubernetesObject, served: string): void {
  const stop = cluster.store.listen((resource) => {
    if (resource !== served || cluster.store.count(served) > 0) return
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
  const versions = all.filter((each) => each.served === true).map(servedVersionOf)
  const group = text(spec, 'group')
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
  if (flagAt(raw, 'deprecated') === true) version.deprecation = textAt(raw, 'deprecationWarning') ?? ''
  return version
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
