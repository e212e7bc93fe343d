import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** Who may be asked to try something: users and groups that every cluster of the lab knows by token. */
export type Person = { readonly user: string; readonly groups: readonly string[] }

export const adminUser = 'lab-admin'

export const people: readonly Person[] = [
  { user: adminUser, groups: ['system:masters'] },
  { user: 'system:kube-controller-manager', groups: [] },
  { user: 'system:kube-scheduler', groups: [] },
  { user: 'olga', groups: ['platform-operators'] },
  { user: 'otto', groups: ['mesh-operators'] },
  { user: 'vera', groups: ['auditors'] },
  { user: 'nils', groups: ['bookinfo-team'] },
  { user: 'dana', groups: ['shop-developers'] },
  { user: 'nora', groups: [] },
]

/** What the bindings below come to. Dana and Nora have what whoever tries something binds to them. */
export const rightsOf: Readonly<Record<string, string>> = {
  olga: 'orbweaver-admin, orbweaver-cleaner',
  otto: 'orbweaver-operator',
  vera: 'orbweaver-viewer',
  nils: 'orbweaver-namespace-editor in one namespace of each member, orbweaver-fleet-viewer in the hub',
  dana: 'none',
  nora: 'none',
}

const rbac = 'rbac.authorization.k8s.io'

const binding = (group: string, role: string, namespace?: string): KubernetesObject => ({
  apiVersion: `${rbac}/v1`,
  kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
  metadata: { name: `lab-${group}`, ...(namespace !== undefined && { namespace }) },
  roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
  subjects: [{ apiGroup: rbac, kind: 'Group', name: group }],
})

/** The persona roles of deploy/rbac: three for the whole cluster, and one for somebody with a single namespace. */
export const bindingsIn = (cluster: {
  readonly isHub: boolean
  readonly meshes: boolean
  readonly teamNamespace: string
}): readonly KubernetesObject[] => [
  binding('platform-operators', 'orbweaver-admin'),
  { ...binding('platform-operators', 'orbweaver-cleaner'), metadata: { name: 'lab-platform-operators-cleaner' } },
  binding('mesh-operators', 'orbweaver-operator'),
  binding('auditors', 'orbweaver-viewer'),
  ...(cluster.isHub ? [binding('bookinfo-team', 'orbweaver-fleet-viewer')] : []),
  ...(cluster.meshes ? [binding('bookinfo-team', 'orbweaver-namespace-editor', cluster.teamNamespace)] : []),
]
