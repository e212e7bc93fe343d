import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Whether the tests of kubectl have one: any on the PATH, or Debian's once installed. */
export function hasKubectl(): boolean {
  return works() || (install() && works())
}

function works(): boolean {
  return spawnSync('kubectl', ['version', '--client'], { stdio: 'ignore' }).status === 0
}

function install(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  process.stdout.write('installing kubernetes-client …\n')
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'kubernetes-client']]) {
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  }
  return true
}
