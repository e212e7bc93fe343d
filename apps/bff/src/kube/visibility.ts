import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Identity, Resource, Target } from '@orbweaver/kube/client'
import { namespaces } from '@orbweaver/kube/resources'
import type { Mirror } from './doors.ts'
import type { NamespaceRules, Reviews } from './reviews.ts'

/** What one person may see of one cluster (design section 6). Unknown is hidden. */
export type Visibility = {
  /** Those of the mirrored objects that the person may list. */
  visible(resource: Resource, namespace?: string): Promise<readonly KubernetesObject[]>
  sees(resource: Resource, target: Target): Promise<boolean>
  seesNamespace(namespace: string): Promise<boolean>
}

export type VisibilityOptions = {
  identity: Identity
  mirror: Mirror
  reviews: Reviews
  /** Kinds whose being listable makes a namespace's name known. */
  mirrored: readonly Resource[]
}

export function createVisibility(options: VisibilityOptions): Visibility {
  const { identity, mirror, reviews } = options
  const rulesOf = (namespace: string) => reviews.rules(identity, namespace)

  const mayListIn = async (resource: Resource, namespace: string): Promise<boolean> => {
    const question = { verb: 'list', group: resource.group, resource: resource.plural }
    return mayIn({ identity, reviews, rules: await rulesOf(namespace) }, { ...question, namespace })
  }
  const mayListAll = async (resource: Resource): Promise<boolean> =>
    (await reviews.may(identity, { verb: 'list', group: resource.group, resource: resource.plural })) === 'yes'

  const seesNamespace = async (namespace: string): Promise<boolean> => {
    if (await mayListAll(namespaces)) return true
    const rules = await rulesOf(namespace)
    const get = { verb: 'get', group: '', resource: 'namespaces', name: namespace, namespace }
    if (await mayIn({ identity, reviews, rules }, get)) return true
    for (const each of options.mirrored) if (each.namespaced && (await mayListIn(each, namespace))) return true
    return false
  }

  const filtered = async (objects: readonly KubernetesObject[], keeps: (namespace: string) => Promise<boolean>) => {
    const names = [...new Set(objects.map(namespaceOf))]
    const kept = new Set<string>()
    await Promise.all(
      names.map(async (name) => {
        if (await keeps(name)) kept.add(name)
      }),
    )
    return objects.filter((each) => kept.has(namespaceOf(each)))
  }

  return {
    seesNamespace,
    async visible(resource, namespace) {
      const objects = mirror.list(resource, namespace)
      if (objects.length === 0 || (await mayListAll(resource))) return objects
      if (isNamespace(resource)) return filtered(objects, seesNamespace)
      return resource.namespaced ? filtered(objects, (each) => mayListIn(resource, each)) : []
    },
    async sees(resource, { namespace, name }) {
      if (isNamespace(resource)) return seesNamespace(name)
      if (await mayListAll(resource)) return true
      const get = { verb: 'get', group: resource.group, resource: resource.plural, name }
      if (namespace === undefined) return (await reviews.may(identity, get)) === 'yes'
      if (await mayListIn(resource, namespace)) return true
      return mayIn({ identity, reviews, rules: await rulesOf(namespace) }, { ...get, namespace })
    },
  }
}

type Asked = { verb: string; group: string; resource: string; name?: string; namespace: string }

/** By the rules where they are complete; one question more where an authorizer could not list its own. */
async function mayIn(
  { identity, reviews, rules }: { identity: Identity; reviews: Reviews; rules: NamespaceRules | undefined },
  { namespace, ...question }: Asked,
): Promise<boolean> {
  if (rules === undefined) return false
  if (rules.allows(question)) return true
  return !rules.complete && (await reviews.may(identity, { ...question, namespace })) === 'yes'
}

function isNamespace(resource: Resource): boolean {
  return resource.group === '' && resource.plural === 'namespaces'
}

/** A namespace's own namespace is itself, as Kubernetes authorizes it. */
function namespaceOf(object: KubernetesObject): string {
  return object.metadata.namespace ?? object.metadata.name
}
