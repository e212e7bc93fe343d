import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** The only reader of the environment in this package. */
const home = (variable: string, ...fallback: readonly string[]): string => {
  const value = process.env[variable]
  return value === undefined || value === '' ? join(homedir(), ...fallback) : value
}

export const cacheDir = (): string => join(home('XDG_CACHE_HOME', '.cache'), 'orbweaver-lab')

export const defaultRunDir = (): string => join(home('XDG_STATE_HOME', '.local', 'state'), 'orbweaver-lab')

/** The program that somebody wants tested in place of the kubectl on the PATH. */
export const chosenKubectl = (): string | undefined => process.env['KUBECTL'] || undefined

/** What the Go tool chain needs: the developer's own settings, without cgo so that no C compiler is needed. */
export const goEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env, CGO_ENABLED: '0' })

/** What a part of the lab gets: nothing of the developer's shell, so that a KUBECONFIG or proxy there changes nothing. */
export const partEnvironment = (own: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  ...own,
})

export const packageDir = resolve(import.meta.dirname, '..')
export const repositoryDir = resolve(packageDir, '..', '..')

/** Where somebody stands who asks through a package manager, which goes to the package's folder. */
export const startDir = (): string => process.env['INIT_CWD'] || process.cwd()

/** For package managers: the developer's own settings, of proxies and mirrors. */
export const ownEnvironment = (): NodeJS.ProcessEnv => process.env
