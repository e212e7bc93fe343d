import { listAt } from '@orbweaver/contracts/json'
import type { Cluster } from '../cluster.ts'
import { cloneObject, ensureRecord } from '../clone.ts'
import type { Served } from '../definition.ts'
import type { Call, Reply } from '../http/call.ts'
import { methodNotAllowed } from '../status.ts'
import { decodeBody } from '../verbs/decode.ts'
import { entryFor, objectReply } from '../verbs/get.ts'
import { storeUpdate } from '../verbs/store-write.ts'

/** Sets spec.finalizers of a namespace: the way to let a stuck one go. */
export async function finalizeNamespace(cluster: Cluster, call: Call, served: Served): Promise<Reply> {
  if (call.info.verb !== 'update') throw methodNotAllowed()
  const sent = await decodeBody({ call, served, fieldValidation: 'Warn' })
  const before = entryFor(cluster, call, served)
  const after = cloneObject(before.object)
  ensureRecord(after, 'spec').finalizers = listAt(sent, 'spec', 'finalizers')
  const { object } = storeUpdate(cluster, served.definition, { before, after })
  return objectReply({ cluster, call, served }, object, 200)
}
