import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { adminApi } from './api.ts'
import { applyAll } from './apply.ts'
import { caFileOf, type ClusterLayout, isHub, serverOf, tokenOf } from './cluster-layout.ts'
import { ensureConsoleAccount } from './console-account.ts'
import { type Context, kubeconfig } from './kubeconfig.ts'
import { adminUser, bindingsIn, rightsOf } from './people.ts'
import type { RunDir } from './run-dir.ts'
import { labWorlds } from './worlds/lab-world.ts'

const contextOf = (layout: ClusterLayout, user: string, token: string): Context => ({
  name: layout.name,
  server: serverOf(layout),
  ca: readFileSync(caFileOf(layout), 'utf8'),
  user,
  token,
})

const write = (file: string, contexts: readonly Context[]): void =>
  writeFileSync(file, kubeconfig(contexts), { mode: 0o600 })

/** Roles are the console's to bring: people are bound to them after. */
const consoleContext = async (layout: ClusterLayout): Promise<Context> => {
  const api = adminApi(layout)
  try {
    const token = await ensureConsoleAccount(api, isHub(layout) ? 'hub' : 'member')
    const { teamNamespace } = labWorlds[layout.world]
    await applyAll(api, bindingsIn({ isHub: isHub(layout), meshes: layout.meshes, teamNamespace }))
    return contextOf(layout, 'console', token)
  } finally {
    await api.close()
  }
}

/** Who may do what, and how they get in. The console's is written last: with it the lab is up. */
export const writeKubeconfigFiles = async (dir: RunDir, clusters: readonly ClusterLayout[]): Promise<void> => {
  const as = (user: string) => clusters.map((layout) => contextOf(layout, user, tokenOf(layout, user)))
  write(dir.adminKubeconfig, as(adminUser))
  for (const user of Object.keys(rightsOf)) write(join(dir.people, `${user}.kubeconfig`), as(user))
  write(dir.consoleKubeconfig, await Promise.all(clusters.map(consoleContext)))
}
