import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { textAt } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { parseAllDocuments } from 'yaml'
import type { Api } from './api.ts'
import { applyAll } from './apply.ts'
import { repositoryDir } from './env.ts'
import { LabError } from './lab-error.ts'

/** The console never gets cluster-admin, here as little as in production: a ServiceAccount with the shipped roles. */
export const consoleNamespace = 'orbweaver-system'
const consoleAccount = 'orbweaver'
const tokenSeconds = 30 * 24 * 3600

export type ClusterRole = 'hub' | 'member'

const documentsOf = (path: string): readonly KubernetesObject[] =>
  parseAllDocuments(readFileSync(path, 'utf8'))
    .map((document): unknown => document.toJS())
    .filter(isKubernetesObject)

const yamlIn = (folder: string): readonly string[] => {
  const path = join(repositoryDir, 'deploy', folder)
  if (!existsSync(path)) return []
  return readdirSync(path)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => join(path, file))
}

/** A file named `hub…` is for the hub alone; every other one, `member…` too, is for all: the hub may be a member. */
export const isForRole = (file: string, role: ClusterRole): boolean =>
  role === 'hub' || !(file.split('/').at(-1) ?? '').startsWith('hub')

const manifestsFor = (role: ClusterRole): readonly KubernetesObject[] => {
  const rbac = yamlIn('rbac').filter((file) => isForRole(file, role))
  return [...(role === 'hub' ? yamlIn('crds') : []), ...rbac].flatMap(documentsOf)
}

/** The account that the manifests bring, or one of our own without any right until they do. */
const accountOf = (manifests: readonly KubernetesObject[]): KubernetesObject => {
  const shipped = manifests.find(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.namespace === consoleNamespace)
  const own = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: consoleAccount, namespace: consoleNamespace } }
  return shipped ?? own
}

/** Installs what the console needs in a cluster, and answers a token of its account. */
export const ensureConsoleAccount = async (api: Api, role: ClusterRole): Promise<string> => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: consoleNamespace } }
  const manifests = manifestsFor(role)
  const account = accountOf(manifests)
  const shipsNamespace = manifests.some(({ kind, metadata }) => kind === 'Namespace' && metadata.name === consoleNamespace)
  await applyAll(api, [...(shipsNamespace ? [] : [namespace]), ...(manifests.includes(account) ? [] : [account]), ...manifests])
  const path = `/api/v1/namespaces/${consoleNamespace}/serviceaccounts/${account.metadata.name}/token`
  const spec = { expirationSeconds: tokenSeconds }
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec }
  const answer = await api.raw(path, { method: 'POST', body })
  const token = textAt(answer.body, 'status', 'token')
  if (token === undefined) throw new LabError('token of the console', [textAt(answer.body, 'message') ?? `status ${answer.status}`])
  return token
}
