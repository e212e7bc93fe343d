import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Connection } from '@orbweaver/kube/connection'
import { writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import { type ApiServer, startApiServer } from '@orbweaver/sandbox/server/api-server'
import { parseAllDocuments } from 'yaml'

const deploy = join(import.meta.dirname, '../../../../deploy')
const account = 'system:serviceaccount:orbweaver-system:orbweaver'
const token = 'console-token'

/** A real API over HTTP, with the console's account bound to deploy/rbac only. */
export type TestCluster = ApiServer & { connection: Connection }

export async function startHub(): Promise<TestCluster> {
  const hub = await start('hub', ['rbac/hub.yaml'])
  prepare(hub)
  return hub
}

export async function startMember(name: string): Promise<TestCluster> {
  return start(name, ['rbac/member.yaml'])
}

export async function startMemberOf(version: string, name: string): Promise<TestCluster> {
  return start(name, ['rbac/member.yaml'], version)
}

export function prepare(hub: ApiServer): void {
  for (const file of ['crds/fleetclusters.yaml', 'crds/meshes.yaml', 'crds/changes.yaml']) put(hub, file)
}

async function start(name: string, files: readonly string[], version?: string): Promise<TestCluster> {
  const server = await startApiServer({ name, bookmarkMs: 1_000, ...(version !== undefined && { version }) })
  for (const file of files) put(server, file)
  const groups = ['system:serviceaccounts', 'system:serviceaccounts:orbweaver-system', 'system:authenticated']
  server.addUser({ token, name: account, groups })
  await server.settled()
  return { ...server, connection: { server: server.url, token } }
}

function put(server: ApiServer, file: string): void {
  for (const document of parseAllDocuments(readFileSync(join(deploy, file), 'utf8'))) {
    const object: unknown = document.toJS()
    if (isKubernetesObject(object)) server.store.put(object)
  }
}

/** What registering a cluster leaves in the hub. */
export function register(hub: ApiServer, member: { name: string; connection: Connection }, spec: object = {}): void {
  const kubeconfig = writeKubeconfig([{ name: member.name, connection: member.connection }])
  const secret = `cluster-${member.name}`
  hub.store.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: secret, namespace: 'orbweaver-system' },
    type: 'Opaque',
    data: { kubeconfig: Buffer.from(kubeconfig).toString('base64') },
  })
  hub.store.put({
    apiVersion: 'orbweaver.dev/v1alpha1',
    kind: 'FleetCluster',
    metadata: { name: member.name },
    spec: { ...spec, credentialsSecretName: secret },
  })
}

export const fleetCluster = (name: string) => ({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'FleetCluster', name })

export function namespace(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
}

export function pod(name: string, inNamespace: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: inNamespace },
    spec: { containers: [{ name: 'app', image: 'app:1' }] },
  }
}

/** Binds a role to a user, in one namespace or everywhere. */
export function bind(
  server: ApiServer,
  { user, role, inNamespace }: { user: string; role: string; inNamespace?: string },
): void {
  const name = `${user}-${role}`
  server.store.put({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: inNamespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: inNamespace === undefined ? { name } : { name, namespace: inNamespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'User', name: user, apiGroup: 'rbac.authorization.k8s.io' }],
  })
}

export function role(
  server: ApiServer,
  name: string,
  rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[],
): void {
  server.store.put({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules })
}

/** A definition without a schema worth the name, served in the versions given. */
export function definition(
  plural: string,
  kind: string,
  [group, ...versions]: [string, ...string[]],
): KubernetesObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, singular: kind.toLowerCase(), kind, listKind: `${kind}List` },
      versions: versions.map((name, index) => ({
        name,
        served: true,
        storage: index === 0,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      })),
    },
  }
}
