import { defineConfig } from 'vitest/config'

/** Drills start processes and break them: apart from unit tests, one file at a time. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    name: 'drills',
    root: import.meta.dirname,
    include: ['src/drills/**/*.drill.ts'],
    testTimeout: 120_000,
    fileParallelism: false,
  },
})
