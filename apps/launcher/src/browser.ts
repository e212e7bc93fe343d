import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chosenBrowser } from './env.ts'

const usual = '/usr/bin/chromium'

export type Browser = { ok: true; path: string } | { ok: false; problem: string }

/** The browser of the end-to-end tests: $CHROMIUM, Debian's, or Debian's once installed. Nothing else is downloaded. */
export function findBrowser(): Browser {
  const chosen = chosenBrowser()
  if (chosen !== undefined) {
    return existsSync(chosen) ? { ok: true, path: chosen } : { ok: false, problem: `there is no ${chosen} (CHROMIUM)` }
  }
  if (existsSync(usual) || install()) return { ok: true, path: usual }
  return {
    ok: false,
    problem: `no browser: install Debian's chromium package (as root), or set CHROMIUM to the path of a Chromium or Chrome`,
  }
}

function install(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  process.stdout.write('installing chromium …\n')
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk']]) {
    spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  }
  return existsSync(usual)
}
