import type { Rights } from '@orbweaver/contracts/clusters'
import type { ClusterFacts } from '@orbweaver/istio/preflight/check'
import { type Rule, rulesOf } from '@orbweaver/istio/preflight/rules'
import { stringify } from 'yaml'

/** What the console's account may do in a cluster of all that its manifest grants, and what to add for the rest. */
export function toldRights(asked: NonNullable<ClusterFacts['permissions']>): Rights {
  const which = (wanted: boolean) =>
    rulesOf(asked.filter(({ allowed }) => allowed === wanted).map(({ permission }) => permission))
  const lacks = which(false)
  return { has: which(true), lacks, ...(lacks.length > 0 && { manifest: roleManifest(lacks) }) }
}

const name = 'orbweaver-missing'
const apiVersion = 'rbac.authorization.k8s.io/v1'

/** A role of its own, so that applying it takes nothing from the roles that are there. */
function roleManifest(rules: readonly Rule[]): string {
  const role = { apiVersion, kind: 'ClusterRole', metadata: { name }, rules }
  const binding = {
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name: 'orbweaver', namespace: 'orbweaver-system' }],
  }
  return `${stringify(role)}---\n# The account of the console's manifest; name another where its credentials are another's.\n${stringify(binding)}`
}
