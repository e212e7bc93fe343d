import { defineConfig } from 'vitest/config'

/** The suite that needs the real components: `pnpm --filter @orbweaver/lab suite`. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    root: import.meta.dirname,
    include: ['src/**/*.lab.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 3_600_000, // the first run builds the components
  },
})
