import { startActors } from './actors.ts'
import { adminApi } from './api.ts'
import { egressSocketOf } from './cluster-layout.ts'
import { directoryOf } from './directory.ts'
import { startEgressProxy } from './egress-proxy.ts'
import { IstiodKubelet } from './istiod-kubelet.ts'
import { LabError } from './lab-error.ts'
import { readState } from './lab-state.ts'
import { runDir } from './run-dir.ts'

/**
 * The one process of ours in a running lab: the way out of each API server, the kubelet of istiod Pods, and the actors.
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
    const kubelet = new IstiodKubelet({ dir, built: state.built, layout, api }, say)
    return { layout, api, kubelet }
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
  return async () => {
    await Promise.all(actors.map((each) => each.stop()))
    await Promise.all(members.map(({ kubelet }) => kubelet.stop()))
    await Promise.all(proxies.map((proxy) => proxy.close()))
    await Promise.all(members.map(({ api }) => api.close()))
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
