import { defineConfig } from '@playwright/test'
import { browserPath } from './src/harness/env.ts'

/** What a user does, in a real browser, against the built console and BFF on an embedded fleet. One file a word. */
export default defineConfig({
  testDir: 'src',
  testMatch: '**/*.e2e.ts',
  outputDir: '../.cache/e2e',
  workers: 1,
  // A second try is told as flaky; only what fails twice has failed.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: browserPath(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
