import { createCaches } from '@orbweaver/sandbox/actors/caches'
import { startActors } from './actors.ts'
import { adminApi } from './api.ts'
import { egressSocketOf } from './cluster-layout.ts'
import { directoryOf } from './directory.ts'
import { startEgressProxy } from './egress-proxy.ts'
import { IstiodKubelet } from './istiod-kubelet.ts'
import type { Host } from './istiod-process.ts'
import { LabError } from './lab-error.ts'
import { readState } from './lab-state.ts'
import { startExporter } from './prometheus/exporter.ts'
import { startPrometheusKubelet } from './prometheus/kubelet.ts'
import { runDir } from './run-dir.ts'

/**
 * The one process of ours in a running lab: the way out of each API server, the kubelet of istiod's and Prometheus' Pods,
 * and the actors.
 * Started by `up`; ends on SIGTERM, and its istiods with it.
 */
const say = (line: string): void => {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`)
}

const run = async (root: string): Promise<() => Promise<void>> => {
  const dir = runDir(root)
  const state = readState(dir)
  if (state === undefined) throw new LabError('agent', [`no lab in ${root}`])
  const members = state.clusters.map((layout) => {
    const api = adminApi(layout)
    const host: Host = { dir, built: state.built, layout, api }
    return { ...host, host, kubelet: new IstiodKubelet(host, say) }
  })
  const directory = directoryOf(
    members.map(({ layout, api, kubelet }) => ({
      name: layout.name,
      api,
      kubeletPort: layout.ports.kubelet,
      get istiods() {
        return kubelet.istiods
      },
    })),
  )
  const proxies = await Promise.all(
    members.map(({ layout }) => startEgressProxy(layout.name, egressSocketOf(layout), { directory, say })),
  )
  for (const { kubelet } of members) kubelet.start()
  const actors = members.flatMap(({ layout, api }, index) =>
    layout.meshes ? [startActors({ name: layout.name, index, api, directory, built: state.built, say })] : [],
  )
  const meters = await startMeters(members)
  return async () => {
    await meters.stop()
    await Promise.all(actors.map((each) => each.stop()))
    await Promise.all(members.map(({ kubelet }) => kubelet.stop()))
    await Promise.all(proxies.map((proxy) => proxy.close()))
    await Promise.all(members.map(({ api }) => api.close()))
  }
}

/** Prometheus wherever a Pod asks for it, and what all of them scrape. */
const startMeters = async (
  members: readonly { readonly host: Host }[],
): Promise<{ readonly stop: () => Promise<void> }> => {
  const caches = new Map(members.map(({ host }) => [host.layout.name, createCaches(host.api, say)]))
  const exporter = await startExporter(caches)
  const kubelets = members.map(({ host }) => startPrometheusKubelet(host, exporter, say))
  return {
    stop: async () => {
      await Promise.all(kubelets.map((each) => each.stop()))
      await exporter.close()
      await Promise.all([...caches.values()].map((each) => each.stop()))
    },
  }
}

/** Comes back when it was told to end and everything is ended. */
export const agent = async (root: string): Promise<void> => {
  const stop = await run(root)
  await new Promise((told) => {
    process.once('SIGTERM', told)
    process.once('SIGINT', told)
  })
  await stop()
}
