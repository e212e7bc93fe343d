import type { MissingRight } from '@orbweaver/contracts/missing-right'
import { type Rule, rulesOf } from '@orbweaver/istio/preflight/rules'

const group = 'rbac.authorization.k8s.io'
const api = `apiVersion: ${group}/v1\n`

/** Stands for the name of an account that the console does not know. */
const someone = 'ACCOUNT'

/**
 * What grants just these rights of one cluster, as YAML: a role and its binding, one pair for the whole cluster and one
 * for each namespace. Its name holds what it grants, so that a later one does not replace it.
 */
export function roleToAdd(rights: readonly MissingRight[]): string {
  const places = [...new Set(rights.map(({ namespace }) => namespace))]
  return places
    .map((namespace) => {
      const here = rights.filter((each) => each.namespace === namespace)
      return pairOf(rulesOf(here), { namespace, user: here[0]?.user })
    })
    .join('---\n')
}

type Grant = { namespace: string | undefined; user: string | undefined }

function pairOf(rules: readonly Rule[], { namespace, user = someone }: Grant): string {
  const kind = namespace === undefined ? 'ClusterRole' : 'Role'
  const place = namespace === undefined ? '' : `  namespace: ${namespace}\n`
  const name = nameOf(user, rules)
  const head = (what: string) => `${api}kind: ${what}\nmetadata:\n  name: ${name}\n${place}`
  const role = `${head(kind)}rules:\n${rules.map(ruleText).join('')}`
  const binding = `${head(`${kind}Binding`)}roleRef:\n  apiGroup: ${group}\n  kind: ${kind}\n  name: ${name}\n`
  const subject = `  - apiGroup: ${group}\n    kind: User\n    name: ${JSON.stringify(user)}\n`
  return `${role}---\n${binding}subjects:\n${subject}`
}

function ruleText({ apiGroups, resources, verbs }: Rule): string {
  const list = (texts: readonly string[]) => `[${texts.map((each) => JSON.stringify(each)).join(', ')}]`
  return `  - apiGroups: ${list(apiGroups)}\n    resources: ${list(resources)}\n    verbs: ${list(verbs)}\n`
}

/** Names of RBAC objects are segments of a path (Kubernetes ValidateRBACName); these are plain words besides. */
function nameOf(user: string, rules: readonly Rule[]): string {
  const person = user.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return ['orbweaver', ...person.split('-').filter(Boolean), hash(JSON.stringify([user, rules]))].join('-')
}

/** FNV-1a, 32 bits: to tell a few roles apart, not to be safe. */
function hash(text: string): string {
  let value = 0x811c9dc5
  for (const each of text) value = Math.imul(value ^ (each.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return value.toString(36)
}
