import { join } from 'node:path'
import { cruise, type IDependency } from 'dependency-cruiser'
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import { repository } from './cruise.ts'

/**
 * Every file and npm package that is there before `entry` runs: what it reaches by imports that are neither lazy nor of
 * types alone. `leaf` is a file that the build puts another in place of: what it imports does not count.
 */
export async function firstLoaded(root: string, entry: string, leaf: string): Promise<Set<string>> {
  const { options = {} } = await extractDepcruiseConfig(join(repository, '.dependency-cruiser.cjs'))
  // What others have built counts here: many packages lie in a folder called dist.
  const { exclude: _, ...seeing } = options
  const { output } = await cruise([entry], { ...seeing, baseDir: root })
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text')
  const imports = new Map(output.modules.map((each) => [each.source, each.dependencies.filter(isLoadedAtOnce)]))
  const reached = new Set<string>()
  const reach = (file: string): void => {
    if (reached.has(file)) return
    reached.add(file)
    if (file !== leaf) for (const { resolved } of imports.get(file) ?? []) reach(resolved)
  }
  reach(entry)
  return new Set([...reached].map((each) => packageOf(each) ?? each))
}

function isLoadedAtOnce({ dynamic, dependencyTypes }: IDependency): boolean {
  return !dynamic && !dependencyTypes.includes('type-only')
}

function packageOf(file: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]
}
