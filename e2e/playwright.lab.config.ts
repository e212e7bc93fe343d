import { defineConfig } from '@playwright/test'
import shared from './playwright.config.ts'

/** The same jobs on real components. One lab for all of them, so what failed once is not tried on what it left. */
export default defineConfig(shared, {
  testMatch: 'lab/*.lab.ts',
  outputDir: '../.cache/e2e-lab',
  retries: 0,
  timeout: 180_000,
  globalTimeout: 4_500_000,
})
