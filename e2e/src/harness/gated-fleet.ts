import { startFleet } from '@orbweaver/sandbox/fleet'
import type { KubeClient } from '@orbweaver/kube/client'
import { secrets } from '@orbweaver/kube/resources'
import { stringsAt } from '@orbweaver/contracts/json'
import type { World } from '@orbweaver/sandbox/worlds/world'
import { consoleFiles } from './console-files.ts'
import { type Gate, openGate } from './gate.ts'

export type GatedFleet = {
  gate: Gate
  /** As an administrator, past the gate: for set-up and for looking at what is left. */
  admin(cluster: string): KubeClient
  files: { kubeconfig: string; personas: string }
  fleet: Awaited<ReturnType<typeof startFleet>>
  stop(): Promise<void>
}

/** A sandbox fleet whose console reaches every cluster only through the gate. */
export async function startGatedFleet(world: World): Promise<GatedFleet> {
  const fleet = await startFleet(world, { podStartMs: 20, probeIntervalMs: 200 })
  const targets = new Map([...fleet.clusters].map(([name, { server }]) => [name, server.url]))
  const gate = await openGate({ targets, counted: tokensIn(fleet.kubeconfig) })
  const throughGate = (text: string) =>
    [...targets].reduce((all, [name, url]) => all.replaceAll(addressOf(url), gate.url(name)), text)
  const admin = (cluster: string): KubeClient => {
    const member = fleet.clusters.get(cluster)
    if (member === undefined) throw new Error(`there is no cluster ${cluster}`)
    return member.admin
  }
  await rewriteCredentials(admin('hub'), throughGate)
  const { remove, ...files } = await consoleFiles({ ...fleet, kubeconfig: throughGate(fleet.kubeconfig) }, 'drill')
  return {
    gate,
    admin,
    files,
    fleet,
    async stop() {
      await gate.close()
      await fleet.stop()
      await remove()
    },
  }
}

/** The console's own, one a cluster: istiods write through the same addresses, with tokens of theirs. */
function tokensIn(kubeconfig: string): ReadonlySet<string> {
  return new Set([...kubeconfig.matchAll(/"?token"?: "?([\w.-]+)/g)].flatMap(([, token]) => token ?? []))
}

/** Servers speak TLS and plain HTTP on one port; the gate looks into what passes, so it takes the plain one. */
function addressOf(url: string): RegExp {
  return new RegExp(`https?://${new URL(url).host.replaceAll('.', '\\.')}`, 'g')
}

/** Clusters that the world registered were registered under their own addresses. */
async function rewriteCredentials(hub: KubeClient, throughGate: (text: string) => string): Promise<void> {
  const { items } = await hub.list(secrets, { namespace: 'orbweaver-system' })
  for (const secret of items) {
    const encoded = stringsAt(secret, 'data').kubeconfig
    if (encoded === undefined) continue
    const kubeconfig = throughGate(Buffer.from(encoded, 'base64').toString('utf8'))
    const data = { ...stringsAt(secret, 'data'), kubeconfig: Buffer.from(kubeconfig).toString('base64') }
    await hub.replace(secrets, { ...secret, data })
  }
}
