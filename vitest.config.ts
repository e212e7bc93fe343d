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
      shared(node('bff', 'apps/bff')),
      shared(node('cli', 'apps/cli')),
      node('launcher', 'apps/launcher'),
      node('e2e', 'e2e'),
      shared(browser('ui', 'packages/ui')),
      shared(browser('console', 'apps/console')),
      {
        ...node('rules', '.rules'),
        test: { name: 'rules', root: '.rules', include: ['*.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
})
