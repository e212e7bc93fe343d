import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const node = (name: string, root: string) => ({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: { name, root, include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], environment: 'node', testTimeout: 20_000 },
})
const browser = (name: string, root: string) => {
  const base = node(name, root)
  // Vitest starts Node with the ssr conditions: packages of others that offer `source` too would then load TypeScript.
  return { ...base, ssr: {}, test: { ...base.test, environment: 'jsdom', setupFiles: ['./src/test-setup.ts'] } }
}

/** Files of a project share one module graph, which saves most of their time: for tests that leave nothing behind. */
const shared = <Project extends { test: object }>(project: Project) => ({
  ...project,
  test: { ...project.test, isolate: false },
})

/** The same, but for files that put something in the place of a module, which stays there: each has modules of its own. */
function mostlyShared<Project extends { test: { name: string; root: string } }>(project: Project) {
  const { name, root } = project.test
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  const tests = files.filter((each) => /\.test\.tsx?$/.test(each)).map((each) => `src/${each}`)
  const replacing = tests.filter((each) => readFileSync(join(root, each), 'utf8').includes('vi.mock('))
  return [
    shared({ ...project, test: { ...project.test, exclude: replacing } }),
    { ...project, test: { ...project.test, name: `${name}-alone`, include: replacing } },
  ]
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      shared(node('contracts', 'packages/contracts')),
      node('kube', 'packages/kube'),
      shared(node('istio', 'packages/istio')),
      shared(node('schemas', 'packages/schemas')),
      shared(node('sandbox', 'packages/sandbox')),
      node('lab', 'packages/lab'),
      ...mostlyShared(node('bff', 'apps/bff')),
      shared(node('cli', 'apps/cli')),
      node('launcher', 'apps/launcher'),
      node('e2e', 'e2e'),
      ...mostlyShared(browser('ui', 'packages/ui')),
      ...mostlyShared(browser('console', 'apps/console')),
      {
        ...node('rules', '.rules'),
        test: { name: 'rules', root: '.rules', include: ['*.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
})
