import { setTimeout as sleep } from 'node:timers/promises'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Resource } from '@orbweaver/kube/client'
import { configMaps, pods } from '@orbweaver/kube/resources'
import {
  type ContainerState,
  isBeingDeleted,
  isIstiodPod,
  istiodSelector,
  neededConfigMaps,
  podIpOf,
  portForwardOf,
  readyPort,
  statusOf,
} from './istiod-pod.ts'
import {
  type Host,
  type IstiodProcess,
  isServing,
  refreshMounts,
  removeIstiodFiles,
  startIstiod,
} from './istiod-process.ts'
import { lastLines, stopParts } from './parts.ts'
import { isAlive } from './process-identity.ts'

export const portForwards: Resource = {
  group: 'kwok.x-k8s.io',
  version: 'v1alpha1',
  plural: 'portforwards',
  kind: 'PortForward',
  namespaced: true,
}

/** One istiod Pod under care. */
type Charge = {
  pod: KubernetesObject
  process?: IstiodProcess
  restarts: number
  notBefore: number
  mountsRefreshed: number
  reported: string
}

const roundMs = 500
const mountRefreshMs = 10_000
const stopMs = 5_000
const longestBackoffMs = 30_000

/**
 * The kubelet of istiod Pods: for each it runs a real `pilot-discovery` on this machine, and the Pod is
 * ready when the process says so. All other Pods are kwok's.
 */
export class IstiodKubelet {
  readonly #host: Host
  readonly #say: (line: string) => void
  readonly #charges = new Map<string, Charge>()
  readonly #stopping = new AbortController()
  #loop: Promise<void> = Promise.resolve()

  constructor(host: Host, say: (line: string) => void) {
    this.#host = host
    this.#say = say
  }

  start(): void {
    this.#loop = this.#run()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#loop
    await Promise.all([...this.#charges.values()].map((charge) => this.#end(charge)))
  }

  /** Loopback ports by Pod address, of the processes that run now. */
  get istiods(): ReadonlyMap<string, ReadonlyMap<number, number>> {
    const running = new Map<string, ReadonlyMap<number, number>>()
    for (const { pod, process } of this.#charges.values()) {
      const address = podIpOf(pod)
      if (address !== undefined && process !== undefined) running.set(address, process.ports)
    }
    return running
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await this.#round().catch((error: unknown) => this.#say(`${this.#host.layout.name}: ${String(error)}`))
      await sleep(roundMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
    }
  }

  async #round(): Promise<void> {
    const { items } = await this.#host.api.list(pods, { labelSelector: istiodSelector })
    const wanted = new Map(
      items
        .filter((pod) => isIstiodPod(pod) && !isBeingDeleted(pod) && podIpOf(pod) !== undefined)
        .map((pod) => [pod.metadata.uid ?? '', pod]),
    )
    for (const [uid, charge] of this.#charges) if (!wanted.has(uid)) await this.#release(uid, charge)
    await Promise.all([...wanted].map(([uid, pod]) => this.#care(uid, pod)))
  }

  async #release(uid: string, charge: Charge): Promise<void> {
    this.#charges.delete(uid)
    await this.#end(charge)
  }

  async #end({ process }: Charge): Promise<void> {
    if (process === undefined) return
    await stopParts(this.#host.dir, [process.part], stopMs)
    removeIstiodFiles(process)
  }

  async #care(uid: string, pod: KubernetesObject): Promise<void> {
    const charge = this.#charges.get(uid) ?? { pod, restarts: 0, notBefore: 0, mountsRefreshed: 0, reported: '' }
    charge.pod = pod
    this.#charges.set(uid, charge)
    try {
      await this.#report(charge, await this.#advance(charge))
    } catch (error) {
      this.#say(`${this.#host.layout.name}: Pod ${pod.metadata.name}: ${String(error)}`)
    }
  }

  /** One step towards a running process; answers what the Pod's status should say now. */
  async #advance(charge: Charge): Promise<ContainerState> {
    const { pod, process, restarts } = charge
    if (process !== undefined && isAlive(process.part.identity)) {
      if (Date.now() - charge.mountsRefreshed > mountRefreshMs) {
        charge.mountsRefreshed = Date.now()
        await refreshMounts(this.#host, pod, process.cwd)
      }
      return { ready: await isServing(process.ports.get(readyPort) ?? 0), restarts }
    }
    if (process !== undefined) return this.#crashed(charge, process)
    if (Date.now() < charge.notBefore) return { ready: false, restarts, waiting: 'waits before it is started again' }
    const missing = await this.#missingConfigMap(pod)
    if (missing !== undefined) return { ready: false, restarts, waiting: `configmap "${missing}" not found` }
    const started = await startIstiod(this.#host, pod)
    charge.process = started
    await this.#host.api.remove(portForwards, targetOf(pod)).catch(() => undefined) // usually there is none
    await this.#host.api.create(portForwards, portForwardOf(pod, started.ports))
    this.#say(`${started.part.name}: started, pid ${started.part.identity.pid}`)
    return { ready: false, restarts }
  }

  async #crashed(charge: Charge, process: IstiodProcess): Promise<ContainerState> {
    const words = lastLines(this.#host.dir, process.part.name).join('\n')
    await this.#end(charge)
    delete charge.process
    charge.restarts += 1
    charge.notBefore = Date.now() + Math.min(longestBackoffMs, 1_000 * 2 ** charge.restarts)
    this.#say(`${process.part.name}: ended\n${words}`)
    return { ready: false, restarts: charge.restarts, waiting: words.slice(-1_000) }
  }

  async #missingConfigMap(pod: KubernetesObject): Promise<string | undefined> {
    const namespace = pod.metadata.namespace ?? 'default'
    for (const name of neededConfigMaps(pod)) {
      const found = await this.#host.api.get(configMaps, { namespace, name }).catch(() => undefined)
      if (found === undefined) return name
    }
    return undefined
  }

  async #report(charge: Charge, state: ContainerState): Promise<void> {
    const said = JSON.stringify(state)
    if (said === charge.reported) return
    const status = statusOf(charge.pod, state, new Date().toISOString().replace(/\.\d+/, ''))
    const target = { ...targetOf(charge.pod), subresource: 'status' }
    await this.#host.api.patch(pods, target, { type: 'strategic', body: { status } })
    charge.reported = said
  }
}

const targetOf = (pod: KubernetesObject) => ({
  namespace: pod.metadata.namespace ?? 'default',
  name: pod.metadata.name,
})
