import { defineConfig } from 'vitest/config'

/** Drills start processes and break them: apart from unit tests, two files at a time, as they wait for half of theirs. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    name: 'drills',
    root: import.meta.dirname,
    include: ['src/drills/**/*.drill.ts'],
    testTimeout: 120_000,
    maxWorkers: 2,
  },
})
