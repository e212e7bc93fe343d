import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { type Build, filesOf } from './kept-build.ts'

const isSource = (file: string) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts')
const isTest = (file: string) => /\.(test|prove)\.tsx?$/.test(file)

/** Of the repository: decides which versions of what everything is made of and with. */
const shared = ['pnpm-lock.yaml', '.tsconfig.base.json', 'apps/launcher/src/builds.ts']
const fleetPackages = ['contracts', 'kube', 'istio', 'schemas', 'sandbox'].map((each) => `packages/${each}`)

/** The JavaScript of the embedded fleet. Types are taken off, not checked: that is `pnpm types`. */
export function fleetBuild(root: string): Build {
  const sources = fleetPackages.map((each) => join(root, each, 'src'))
  return {
    name: 'fleet',
    inputs: [...shared.map((each) => join(root, each)), ...sources],
    counts: (file) => !isTest(file),
    outputs: fleetPackages.map((each) => join(root, each, 'dist')),
    make: () => stripTypes(sources),
  }
}

/** The server in one file. */
export function serverBuild(root: string): Build {
  const home = join(root, 'apps/bff')
  const parts = ['apps/bff/src', 'packages/contracts/src', 'packages/kube/src', 'packages/istio/src']
  const files = ['apps/bff/vite.config.ts', 'apps/bff/package.json']
  return {
    name: 'server',
    inputs: [...shared, ...parts, ...files].map((each) => join(root, each)),
    counts: (file) => !isTest(file),
    outputs: [join(home, 'dist/server.js')],
    make: () => viteBuild('server', home),
  }
}

/** What the browser loads. */
export function consoleBuild(root: string): Build {
  const home = join(root, 'apps/console')
  const parts = [
    'apps/console/src',
    'apps/console/public',
    'packages/ui/src',
    'packages/contracts/src',
    'packages/istio/src',
  ]
  const files = ['apps/console/index.html', 'apps/console/vite.config.ts', 'apps/console/package.json']
  return {
    name: 'console',
    inputs: [...shared, ...parts, ...files].map((each) => join(root, each)),
    counts: (file) => !isTest(file),
    outputs: [join(home, 'dist/web')],
    make: () => viteBuild('console', home),
  }
}

/** Each `src/x.ts` becomes the `dist/x.js` that tsc would write, save for comments. */
export async function stripTypes(sources: readonly string[]): Promise<void> {
  const { transformWithOxc } = await import('vite')
  for (const source of sources) {
    for (const file of filesOf([source]).filter((each) => isSource(each) && !isTest(each))) {
      const typescript = { rewriteImportExtensions: 'rewrite', onlyRemoveTypeImports: true } as const
      const { code } = await transformWithOxc(readFileSync(file, 'utf8'), file, { target: 'es2023', typescript })
      const target = join(dirname(source), 'dist', relative(source, file).replace(/\.tsx?$/, '.js'))
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, code)
    }
  }
}

function viteBuild(what: string, home: string): Promise<void> {
  const args = [join(home, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn']
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: home, stdio: ['ignore', 'ignore', 'inherit'] })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`the ${what} could not be built (${signal ?? `exit code ${code ?? 1}`})`))
    })
  })
}
