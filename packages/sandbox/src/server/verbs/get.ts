import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Cluster } from '../cluster.ts'
import type { Served } from '../definition.ts'
import { acceptedForm, type Form } from '../http/accept.ts'
import { type Call, jsonReply, type Reply } from '../http/call.ts'
import { yamlText } from '../http/yaml.ts'
import { notFound } from '../status.ts'
import type { Entry } from '../store/collection.ts'
import { entryText, inVersion, partialMetadata } from '../store/encode.ts'
import { tableOf } from '../table/table.ts'

export function entryFor(cluster: Cluster, call: Call, served: Served): Entry {
  const { info } = call
  const namespace = served.definition.namespaced ? info.namespace : undefined
  const entry = cluster.store.get(served.definition.key, namespace, info.name)
  if (entry === undefined) throw notFound(served.definition, info.name)
  return entry
}

export function get(cluster: Cluster, call: Call, served: Served): Reply {
  const entry = entryFor(cluster, call, served)
  const form = acceptedForm(call.headers.accept)
  if (form.as === 'object' && !form.yaml) return jsonReply(200, entryText(served, entry))
  return objectReply({ cluster, call, served }, entry.object, 200)
}

/** One object in the form that was asked for. */
export function objectReply(
  asked: { cluster: Cluster; call: Call; served: Served },
  object: KubernetesObject,
  status: number,
): Reply {
  const { call } = asked
  const form = acceptedForm(call.headers.accept)
  const text = JSON.stringify(formed(asked, object, form))
  return form.yaml ? yamlText(status, text) : jsonReply(status, text)
}

function formed(
  asked: { cluster: Cluster; call: Call; served: Served },
  object: KubernetesObject,
  form: Form,
): JsonRecord {
  const { cluster, call, served } = asked
  if (form.as === 'partial') return partialMetadata(object)
  if (form.as === 'object') return inVersion(served, object)
  const { resourceVersion } = object.metadata
  const include = call.query.get('includeObject') ?? 'Metadata'
  return tableOf({ cluster, served, include }, [object], resourceVersion === undefined ? {} : { resourceVersion })
}
