import { canonicalJson, isRecord, type Json, listAt, recordAt, sameJson } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Cluster } from '../cluster.ts'
import { cloneObject } from '../clone.ts'
import { labelsMatch, selectorRequirements } from '../selectors/labels.ts'
import type { Controller } from './controller.ts'

const key = 'clusterroles.rbac.authorization.k8s.io'

/** Roles with an aggregationRule hold the rules of all roles it selects. Source: controller clusterroleaggregation. */
export function aggregateRoles(cluster: Cluster): Controller {
  return (resource) => {
    if (resource !== key) return
    const all = cluster.store.list(key).map((each) => each.object)
    for (const role of all) {
      if (!isRecord(role.aggregationRule)) continue
      const selectors = listAt(role, 'aggregationRule', 'clusterRoleSelectors').map(selectorRequirements)
      const parts = all.filter(
        (each) => each !== role && selectors.some((selector) => labelsMatch(selector, labelsOf(each))),
      )
      const unique = new Map<string, Json>()
      for (const rule of parts.flatMap((each) => listAt(each, 'rules'))) unique.set(canonicalJson(rule), rule)
      const rules = [...unique.values()]
      if (sameJson(rules, listAt(recordAt(role), 'rules'))) continue
      cluster.store.put(key, { ...cloneObject(role), rules })
    }
  }
}
