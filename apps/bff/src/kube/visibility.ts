import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Resource, Target } from '@orbweaver/kube/client'
import { namespaces } from '@orbweaver/kube/resources'
import type { Mirror } from './doors.ts'
import type { Rights } from './reviews.ts'

/** What one person may see of one cluster (design section 6). Unknown is hidden. */
export type Visibility = {
  /** Those of the mirrored objects that the person may list. */
  visible(resource: Resource, namespace?: string): Promise<readonly KubernetesObject[]>
  sees(resource: Resource, target: Target): Promise<boolean>
  /** Of many objects of a kind those that the person may know of: what is the same for all of them is asked once. */
  seen(resource: Resource, targets: readonly Target[]): Promise<Target[]>
  /** Whether the person may list the kind, in one namespace or everywhere. */
  lists(resource: Resource, namespace?: string): Promise<boolean>
  seesNamespace(namespace: string): Promise<boolean>
}

export type VisibilityOptions = {
  mirror: Mirror
  /** What the person may do there. */
  rights: Rights
  /** Kinds whose being listable makes a namespace's name known. */
  mirrored: readonly Resource[]
}

export function createVisibility(options: VisibilityOptions): Visibility {
  const { mirror } = options
  const visibility = new PersonVisibility(options)
  return {
    seesNamespace: (namespace) => visibility.seesNamespace(namespace),
    async visible(resource, namespace) {
      const objects = mirror.list(resource, namespace)
      if (objects.length === 0 || (await visibility.mayListAll(resource))) return objects
      if (!isNamespace(resource) && !resource.namespaced) return []
      const names = await visibility.namespacesIn(resource, objects.map(namespaceOf))
      return objects.filter((each) => names.has(namespaceOf(each)))
    },
    lists: async (resource, namespace) =>
      (await visibility.mayListAll(resource)) ||
      (namespace !== undefined && resource.namespaced && (await visibility.mayListIn(resource, namespace))),
    sees: async (resource, target) => (await visibility.seen(resource, [target])).length > 0,
    seen: (resource, targets) => visibility.seen(resource, targets),
  }
}

class PersonVisibility {
  readonly #options: VisibilityOptions

  constructor(options: VisibilityOptions) {
    this.#options = options
  }

  async mayListAll({ group, plural }: Resource): Promise<boolean> {
    return (await this.#options.rights.may({ verb: 'list', group, resource: plural })) === 'yes'
  }

  mayListIn({ group, plural }: Resource, namespace: string): Promise<boolean> {
    return this.#mayAnyIn(namespace, [{ verb: 'list', group, resource: plural }])
  }

  async seesNamespace(namespace: string): Promise<boolean> {
    return (await this.mayListAll(namespaces)) || this.#seesSomethingOf(namespace)
  }

  /** The namespace itself, or any mirrored kind in it. */
  #seesSomethingOf(namespace: string): Promise<boolean> {
    const get = { verb: 'get', group: '', resource: 'namespaces', name: namespace }
    const lists = this.#options.mirrored
      .filter((each) => each.namespaced)
      .map(({ group, plural }) => ({ verb: 'list', group, resource: plural }))
    return this.#mayAnyIn(namespace, [get, ...lists])
  }

  /** Of namespaces those whose names, or whose objects of this kind, the person may know who may not list them all. */
  async namespacesIn(resource: Resource, names: readonly string[]): Promise<ReadonlySet<string>> {
    const keeps = (name: string) =>
      isNamespace(resource) ? this.#seesSomethingOf(name) : this.mayListIn(resource, name)
    const kept = new Set<string>()
    await Promise.all(
      [...new Set(names)].map(async (name) => {
        if (await keeps(name)) kept.add(name)
      }),
    )
    return kept
  }

  async seen(resource: Resource, targets: readonly Target[]): Promise<Target[]> {
    if (targets.length === 0 || (await this.mayListAll(resource))) return [...targets]
    const places = targets.map(({ namespace, name }) => (isNamespace(resource) ? name : namespace))
    const listed = await this.namespacesIn(
      resource,
      places.filter((each) => each !== undefined),
    )
    const found = await Promise.all(
      targets.map(({ namespace, name }, index) => {
        const place = places[index]
        if (place !== undefined && listed.has(place)) return Promise.resolve(true)
        return isNamespace(resource) ? Promise.resolve(false) : this.#mayGet(resource, namespace, name)
      }),
    )
    return targets.filter((_, index) => found[index] === true)
  }

  async #mayGet({ group, plural }: Resource, namespace: string | undefined, name: string): Promise<boolean> {
    const get = { verb: 'get', group, resource: plural, name }
    if (namespace === undefined) return (await this.#options.rights.may(get)) === 'yes'
    return this.#mayAnyIn(namespace, [get])
  }

  /** By the rules where they are complete; one question more each where an authorizer could not list its own. */
  async #mayAnyIn(namespace: string, questions: readonly Asked[]): Promise<boolean> {
    const { rights } = this.#options
    const rules = await rights.rules(namespace)
    if (rules === undefined) return false
    if (questions.some((each) => rules.allows(each))) return true
    if (rules.complete) return false
    for (const each of questions) if ((await rights.may({ ...each, namespace })) === 'yes') return true
    return false
  }
}

type Asked = { verb: string; group: string; resource: string; name?: string }

function isNamespace(resource: Resource): boolean {
  return resource.group === '' && resource.plural === 'namespaces'
}

/** A namespace's own namespace is itself, as Kubernetes authorizes it. */
function namespaceOf(object: KubernetesObject): string {
  return object.metadata.namespace ?? object.metadata.name
}
