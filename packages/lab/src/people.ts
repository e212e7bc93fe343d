import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** Who may be asked to try something: users and groups that every cluster of the lab knows by token. */
export type Person = { readonly user: string; readonly groups: readonly string[] }

export const adminUser = 'lab-admin'

export const people: readonly Person[] = [
  { user: adminUser, groups: ['system:masters'] },
  { user: 'system:kube-controller-manager', groups: [] },
  { user: 'system:kube-scheduler', groups: [] },
  { user: 'olga', groups: ['platform-operators'] },
  { user: 'dana', groups: ['shop-developers'] },
  { user: 'vera', groups: ['auditors'] },
  { user: 'nora', groups: [] },
]

const binding = (group: string, role: string): KubernetesObject => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: `lab-${group}` },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group }],
})

/** Cluster-wide roles of the groups. What a team may do in its namespaces is bound by whoever makes these. */
export const peopleBindings: readonly KubernetesObject[] = [
  binding('platform-operators', 'orbweaver-admin'),
  binding('auditors', 'orbweaver-viewer'),
]
