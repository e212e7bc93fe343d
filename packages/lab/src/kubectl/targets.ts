import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFleet } from '@orbweaver/sandbox/fleet'
import { emptyWorld } from '@orbweaver/sandbox/worlds/empty'
import type { TargetName } from '../conformance/target.ts'
import { LabError } from '../lab-error.ts'
import { runDir } from '../run-dir.ts'
import { command } from '../suite/running-lab.ts'

/** A cluster with the kinds of Istio and of the Sail Operator, and an administrator of it. */
export type KubectlTarget = { kubeconfig: string; context: string; close: () => Promise<void> }

export function startKubectlTarget(name: TargetName): Promise<KubectlTarget> {
  return name === 'sandbox' ? sandbox() : lab()
}

async function sandbox(): Promise<KubectlTarget> {
  const world = emptyWorld()
  const members = world.members.slice(0, 1)
  const fleet = await startFleet({ ...world, members, personas: [] }, { podStartMs: 20 })
  return { kubeconfig: fleet.adminKubeconfig, context: members[0]?.name ?? '', close: fleet.stop }
}

async function lab(): Promise<KubectlTarget> {
  const dir = runDir(mkdtempSync(join(tmpdir(), 'lab-')))
  await labCommand('up', '--dir', dir.root, '--clusters', '2')
  const kubeconfig = readFileSync(dir.adminKubeconfig, 'utf8')
  return { kubeconfig, context: 'member-1', close: () => labCommand('down', '--dir', dir.root) }
}

async function labCommand(...args: readonly string[]): Promise<void> {
  const { code, output } = await command(args)
  if (code !== 0) throw new LabError(args.join(' '), [output])
}
