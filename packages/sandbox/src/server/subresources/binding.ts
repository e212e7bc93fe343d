import { textAt } from '@orbweaver/contracts/json'
import { type Cluster, timestamp } from '../cluster.ts'
import { cloneObject, ensureRecord } from '../clone.ts'
import type { Served } from '../definition.ts'
import { type Call, jsonReply, type Reply } from '../http/call.ts'
import { parseBody } from '../http/body.ts'
import { badRequest, conflict, methodNotAllowed } from '../status.ts'
import { entryFor } from '../verbs/get.ts'

/** The scheduler's one write: a Pod gets its node. */
export async function bindPod(cluster: Cluster, call: Call, served: Served): Promise<Reply> {
  if (call.info.verb !== 'create') throw methodNotAllowed()
  const bytes = await call.body()
  const parsed = parseBody(bytes, call.headers['content-type'])
  const node = 'value' in parsed ? textAt(parsed.value, 'target', 'name') : undefined
  if (node === undefined || node === '') throw badRequest('target.name: Required value')
  const pod = entryFor(cluster, call, served).object
  const already = textAt(pod, 'spec', 'nodeName') ?? ''
  if (already !== '') {
    const why = `pod ${pod.metadata.name} is already assigned to node "${already}"`
    throw conflict({ group: '', plural: 'pods/binding' }, pod.metadata.name, why)
  }
  const after = cloneObject(pod)
  ensureRecord(after, 'spec').nodeName = node
  const status = ensureRecord(after, 'status')
  const condition = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: timestamp(cluster),
  }
  const others = Array.isArray(status.conditions)
    ? status.conditions.filter((each) => textAt(each, 'type') !== 'PodScheduled')
    : []
  status.conditions = [...others, condition]
  cluster.store.put(served.definition.key, after)
  return jsonReply(
    201,
    JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }),
  )
}
