import { isRecord, listAt } from '@orbweaver/contracts/json'
import type { Permission } from '@orbweaver/istio/preflight/check'
import { parseAllDocuments } from 'yaml'
import { deployFile } from '../../deploy-files.ts'

const tokenSecret = `---
# A token that stays until this Secret is deleted; kubelet-bound tokens would end after an hour.
apiVersion: v1
kind: Secret
metadata:
  name: orbweaver-token
  namespace: orbweaver-system
  annotations:
    kubernetes.io/service-account.name: orbweaver
type: kubernetes.io/service-account-token
`

let text: string | undefined

export function memberManifest(): string {
  text ??= deployFile('rbac/member')
  return `${text.trimEnd()}\n${tokenSecret}`
}

/** The commands that turn the applied manifest into a kubeconfig with an inline token. */
export function manifestCommands(name: string): string[] {
  const secret = '-n orbweaver-system get secret orbweaver-token'
  return [
    'kubectl apply -f orbweaver-member.yaml',
    `TOKEN=$(kubectl ${secret} -o jsonpath='{.data.token}' | base64 -d); kubectl ${secret} -o jsonpath='{.data.ca\\.crt}' | base64 -d > ca.crt`,
    [
      `kubectl --kubeconfig ${name}.yaml config set-cluster ${name} --embed-certs --certificate-authority ca.crt`,
      `--server "$(kubectl config view --minify -o jsonpath='{.clusters[0].cluster.server}')"`,
      `&& kubectl --kubeconfig ${name}.yaml config set-credentials orbweaver --token "$TOKEN"`,
      `&& kubectl --kubeconfig ${name}.yaml config set-context ${name} --cluster ${name} --user orbweaver`,
      `&& kubectl --kubeconfig ${name}.yaml config use-context ${name}`,
    ].join(' '),
  ]
}

/** Every right that the manifest grants, one question a verb. */
export function memberPermissions(): Permission[] {
  const found = new Map<string, Permission>()
  for (const document of parseAllDocuments(memberManifest())) {
    const plain: unknown = document.toJS()
    const rules = isRecord(plain) && plain.kind === 'ClusterRole' ? listAt(plain, 'rules') : []
    for (const permission of rules.flatMap(permissionsOf)) {
      found.set(`${permission.verb} ${permission.resource}.${permission.group}`, permission)
    }
  }
  return [...found.values()]
}

function permissionsOf(rule: unknown): Permission[] {
  const texts = (field: string) => listAt(rule, field).filter((each) => typeof each === 'string')
  return texts('apiGroups').flatMap((group) =>
    texts('resources').flatMap((resource) => texts('verbs').map((verb) => ({ verb, group, resource }))),
  )
}
