import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Connection } from '@orbweaver/kube/connection'
import type { CredentialEnd } from '@orbweaver/kube/kubeconfig/credential-ends'
import type { AccessQuestion, Identity, KubeClient, Resource, Target } from '@orbweaver/kube/client'

import type { HeldCredentials } from './prometheus-secret.ts'

/** What the BFF keeps of one cluster: watched kinds, projected, with their age. Reads never wait for the network. */
export type Mirror = {
  /** Objects of a mirrored kind; empty while nothing was read yet (truth() says so). */
  list(resource: Resource, namespace?: string): readonly KubernetesObject[]
  get(resource: Resource, target: Target): KubernetesObject | undefined
  /** Whether the kind was read at least once, so that absence means absence. */
  known(resource: Resource): boolean
  /** Another number after any change to a kind's objects, or to whether it is known; never one that it had before. */
  version(resource: Resource): number
  truth(): ClusterTruth
  /** Called (coalesced, at most every 100 ms) with the kinds that changed. */
  onChange(listener: (kinds: ReadonlySet<string>) => void): () => void
}

/** One cluster, as the console's own account and as people. */
export type ClusterDoor = {
  readonly name: string
  readonly server: string
  /** When what the console proves itself by here is over, and the authority it trusts. */
  readonly ends: readonly CredentialEnd[]
  readonly mirror: Mirror
  /** The console's own account: mirror, reviews, reconciler. Never for what a person causes. */
  readonly own: KubeClient
  /** The signed-in person, by impersonation (mode self: the kubeconfig itself), names mapped per cluster. */
  as(identity: Identity): KubeClient
  /** The user that this person is here; undefined in mode self, where everybody is the kubeconfig's account. */
  nameOf(identity: Identity): string | undefined
  /** May this person do that here? Cached 30 s; unknown = false, told apart by `mayBe`. */
  may(identity: Identity, question: AccessQuestion): Promise<boolean>
  mayBe(identity: Identity, question: AccessQuestion): Promise<'yes' | 'no' | 'unknown'>
}

export type OfferedContext = { context: string; server: string; connection: Connection }

/** All clusters: the hub, and those that FleetCluster objects name. The hub is one of them only if registered. */
export type Fleet = {
  readonly hub: ClusterDoor
  get(name: string): ClusterDoor | undefined
  all(): readonly ClusterDoor[]
  /** Registered clusters without a way to them, and why. */
  unusable(): readonly ClusterTruth[]
  /** What was given for the Prometheus of a cluster, whatever address it has now. */
  prometheusCredentials: (cluster: string) => HeldCredentials | undefined
  /** Other contexts of the kubeconfig the console was started with: offered for registration, never used unasked. */
  offered(): readonly OfferedContext[]
  onChange(listener: (cluster: string, kinds: ReadonlySet<string>) => void): () => void
}

/**
 * The mirror through one person's eyes: what they may not list is not there, counts included. While a cluster is silent,
 * by what it last said of their rights (decision 0006).
 */
export type ViewerDoor = {
  readonly identity: Identity
  list(cluster: string, resource: Resource, namespace?: string): Promise<readonly KubernetesObject[]>
  get(cluster: string, resource: Resource, target: Target): Promise<KubernetesObject | undefined>
  /** Whether the person may know that this object exists. */
  sees(ref: ObjectRef): Promise<boolean>
  /** Whether the person may know that this namespace exists. */
  seesNamespace(cluster: string, namespace: string): Promise<boolean>
  /** Of these objects those that the person may know of, by `refKey`: `sees` for many at once. */
  seesWhich(refs: readonly ObjectRef[]): Promise<ReadonlySet<string>>
  /** Whether the person may list a kind that is mirrored, in one namespace or everywhere. */
  lists(cluster: string, resource: Resource, namespace?: string): Promise<boolean>
  /** May the person do that, now? Never answered from what a silent cluster said once. */
  may(cluster: string, question: AccessQuestion): Promise<boolean>
  /** State and age of the clusters named, or of all. A cluster nobody may see anything of is still named: it is the operator's. */
  truths(clusters?: readonly string[]): ClusterTruth[]
}
