import { createHash } from 'node:crypto'
import { stringsAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import { namespaces, pods, secrets } from '@orbweaver/kube/resources'
import { type Caches, createCaches } from '../caches.ts'
import { type ActorContext, type Controller, isDeleting, keyOf, messageOf, startController } from '../controller.ts'
import type { ReadCluster } from './debug.ts'
import { type FirstSync, startFirstSync } from './first-sync.ts'
import type { IstiodIdentity } from './identity.ts'
import { startRootDistributor } from './root-distributor.ts'
import { startWebhookPatcher } from './webhook-patcher.ts'

/** Makes a client from the kubeconfig of a remote Secret; throws when istiod would refuse it. */
export type ConnectRemote = (clusterId: string, kubeconfig: string) => KubeClient

export type RemoteOptions = {
  identity: IstiodIdentity
  rootPem: () => string
  /** The control plane's mesh says which namespaces count in every cluster. */
  discovers: (namespace: KubernetesObject) => boolean
  connect: ConnectRemote
  /** Writes a line into this istiod's log. */
  say: (line: string) => void
}

export type RemoteClusters = {
  clusters: () => ReadCluster[]
  /** Pods with a sidecar in clusters that answer. */
  injectedPods: () => Promise<KubernetesObject[]>
  recheck: () => void
  stop: () => Promise<void>
}

/** What injection writes on each Pod. */
const injected = 'security.istio.io/tlsMode=istio'

type Followed = { client: KubeClient; sync: FirstSync; recheck: () => void; stop: () => Promise<void> }
type Remote = Followed & { secret: string; digest: string }

/**
 * Remote Secrets of this istiod's namespace (pkg/kube/multicluster/secretcontroller.go): label istio/multiCluster, one
 * data key a cluster. Its own cluster and clusters another Secret brought already are ignored with a line in the log; of a
 * kubeconfig that is refused nothing is known, and the one before it goes on.
 */
export function startRemoteClusters(context: ActorContext, options: RemoteOptions): RemoteClusters {
  const remotes = new Map<string, Remote>()
  const { identity } = options
  const drop = async (clusterId: string): Promise<void> => {
    const remote = remotes.get(clusterId)
    remotes.delete(clusterId)
    await remote?.stop()
  }
  const reconcile = async ({ namespace, name }: { namespace: string; name: string }): Promise<void> => {
    const secret = context.caches.of(secrets).get(namespace, name)
    const wanted = kubeconfigsOf(secret)
    for (const [clusterId, remote] of remotes) {
      if (remote.secret === name && wanted[clusterId] === undefined) await drop(clusterId)
    }
    for (const [clusterId, text] of Object.entries(wanted)) {
      const digest = createHash('sha256').update(text).digest('hex')
      const known = remotes.get(clusterId)
      if (clusterId === identity.clusterId || (known !== undefined && known.secret !== name)) {
        context.log(`${context.client.cluster}: istiod ignores cluster ${clusterId} of Secret ${name}: already known`)
        continue
      }
      if (known?.digest === digest) continue
      const followed = follow(context, options, { clusterId, text })
      if (followed === undefined) continue
      await drop(clusterId)
      remotes.set(clusterId, { ...followed, secret: name, digest })
      options.say(`Adding cluster ${clusterId} from secret ${namespace}/${name}`)
    }
  }
  // One that loses its label is told like any other change.
  const concerns = (secret: KubernetesObject): boolean =>
    secret.metadata.namespace === identity.namespace &&
    (isLabelled(secret) || [...remotes.values()].some((each) => each.secret === secret.metadata.name))
  const controller: Controller = startController(context, {
    name: 'istiod remote clusters',
    watches: [{ resource: secrets, keys: (secret) => (concerns(secret) ? [keyOf(secret)] : []) }],
    reconcile,
    workers: 1,
  })
  return {
    clusters: () =>
      [...remotes].map(([id, { secret, sync }]) => ({
        id,
        secretName: `${identity.namespace}/${secret}`,
        syncStatus: sync.status(),
      })),
    injectedPods: async () => {
      const asked = [...remotes.values()].map(async ({ client }) => client.list(pods, { labelSelector: injected }))
      const answers = await Promise.allSettled(asked)
      return answers.flatMap((each) => (each.status === 'fulfilled' ? each.value.items : []))
    },
    recheck: () => {
      for (const each of remotes.values()) each.recheck()
    },
    stop: async () => {
      await controller.stop()
      await Promise.all([...remotes.keys()].map(drop))
    },
  }
}

function isLabelled(secret: KubernetesObject): boolean {
  return labelsOf(secret)['istio/multiCluster'] === 'true'
}

function kubeconfigsOf(secret: KubernetesObject | undefined): Record<string, string> {
  if (secret === undefined || isDeleting(secret) || !isLabelled(secret)) return {}
  const entries = Object.entries(stringsAt(secret, 'data'))
  return Object.fromEntries(entries.map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]))
}

/** Looks after one remote cluster with the credentials it was given; undefined when those are refused. */
function follow(
  context: ActorContext,
  { identity, rootPem, discovers, connect }: RemoteOptions,
  { clusterId, text }: { clusterId: string; text: string },
): Followed | undefined {
  let client: KubeClient
  try {
    client = connect(clusterId, text)
  } catch (error) {
    context.log(`${context.client.cluster}: istiod refuses the kubeconfig of ${clusterId}: ${messageOf(error)}`)
    return undefined
  }
  const sync = startFirstSync(client, { clock: context.clock, timeoutMs: timeoutOf(identity) })
  const caches = createCaches(client, () => undefined)
  const remote: ActorContext = { ...context, client, caches }
  const leads = (): boolean => identity.external && isMarkedFor(caches, identity)
  const roots = startRootDistributor(remote, { rootPem, leads, discovers })
  const webhooks = startWebhookPatcher(remote, { revision: identity.revision, rootPem, leads })
  const recheck = (): void => {
    roots.recheck()
    webhooks.recheck()
  }
  caches.of(namespaces).onChange((namespace) => {
    if (namespace.metadata.name === identity.namespace) recheck()
  })
  return {
    client,
    sync,
    recheck,
    stop: async () => {
      sync.stop()
      await Promise.all([roots.stop(), webhooks.stop(), caches.stop()])
      await client.close()
    },
  }
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/** Milliseconds; 0 for never. Source: pilot/pkg/features PILOT_REMOTE_CLUSTER_TIMEOUT, a Go duration. */
function timeoutOf({ environment }: IstiodIdentity): number {
  const parts = [...(environment.PILOT_REMOTE_CLUSTER_TIMEOUT ?? '30s').matchAll(/([\d.]+)(ms|[smh])/g)]
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNIT_MS[unit ?? ''] ?? 0), 0)
}

/** A remote cluster says by an annotation whose control planes may write there (checkShouldLead). */
function isMarkedFor(caches: Caches, identity: IstiodIdentity): boolean {
  const namespace = caches.of(namespaces).get('', identity.namespace)
  if (namespace === undefined) return false
  const wanted = (annotationsOf(namespace)['topology.istio.io/controlPlaneClusters'] ?? '').split(',')
  return wanted.some((each) => each.trim() === identity.clusterId || each.trim() === '*')
}
