import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { listAt, numberAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { pods } from '@orbweaver/kube/resources'
import { portForwards } from '../istiod-kubelet.ts'
import { isBeingDeleted, podIpOf, portForwardOf } from '../istiod-pod.ts'
import type { Host } from '../istiod-process.ts'
import { type Part, stopParts } from '../parts.ts'
import { isAlive } from '../process-identity.ts'
import type { Exporter } from './exporter.ts'
import { type RunningPrometheus, startPrometheus } from './process.ts'

/** What Prometheus' own chart calls its Pods. */
const selector = 'app.kubernetes.io/name=prometheus'

const roundMs = 500
const afterFailureMs = 10_000
const stopMs = 5_000

type Charge = RunningPrometheus & { readonly data: string }

/** One that has ended is started again. */
export const isPrometheusPart = ({ name }: Part): boolean => name.includes('-prometheus-')

/** The kubelet of Prometheus' Pods, as far as they have one of their own: a real process for each, behind their ports. */
export type PrometheusKubelet = { readonly stop: () => Promise<void> }

export const startPrometheusKubelet = (
  host: Host,
  exporter: Exporter,
  say: (line: string) => void,
): PrometheusKubelet => {
  const charges = new Map<string, Charge>()
  const stopping = new AbortController()
  const end = async (uid: string, { part, data }: Charge): Promise<void> => {
    charges.delete(uid)
    await stopParts(host.dir, [part], stopMs)
    rmSync(data, { recursive: true, force: true })
  }
  const round = async (): Promise<void> => {
    const { items } = await host.api.list(pods, { labelSelector: selector })
    const wanted = items.filter(
      (pod) => !isBeingDeleted(pod) && podIpOf(pod) !== undefined && portOf(pod) !== undefined,
    )
    const uids = new Set(wanted.map(({ metadata }) => metadata.uid ?? ''))
    for (const [uid, charge] of charges) {
      if (!uids.has(uid) || !isAlive(charge.part.identity)) await end(uid, charge)
    }
    for (const pod of wanted) {
      const uid = pod.metadata.uid ?? ''
      if (charges.has(uid)) continue
      charges.set(uid, await begin(host, exporter, pod))
      say(`${host.layout.name}: Prometheus of Pod ${pod.metadata.name} runs`)
    }
  }
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const failed = await round().then(() => undefined, String)
      if (failed !== undefined) say(`${host.layout.name}: Prometheus: ${failed}`)
      const ms = failed === undefined ? roundMs : afterFailureMs
      await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const running = loop()
  return {
    stop: async () => {
      stopping.abort()
      await running
      await Promise.all([...charges].map(([uid, charge]) => end(uid, charge)))
    },
  }
}

/** The port that its container names, which is where it is reached. */
const portOf = (pod: KubernetesObject): number | undefined =>
  listAt(pod, 'spec', 'containers')
    .flatMap((each) => listAt(each, 'ports'))
    .map((each) => numberAt(each, 'containerPort'))
    .find((each) => each !== undefined)

const begin = async (host: Host, exporter: Exporter, pod: KubernetesObject): Promise<Charge> => {
  const { namespace = 'default', name, uid = '' } = pod.metadata
  const data = join(host.dir.root, 'prometheus', uid)
  const config = scraping(exporter, host.layout.name)
  const started = await startPrometheus(host.dir, { name: `${host.layout.name}-prometheus-${name}`, data, config })
  await host.api.remove(portForwards, { namespace, name }).catch(() => undefined) // usually there is none
  await host.api.create(portForwards, portForwardOf(pod, new Map([[portOf(pod) ?? 0, started.port]])))
  return { ...started, data }
}

/** The exporter stands for all targets of a cluster: what it says of them is what each would be given. */
const scraping = (exporter: Exporter, cluster: string): object => ({
  global: { scrape_interval: '15s' },
  scrape_configs: [
    {
      job_name: 'synthetic',
      honor_labels: true,
      metrics_path: exporter.path(cluster),
      static_configs: [{ targets: [`127.0.0.1:${exporter.port}`] }],
    },
  ],
})
