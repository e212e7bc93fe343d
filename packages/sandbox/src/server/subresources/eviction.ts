import { numberAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Cluster } from '../cluster.ts'
import type { Served } from '../definition.ts'
import { type Call, jsonReply, type Reply } from '../http/call.ts'
import { labelsMatch, selectorRequirements } from '../selectors/labels.ts'
import { ApiFault, methodNotAllowed } from '../status.ts'
import { markDeleted } from '../verbs/delete.ts'
import { entryFor } from '../verbs/get.ts'
import { isReleased } from '../verbs/store-write.ts'

/** Deletes a Pod unless a PodDisruptionBudget forbids it now. Source: pkg/registry/core/pod/storage/eviction.go v1.36. */
export function evict(cluster: Cluster, call: Call, served: Served): Reply {
  if (call.info.verb !== 'create') throw methodNotAllowed()
  const pod = entryFor(cluster, call, served).object
  const budget = budgetsOf(cluster, pod).find((each) => (numberAt(each, 'status', 'disruptionsAllowed') ?? 0) < 1)
  if (budget !== undefined) throw disrupted(budget)
  const marked = markDeleted(cluster, served, {
    object: pod,
    options: { graceSeconds: undefined, propagation: undefined },
  })
  if (isReleased(marked)) cluster.store.remove(served.definition.key, marked)
  else cluster.store.put(served.definition.key, marked)
  return jsonReply(
    201,
    JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }),
  )
}

function budgetsOf(cluster: Cluster, pod: KubernetesObject): KubernetesObject[] {
  return cluster.store
    .list('poddisruptionbudgets.policy', pod.metadata.namespace)
    .map((each) => each.object)
    .filter((each) => {
      const spec = each.spec
      const selector = typeof spec === 'object' && spec !== null && !Array.isArray(spec) ? spec.selector : undefined
      return selector !== undefined && labelsMatch(selectorRequirements(selector), labelsOf(pod))
    })
}

function disrupted(budget: KubernetesObject): ApiFault {
  const { name } = budget.metadata
  const needs = numberAt(budget, 'status', 'desiredHealthy') ?? 0
  const has = numberAt(budget, 'status', 'currentHealthy') ?? 0
  const message = `The disruption budget ${name} needs ${needs} healthy pods and has ${has} currently`
  return new ApiFault({
    code: 429,
    reason: 'TooManyRequests',
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: { causes: [{ reason: 'DisruptionBudget', message }] },
  })
}
