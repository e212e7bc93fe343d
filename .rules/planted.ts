import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { repository } from './cruise.ts'

const run = promisify(execFile)

/**
 * A small tree with faults in it, below the repository so that its tools and configuration are found, and a Git
 * repository of its own because the tools pass over what Git ignores. Gone when `look` has looked.
 */
export async function planted<Seen>(
  files: Record<string, string>,
  look: (root: string) => Promise<Seen>,
): Promise<Seen> {
  mkdirSync(join(repository, '.cache'), { recursive: true })
  const root = mkdtempSync(join(repository, '.cache', 'faults-'))
  try {
    await run('git', ['init', '--quiet', root])
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return await look(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

export type Ran = { code: number; output: string }

/** Runs a tool of the workspace in `root`; a refusal is an answer, not an error. */
export function tool(root: string, name: string, ...args: string[]): Promise<Ran> {
  const command = join(repository, 'node_modules', '.bin', name)
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd: root, maxBuffer: 16_777_216 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code
      if (typeof code === 'number') resolve({ code, output: stdout + stderr })
      else reject(new Error(`${name} did not run`, { cause: error }))
    })
  })
}
