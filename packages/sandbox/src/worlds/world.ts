import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { TroubleState } from '../fleet/troubles.ts'
import type { FaultState } from '../server/faults.ts'
import type { Store } from '../server/seed-store.ts'
import type { LoadBalancerOptions } from '../actors/load-balancer.ts'

/** One cluster of a world. */
export type WorldCluster = {
  name: string
  displayName: string
  provider: string
  region: string
  /** Istio network its Pods are in. */
  network: string
  /** What its API server says at /version. */
  kubernetes: string
  /** First two bytes of Pod addresses. */
  podNetwork: string
  loadBalancer: LoadBalancerOptions
  /** Newest Istio minor its operator knows; absent: no operator at all. Extra Istio kinds come with `istioKinds`. */
  operator?: { image: string; newestMinor: number }
  istioKinds: boolean
  /** Loaded in this order; before the next stage begins, Deployments are available and webhooks have their CA. */
  stages: KubernetesObject[][]
  /** Namespaces that are repeated once the stages have come to rest. */
  copies?: NamespaceCopies[]
  /** Changes the cluster once everything stands, past admission: what people and time have done to it. */
  afterwards?: (store: Store, now: Date) => void
  /** What is wrong with it from then on. */
  wrong?: { faults?: Partial<FaultState>; troubles?: TroubleState }
  /** Registered in the hub as a FleetCluster from the beginning. */
  registered: boolean
  /** Service of its Prometheus, where its FleetCluster says so from the beginning. */
  prometheus?: { namespace: string; name: string; port: number }
}

/** Who can sign in. Rights are bindings in the clusters, made from `binds`. */
export type Persona = {
  id: string
  name: string
  user: string
  groups: string[]
  description: { en: string; zh: string }
  binds: { role: string; cluster: string; namespace?: string }[]
}

/** A namespace of a stage and the names under which it is there again, with all that controllers made in it. */
export type NamespaceCopies = { of: string; to: string[] }

export type World = {
  name: string
  hub: WorldCluster
  members: WorldCluster[]
  personas: Persona[]
  /** Mesh objects of the hub, made as the console makes them after the first stage of every cluster. */
  meshes?: KubernetesObject[]
  /** Meshes whose making began an hour ago and comes to no end, as things are: the console finds out why. */
  unfinished?: KubernetesObject[]
}
