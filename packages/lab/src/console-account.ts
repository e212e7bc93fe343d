import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import { applyAll } from './apply.ts'
import { objectsIn } from './manifests.ts'
import { repositoryDir } from './env.ts'
import { LabError } from './lab-error.ts'

/** The console never gets cluster-admin, here as little as in production: a ServiceAccount with the shipped roles. */
const consoleNamespace = 'orbweaver-system'
const consoleAccount = 'orbweaver'
/** Beyond the 30 days before which the console says that a credential ends soon. */
const tokenSeconds = 90 * 24 * 3600

export type ClusterRole = 'hub' | 'member'

const yamlIn = (folder: string): readonly string[] => {
  const path = join(repositoryDir, 'deploy', folder)
  if (!existsSync(path)) return []
  return readdirSync(path)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => join(path, file))
}

/** Which cluster a manifest is for; one that is named nowhere is for all. The lab's hub is no member. */
const only: Readonly<Record<ClusterRole, readonly string[]>> = {
  hub: ['hub.yaml', 'change-guard.yaml', 'mesh-guard.yaml', 'metrics-reader.yaml'],
  member: ['member.yaml', 'member-token.yaml', 'mesh-builder-guard.yaml'],
}

export const isForRole = (path: string, role: ClusterRole): boolean =>
  !only[role === 'hub' ? 'member' : 'hub'].includes(basename(path))

const manifestsFor = (role: ClusterRole): readonly KubernetesObject[] => {
  const rbac = yamlIn('rbac').filter((file) => isForRole(file, role))
  return [...(role === 'hub' ? yamlIn('crds') : []), ...rbac].flatMap(objectsIn)
}

/** The account that the manifests bring, or one of our own without any right until they do. */
const accountOf = (manifests: readonly KubernetesObject[]): KubernetesObject => {
  const shipped = manifests.find(
    ({ kind, metadata }) => kind === 'ServiceAccount' && metadata.namespace === consoleNamespace,
  )
  const own = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: consoleAccount, namespace: consoleNamespace },
  }
  return shipped ?? own
}

/** Installs what the console needs in a cluster, and answers a token of its account. */
export const ensureConsoleAccount = async (api: KubeClient, role: ClusterRole): Promise<string> => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: consoleNamespace } }
  const manifests = manifestsFor(role)
  const account = accountOf(manifests)
  const shipsNamespace = manifests.some(
    ({ kind, metadata }) => kind === 'Namespace' && metadata.name === consoleNamespace,
  )
  await applyAll(api, [
    ...(shipsNamespace ? [] : [namespace]),
    ...(manifests.includes(account) ? [] : [account]),
    ...manifests,
  ])
  const path = `/api/v1/namespaces/${consoleNamespace}/serviceaccounts/${account.metadata.name}/token`
  const spec = { expirationSeconds: tokenSeconds }
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec }
  const answer = await api.raw(path, { method: 'POST', body })
  const token = textAt(answer.body, 'status', 'token')
  if (token === undefined) throw new LabError('token of the console', [`status ${answer.status}`])
  return token
}
