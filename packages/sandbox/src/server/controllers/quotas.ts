import { recordAt, sameJson } from '@orbweaver/contracts/json'
import { isCounted, quotaKey, usedOf } from '../admission/quota.ts'
import { cloneObject } from '../clone.ts'
import type { Cluster } from '../cluster.ts'
import type { Controller } from './controller.ts'

/** Tells in a ResourceQuota's status how much of it is used. Source: kubernetes pkg/controller/resourcequota v1.36. */
export function countQuotas(cluster: Cluster): Controller {
  return (_resource, { entry }) => {
    const { namespace } = entry.object.metadata
    if (namespace === undefined || cluster.store.count(quotaKey) === 0) return
    for (const { object: quota } of cluster.store.list(quotaKey, namespace)) {
      const hard = recordAt(quota, 'spec', 'hard')
      const counted = Object.keys(hard).filter((each) => isCounted(quota, each))
      const used = Object.fromEntries(counted.map((each) => [each, String(usedOf(cluster.store, namespace, each))]))
      const status = { hard, used }
      if (sameJson(status, recordAt(quota, 'status'))) continue
      cluster.store.put(quotaKey, { ...cloneObject(quota), status })
    }
  }
}
