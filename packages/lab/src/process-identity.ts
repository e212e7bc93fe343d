import { readFileSync } from 'node:fs'

/**
 * A pid alone is no identity: numbers are used again. With the start time (clock ticks since boot)
 * and the boot they belong to, it is. Linux only, as is the rest of the lab.
 */
export type ProcessIdentity = { readonly pid: number; readonly startTime: string; readonly boot: string }

/** Field 22 of /proc/PID/stat; the command in field 2 may hold spaces and brackets, so count after the last one. */
export const startTimeOf = (stat: string): string | undefined => {
  const rest = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return rest[0] === 'Z' ? undefined : rest[19]
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // gone between two looks: the same as never there
  }
}

export const identify = (pid: number): ProcessIdentity | undefined => {
  const startTime = startTimeOf(read(`/proc/${pid}/stat`))
  const boot = read('/proc/sys/kernel/random/boot_id').trim()
  return startTime === undefined ? undefined : { pid, startTime, boot }
}

export const isAlive = (process: ProcessIdentity): boolean => {
  const now = identify(process.pid)
  return now !== undefined && now.startTime === process.startTime && now.boot === process.boot
}
