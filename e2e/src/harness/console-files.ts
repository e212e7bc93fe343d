import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fleet } from '@orbweaver/sandbox/fleet'

export type ConsoleFiles = {
  kubeconfig: string
  personas: string
  /** Where they lie. */
  directory: string
  remove: () => Promise<void>
}

/** What a console is started with before an embedded fleet, as files of their own. */
export async function consoleFiles(
  { kubeconfig, personas }: Pick<Fleet, 'kubeconfig' | 'personas'>,
  name: string,
): Promise<ConsoleFiles> {
  const directory = await mkdtemp(join(tmpdir(), `orbweaver-${name}-`))
  const files = { kubeconfig: join(directory, 'kubeconfig.yaml'), personas: join(directory, 'personas.yaml') }
  await writeFile(files.kubeconfig, kubeconfig, { mode: 0o600 })
  const people = personas.map(({ id, name: shown, user, groups, description }) => ({
    id,
    name: shown,
    user,
    groups,
    description,
  }))
  await writeFile(files.personas, JSON.stringify(people))
  return { ...files, directory, remove: () => rm(directory, { recursive: true, force: true }) }
}
