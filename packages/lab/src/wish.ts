import { kubernetesVersion } from './families.ts'
import { isWorldName, worldNames, type WorldName } from './worlds/lab-world.ts'

/** What somebody asks of a lab. What they leave out is as it is in the lab that runs, else the default. */
export type Wish = {
  readonly clusters: number | undefined
  /** `cluster=world`, or worlds alone: those are the members' in their order, the last of them also the others'. */
  readonly worlds: readonly string[] | undefined
  /** One a node of each cluster, in order; the last also the others'. */
  readonly kubelets: readonly string[] | undefined
}

/** What is decided of a cluster before it is laid out. */
export type ClusterPlan = {
  readonly name: string
  /** It may hold meshes: every member, and a hub that is alone. */
  readonly meshes: boolean
  readonly world: WorldName
  readonly kubelets: readonly string[]
}

const nodesPerCluster = 3
const defaultClusters = 3
/** Within what Kubernetes supports beside its API server: three minors back (kubernetes.io/releases/version-skew-policy). */
const minorsBack = 3

const minorOf = (version: string): number => Number(/^v1\.(\d+)\.\d+$/.exec(version)?.[1])

/** The minor before is what nodes have that are not upgraded yet. */
const defaultKubelets = [kubernetesVersion, kubernetesVersion, `v1.${minorOf(kubernetesVersion) - 1}.4`]

const clusterNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => (index === 0 ? 'hub' : `member-${index}`))

/** Throws an Error fit for one line when it cannot be. */
export const planOf = (wish: Wish): readonly ClusterPlan[] => {
  const names = clusterNames(wish.clusters ?? defaultClusters)
  const mayHold = names.length === 1 ? names : names.slice(1)
  const worlds = worldsOf(wish.worlds ?? [], mayHold)
  const kubelets = kubeletsOf(wish.kubelets ?? defaultKubelets)
  return names.map((name) => ({
    name,
    meshes: mayHold.includes(name),
    world: worlds.get(name) ?? 'empty',
    kubelets,
  }))
}

/** Whether what runs is what is asked for. */
export const isMet = (wish: Wish, running: readonly ClusterPlan[]): boolean => {
  const asked = planOf({ ...wish, clusters: wish.clusters ?? running.length })
  return (
    asked.length === running.length &&
    asked.every(({ world, kubelets }, index) => {
      const sameWorld = wish.worlds === undefined || world === running[index]?.world
      return sameWorld && (wish.kubelets === undefined || kubelets.join() === running[index]?.kubelets.join())
    })
  )
}

const worldsOf = (asked: readonly string[], clusters: readonly string[]): ReadonlyMap<string, WorldName> => {
  const inOrder = asked.filter((each) => !each.includes('=')).map(worldNamed)
  if (inOrder.length > clusters.length) throw new Error(`--worlds names more worlds than there are members`)
  const found = new Map<string, WorldName>()
  for (const [index, name] of clusters.entries()) {
    const world = inOrder[index] ?? inOrder.at(-1)
    if (world !== undefined) found.set(name, world)
  }
  for (const pair of asked.filter((each) => each.includes('='))) {
    const [name = '', world = ''] = pair.split('=')
    if (!clusters.includes(name)) throw new Error(`--worlds: ${name} is none of ${clusters.join(', ')}`)
    found.set(name, worldNamed(world))
  }
  return found
}

const worldNamed = (name: string): WorldName => {
  if (isWorldName(name)) return name
  throw new Error(`--worlds: there is no world ${name}: ${worldNames.join(', ')}`)
}

const kubeletsOf = (asked: readonly string[]): readonly string[] => {
  const newest = minorOf(kubernetesVersion)
  for (const version of asked) {
    const minor = minorOf(version)
    if (!(minor <= newest && minor >= newest - minorsBack)) {
      throw new Error(`--kubelets takes v1.${newest - minorsBack}.0 to ${kubernetesVersion}, as Kubernetes does`)
    }
  }
  if (asked.length > nodesPerCluster) throw new Error(`--kubelets names more than ${nodesPerCluster} nodes`)
  return Array.from({ length: nodesPerCluster }, (_, index) => asked[index] ?? asked.at(-1) ?? kubernetesVersion)
}
