import { isJson } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { type InjectionWorld, injectionWorld } from '../injection/world.ts'
import { type KindKey, kinds } from '../world/kinds.ts'
import type { MeshSettings } from '../world/mesh-settings.ts'
import type { ClusterView } from '../world/view.ts'
import { factsOver } from './facts-over.ts'
import { foundHost } from './found-host.ts'
import { allUnder, defineIndex } from './index-of.ts'
import type { Looking } from './looking.ts'
import type { Store } from './store.ts'
import { type Document, fact, type MeshWorld, type MeshWorldParts } from './world.ts'

/** The world of a mesh over a store: all that is looked at in it is seen. */
export function watchedWorld(parts: MeshWorldParts, store: Store, looking: Looking): MeshWorld {
  const views = new Map(parts.clusters.map((each) => [each.cluster, watchedView(each.cluster, store, looking)]))
  const config = views.get(parts.config.cluster) ?? watchedView(parts.config.cluster, store, looking)
  const clusters = [...views.values()]
  const { known, knownOf } = factsOver(looking)
  const look: MeshWorld['look'] = (index, key) => {
    const under = store.at(index, key)
    looking.look(under.look)
    return allUnder(under)
  }
  const settings = fact<MeshSettings>('settings', () => parts.settings(config))
  const injection = fact<readonly InjectionWorld[]>('injection', () => {
    const told = clusters.map((view) => withIstiodsOnly(view, look))
    const [first] = told
    return told.map((view) => (view === first ? injectionWorld(view) : injectionWorld(view, first)))
  })
  const world: MeshWorld = {
    config,
    clusters,
    get mesh() {
      return known(world, settings)
    },
    version: parts.version,
    hosts: { find: (name, namespace) => knownOf(world, foundHost, { name, namespace }) },
    get injection() {
      return known(world, injection)
    },
    complete: (kind) => parts.unread.length === 0 && clusters.every((view) => view.has(kind)),
    look,
    now: () => parts.now?.() ?? new Date(),
    yaml: (text) => (parts.yaml === undefined ? undefined : documentOf(() => parts.yaml?.(text))),
    known: (wanted) => known(world, wanted),
    knownOf: (wanted, name, namespace) => knownOf(world, wanted, { name, namespace }),
  }
  return world
}

/** Of a cluster's Deployments injection depends on istiod's: a change to any other is none to it. */
const istiods = defineIndex<KubernetesObject>({
  name: 'Deployments of istiod',
  kinds: [kinds.deployment],
  where: 'every',
  entries: (deployment, cluster) => (labelsOf(deployment).app === 'istiod' ? [[cluster, deployment]] : []),
})

function withIstiodsOnly(view: ClusterView, look: MeshWorld['look']): ClusterView {
  const isAll = (kind: KindKey, namespace: string | undefined) => kind === kinds.deployment && namespace === undefined
  return {
    cluster: view.cluster,
    has: (kind) => view.has(kind),
    get: (kind, name, namespace) => view.get(kind, name, namespace),
    list: (kind, namespace) => (isAll(kind, namespace) ? look(istiods, view.cluster) : view.list(kind, namespace)),
  }
}

/** Undefined for what is more than JSON, such as a date. */
function documentOf(read: () => unknown): Document | undefined {
  try {
    const value = read()
    return isJson(value) ? { value } : undefined
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

function watchedView(cluster: string, store: Store, looking: Looking): ClusterView {
  return {
    cluster,
    has(kind) {
      looking.look(store.lookAt.read(cluster, kind))
      return store.has(cluster, kind)
    },
    list(kind, namespace) {
      looking.look(store.lookAt.kind(cluster, kind, namespace))
      return store.list(cluster, kind, namespace)
    },
    get(kind, name, namespace = '') {
      const place = `${namespace}/${name}`
      looking.look(store.lookAt.place(cluster, kind, place))
      return store.get(cluster, kind, place)
    },
  }
}
