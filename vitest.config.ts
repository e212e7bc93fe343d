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

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      node('contracts', 'packages/contracts'),
      node('kube', 'packages/kube'),
      node('istio', 'packages/istio'),
      node('schemas', 'packages/schemas'),
      node('sandbox', 'packages/sandbox'),
      node('lab', 'packages/lab'),
      node('bff', 'apps/bff'),
      node('cli', 'apps/cli'),
      node('launcher', 'apps/launcher'),
      node('e2e', 'e2e'),
      browser('ui', 'packages/ui'),
      browser('console', 'apps/console'),
      {
        ...node('rules', '.rules'),
        test: { name: 'rules', root: '.rules', include: ['*.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
})
