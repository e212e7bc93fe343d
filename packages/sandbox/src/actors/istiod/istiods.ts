import { at, type Json, recordAt } from '@orbweaver/contracts/json'
import { type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { configMaps, deployments, nodes, pods } from '@orbweaver/kube/resources'
import type { Cache } from '../object-table.ts'
import { selectorMatches } from '../selectors.ts'
import { type ActorContext, isDeleting, keyOf, type ObjectKey, startController } from '../controller.ts'
import { answerReview } from './admission.ts'
import { loadAuthority, type SigningAuthority, watchPlugged } from './authority-store.ts'
import { type IstiodPorts, openPorts } from './debug.ts'
import { startElections } from './elections.ts'
import { answers, type IstiodIdentity, istiodIdentity, sameIdentity } from './identity.ts'
import { meshConfigOf } from './mesh-config.ts'
import { type ConnectRemote, startRemoteClusters } from './remote-clusters.ts'
import { createIstiodLog } from './log.ts'
import { reviewedResource, startMetrics } from './metrics.ts'
import { startRootDistributor } from './root-distributor.ts'
import { isDiscovered, parsed, settingsName, settingsOf } from './settings.ts'
import { createSigner, type Signer, type SigningHistory } from './signer.ts'
import { startWebhookPatcher } from './webhook-patcher.ts'

/** One control plane of one cluster: all replicas of a Deployment speak with one voice. */
export type Istiod = {
  identity: IstiodIdentity
  /** Of the authority that signed the certificate it serves with. */
  rootPem: () => string
  answer: (call: { review: unknown; path: string }) => unknown
  /** Its Pods are ready and nobody listens at the port of its webhooks. */
  refuses: () => boolean
  /** The newest lines of what it has written. */
  log: () => readonly string[]
  /** What listens on its Pods' loopback. */
  port: IstiodPorts
  heldBy: Signer['heldBy']
}

export type Istiods = {
  /** The istiod behind a Deployment, while one of its Pods is ready. */
  find: (namespace: string, deployment: string) => Istiod | undefined
  /** The same, whether or not it answers just now: what its proxies have from it they keep. */
  known: (namespace: string, deployment: string) => Istiod | undefined
  stop: () => Promise<void>
}

type Running = Istiod & {
  /** Its Pods when it began, by uid: when all of them are gone and others are there, it began anew. */
  pods: ReadonlySet<string>
  beginAnew: () => Promise<void>
  stop: () => Promise<void>
}

export type IstiodsOptions = { connect: ConnectRemote; refuses: () => boolean }

/** Starts what istiod does for each Deployment labelled app=istiod once it has a ready Pod; ends with the Deployment. */
export function startIstiods(context: ActorContext, options: IstiodsOptions): Istiods {
  const running = new Map<string, Running>()
  /** What its proxies hold outlives an istiod. */
  const histories = new Map<string, SigningHistory>()
  const cache = context.caches.of(deployments)
  const end = async (key: string): Promise<void> => {
    const istiod = running.get(key)
    running.delete(key)
    await istiod?.stop()
  }
  const reconcile = async ({ namespace, name }: ObjectKey): Promise<void> => {
    const key = `${namespace}/${name}`
    const deployment = cache.get(namespace, name)
    const identity = deployment === undefined || isDeleting(deployment) ? undefined : istiodIdentity(deployment)
    if (identity === undefined) {
      histories.delete(key)
      return end(key)
    }
    const known = running.get(key)
    if (known !== undefined && sameIdentity(known.identity, identity))
      return followPods(known, podsOf(context, deployment))
    if (deployment === undefined || !answers(deployment)) return
    await end(key)
    const history = histories.get(key) ?? []
    histories.set(key, history)
    const began = await start(context, { ...options, identity, history })
    running.set(key, { ...began, pods: podsOf(context, deployment) })
  }
  const controller = startController(context, {
    name: 'istiod',
    watches: [
      { resource: deployments, keys: (each) => (labelsOf(each).app === 'istiod' ? [keyOf(each)] : []) },
      { resource: pods, keys: (pod) => (labelsOf(pod).app === 'istiod' ? ownersOf(cache, pod).map(keyOf) : []) },
    ],
    reconcile,
    workers: 2,
  })
  context.caches.of(nodes)
  return {
    find: (namespace, name) => {
      const deployment = cache.get(namespace, name)
      if (deployment === undefined || !answers(deployment)) return undefined
      return running.get(`${namespace}/${name}`)
    },
    known: (namespace, name) => running.get(`${namespace}/${name}`),
    stop: async () => {
      await controller.stop()
      await Promise.all([...running.keys()].map(end))
    },
  }
}

async function followPods(istiod: Running, here: ReadonlySet<string>): Promise<void> {
  if (here.size === 0 || [...istiod.pods].some((uid) => here.has(uid))) return
  const began = istiod.pods.size > 0
  istiod.pods = here
  if (began) await istiod.beginAnew()
}

function podsOf(context: ActorContext, deployment: KubernetesObject | undefined): ReadonlySet<string> {
  if (deployment === undefined) return new Set()
  const own = context.caches
    .of(pods)
    .list()
    .filter((pod) => !isDeleting(pod) && isOf(deployment, pod))
  return new Set(own.map(({ metadata }) => metadata.uid ?? ''))
}

function ownersOf(cache: Cache, pod: KubernetesObject): KubernetesObject[] {
  return cache.list().filter((each) => isOf(each, pod))
}

function isOf(deployment: KubernetesObject, pod: KubernetesObject): boolean {
  if (deployment.metadata.namespace !== pod.metadata.namespace) return false
  return selectorMatches(recordAt(deployment, 'spec', 'selector'), labelsOf(pod))
}

type Start = IstiodsOptions & { identity: IstiodIdentity; history: SigningHistory }

async function start(
  outside: ActorContext,
  { identity, history, connect, refuses }: Start,
): Promise<Omit<Running, 'pods'>> {
  const written = createIstiodLog(outside)
  const { context } = written
  const signer = createSigner({ identity, history, clock: context.clock })
  signer.take(await loadAuthority(context, identity.namespace))
  const rootPem = (): string => signer.present().pem
  written.say(`Istio control plane ${identity.version} of revision ${identity.revision}, cluster ${identity.clusterId}`)
  const leads = (): boolean => true
  const mesh = (): Json | undefined => parsed(settingsOf(context, identity, 'istio'), 'mesh')
  const discovers = (namespace: KubernetesObject): boolean => isDiscovered(mesh(), namespace)
  const roots = startRootDistributor(context, { rootPem, leads, discovers })
  context.caches.of(configMaps).onChange(({ metadata }) => {
    if (metadata.namespace === identity.namespace && metadata.name === settingsName(identity, 'istio')) roots.recheck()
  })
  const remotes = startRemoteClusters(context, { identity, rootPem, discovers, connect, say: written.say })
  const webhooks = startWebhookPatcher(context, { revision: identity.revision, rootPem, leads })
  const elections = startElections(context, identity)
  const metrics = startMetrics(context, { identity, remotePods: remotes.injectedPods })
  const parts = [roots, webhooks, remotes]
  const takeUp = (next: SigningAuthority): void => {
    signer.take(next)
    for (const each of parts) each.recheck()
  }
  const plugged = watchPlugged(context, identity, { present: signer.present, take: takeUp })
  return {
    identity,
    rootPem,
    refuses,
    log: written.lines,
    port: openPorts({
      version: identity.version,
      // It answers once its own cluster is read.
      clusters: () => [{ id: identity.clusterId, secretName: '', syncStatus: 'synced' }, ...remotes.clusters()],
      mesh: () => meshConfigOf(mesh()),
      serving: signer.serving,
      metrics: metrics.text,
    }),
    heldBy: signer.heldBy,
    answer: (call) => {
      const answer = answerReview(context, identity, call)
      const allowed = at(answer, 'response', 'allowed') === true
      metrics.answered({ path: call.path, resource: reviewedResource(call.review), allowed })
      return answer
    },
    beginAnew: async () => takeUp(await loadAuthority(context, identity.namespace)),
    stop: async () => {
      await Promise.all([...parts, plugged, elections].map((each) => each.stop()))
    },
  }
}
