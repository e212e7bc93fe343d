import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LabError } from './lab-error.ts'

/** Everything a running lab owns lies under one folder; this file is what makes a folder ours to delete. */
const marker = '.orbweaver-lab'

/** Socket paths end at 107 bytes on Linux, and a proxy's socket must fit behind the folder. */
const longestDir = 70

export type RunDir = {
  readonly root: string
  readonly pids: string
  readonly logs: string
  readonly state: string
  readonly consoleKubeconfig: string
  readonly adminKubeconfig: string
  /** A kubeconfig for each person of people.ts. */
  readonly people: string
}

export const runDir = (root: string): RunDir => ({
  root,
  pids: join(root, 'pids'),
  logs: join(root, 'logs'),
  state: join(root, 'lab.json'),
  consoleKubeconfig: join(root, 'kubeconfig'),
  adminKubeconfig: join(root, 'admin.kubeconfig'),
  people: join(root, 'people'),
})

export const isRunDir = (dir: RunDir): boolean => existsSync(join(dir.root, marker))

export const claimRunDir = (dir: RunDir): void => {
  if (Buffer.byteLength(dir.root) > longestDir) {
    throw new LabError('run directory', [`${dir.root} is longer than ${longestDir} bytes: choose a shorter --dir`])
  }
  if (existsSync(dir.root) && !isRunDir(dir) && readdirSync(dir.root).length > 0) {
    throw new LabError('run directory', [`${dir.root} holds other files: choose an empty or new --dir`])
  }
  for (const folder of [dir.root, dir.pids, dir.logs, dir.people]) mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(dir.root, marker), '')
}

export const removeRunDir = (dir: RunDir): void => {
  if (isRunDir(dir)) rmSync(dir.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
}

export const readText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // absent is empty to every reader here
  }
}
