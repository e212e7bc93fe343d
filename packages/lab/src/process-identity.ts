import { readFileSync } from 'node:fs'

/**
 * A pid alone is no identity: numbers are used again. With the start time (clock ticks since boot)
 * and the boot they belong to, it is. Linux only, as is the rest of the lab.
 */
export type ProcessIdentity = { readonly pid: number; readonly startTime: string; readonly boot: string }

/** State and start time, fields 3 and 22 of /proc/PID/stat: counted after the command, which may hold spaces and brackets. */
export const parseStat = (stat: string): { readonly ended: boolean; readonly startTime: string } | undefined => {
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const startTime = rest[18]
  return startTime === undefined ? undefined : { ended: state === 'Z' || state === 'X', startTime }
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // gone between two looks: the same as never there
  }
}

const look = (pid: number) => {
  const stat = parseStat(read(`/proc/${pid}/stat`))
  return stat && { ended: stat.ended, identity: { pid, startTime: stat.startTime, boot: bootId() } }
}

const bootId = (): string => read('/proc/sys/kernel/random/boot_id').trim()

/** Also of one that has ended but that its parent has not yet asked about. */
export const identify = (pid: number): ProcessIdentity | undefined => look(pid)?.identity

export const isAlive = (process: ProcessIdentity): boolean => {
  const now = look(process.pid)
  if (now === undefined || now.ended) return false
  return now.identity.startTime === process.startTime && now.identity.boot === process.boot
}
