import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser'
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'

export const repository = dirname(import.meta.dirname)
const roots = ['apps', 'packages', 'e2e']

/** What was broken, and whether everything was looked at: with a compiler it cannot use, dependency-cruiser sees nothing and is content. */
export type Arrows = { broken: { rule: string; from: string; to: string; path: string }[]; unseen: string[] }

/** Runs the rules of `.dependency-cruiser.cjs` over the apps, packages and e2e folder below `root`. */
export async function arrowsOf(root: string): Promise<Arrows> {
  const config = await extractDepcruiseConfig(join(repository, '.dependency-cruiser.cjs'))
  const there = roots.filter((each) => existsSync(join(root, each)))
  const { forbidden = [], options = {} } = config
  const { output } = await cruise(there, { ...options, ruleSet: { forbidden }, validate: true, baseDir: root })
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text')
  return { broken: output.summary.violations.map(broken), unseen: unseen(root, output) }
}

function broken(violation: IViolation): Arrows['broken'][number] {
  const path = (violation.cycle ?? violation.via ?? []).map((step) => step.name)
  return { rule: violation.rule.name, from: violation.from, to: violation.to, path: path.join(' → ') }
}

/** Sources on disk that the cruise does not know: it must have read each of them. */
function unseen(root: string, { modules }: ICruiseResult): string[] {
  const seen = new Set(modules.map((module) => module.source))
  return sources(root).filter((each) => !seen.has(each))
}

/** Every TypeScript file in a `src` folder of an app, a package or e2e, relative to `root`. */
export function sources(root: string): string[] {
  const homes = ['e2e', ...['apps', 'packages'].flatMap((each) => folders(root, each))]
  return homes.flatMap((home) => files(root, join(home, 'src'))).filter((each) => /\.tsx?$/.test(each))
}

function folders(root: string, parent: string): string[] {
  const path = join(root, parent)
  return existsSync(path) ? readdirSync(path).map((each) => join(parent, each)) : []
}

function files(root: string, folder: string): string[] {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  const found = readdirSync(path, { recursive: true, withFileTypes: true })
  return found.filter((each) => each.isFile()).map((each) => relative(root, join(each.parentPath, each.name)))
}
