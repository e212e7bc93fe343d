import { readState } from './lab-state.ts'
import { lastLines, recordedParts } from './parts.ts'
import { rightsOf } from './people.ts'
import { isAlive } from './process-identity.ts'
import { isRunDir, readText, type RunDir } from './run-dir.ts'
import { isUp } from './up.ts'

const memoryOf = (pid: number): string => {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readText(`/proc/${pid}/status`))?.[1] ?? '0'
  return `${Math.round(Number(kilobytes) / 1024)} MB`
}

/** Where the kubeconfigs are, and what is in the clusters. */
export const where = (dir: RunDir): readonly string[] => [
  `kubeconfig of the console: ${dir.consoleKubeconfig}`,
  `kubeconfig of the admin:   ${dir.adminKubeconfig}`,
  `kubeconfigs of people:     ${dir.people}`,
  ...Object.entries(rightsOf).map(([user, rights]) => `  ${user}.kubeconfig  ${rights}`),
  `contexts: ${(readState(dir)?.clusters ?? []).map(({ name, world }) => (world === 'empty' ? name : `${name} (${world})`)).join(', ')}`,
]

/** What runs, what does not, and what the latter said last. */
export const status = (dir: RunDir): readonly string[] => {
  if (!isRunDir(dir)) return ['the lab is down']
  const parts = recordedParts(dir).map(({ name, identity }) =>
    isAlive(identity)
      ? `  ${name}  pid ${identity.pid}  ${memoryOf(identity.pid)}`
      : [`  ${name}  ended`, ...lastLines(dir, name).map((line) => `      ${line}`)].join('\n'),
  )
  return isUp(dir)
    ? ['the lab is up', ...parts, ...where(dir)]
    : ['the lab is not whole', ...parts, `logs: ${dir.logs}`]
}
