import { defineConfig } from 'vitest/config'

/** The product on real components: needs what `pnpm lab build` builds, and the built BFF. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    name: 'lab jobs',
    root: import.meta.dirname,
    include: ['src/lab/**/*.lab.ts'],
    testTimeout: 120_000,
    hookTimeout: 3_600_000,
    fileParallelism: false,
  },
})
