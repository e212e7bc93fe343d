import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** Something that is made of files, and made again only when it has to be. */
export type Build = {
  name: string
  /** Files and directories it is made of. */
  inputs: readonly string[]
  /** Which files of the directories count; all of them by default. */
  counts?: (file: string) => boolean
  /** Directories of what comes out. */
  outputs: readonly string[]
  make: () => Promise<void>
}

export type Keeping = { root: string; stamps: string }

/** Whether what there is was made of the inputs as they are now, and was not touched since: by its contents, not by times. */
export function isMade(build: Build, { root, stamps }: Keeping): boolean {
  const stamp = stampOf(build, stamps)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === stateOf(build, root)
}

/** Makes it. What fails leaves no stamp behind, so that nobody takes half of it for the whole. */
export async function make(build: Build, keeping: Keeping): Promise<void> {
  const stamp = stampOf(build, keeping.stamps)
  rmSync(stamp, { force: true })
  const before = inputsOf(build, keeping.root)
  await build.make()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, `${before} ${outputsOf(build, keeping.root)}`)
}

function stampOf(build: Build, stamps: string): string {
  return join(stamps, `${build.name}.stamp`)
}

function stateOf(build: Build, root: string): string {
  return `${inputsOf(build, root)} ${outputsOf(build, root)}`
}

function inputsOf({ inputs, counts = () => true }: Build, root: string): string {
  const hash = createHash('sha256')
  for (const file of filesOf(inputs).filter(counts)) {
    hash.update(`${relative(root, file)}\0`).update(createHash('sha256').update(readFileSync(file)).digest())
  }
  return hash.digest('hex')
}

/** Others may write there too (tsc -b), so that what came out is known again by name, size and time. */
function outputsOf({ outputs }: Build, root: string): string {
  const hash = createHash('sha256')
  for (const file of filesOf(outputs)) {
    const { size, mtimeMs } = statSync(file)
    hash.update(`${relative(root, file)}\0${size}\0${mtimeMs}\0`)
  }
  return hash.digest('hex')
}

export function filesOf(paths: readonly string[]): string[] {
  return paths
    .flatMap((path) => {
      if (!existsSync(path)) return []
      if (!statSync(path).isDirectory()) return [path]
      const entries = readdirSync(path, { recursive: true, withFileTypes: true })
      return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
    })
    .toSorted()
}
