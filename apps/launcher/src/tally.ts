/** How many tests passed and failed, as the last line of a run says it. */
export type Tally = { passed: number; failed: number }

export const none: Tally = { passed: 0, failed: 0 }

export function plus(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed }
}

export function sum(all: readonly Tally[]): Tally {
  return all.reduce(plus, none)
}

export function line({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`
}

/** A step that is right or wrong as a whole. */
export function whole(ok: boolean): Tally {
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * Vitest's JSON report (vitest 4, reporters/json). A file that could not be loaded has no test of its own but is a
 * failed suite, and errors outside any test only show in `success`.
 */
export function ofVitest(report: unknown): Tally {
  const passed = count(report, 'numPassedTests')
  const failedTests = count(report, 'numFailedTests')
  const emptyFailures = list(report, 'testResults').filter(
    (file) => field(file, 'status') === 'failed' && list(file, 'assertionResults').length === 0,
  ).length
  const failed = failedTests + emptyFailures
  return { passed, failed: failed === 0 && field(report, 'success') !== true ? 1 : failed }
}

/** Playwright's JSON report (1.65, reporters/json): a flaky test passed in the end; errors stand outside any test. */
export function ofPlaywright(report: unknown): Tally {
  const stats = field(report, 'stats')
  const passed = count(stats, 'expected') + count(stats, 'flaky')
  const failed = count(stats, 'unexpected') + list(report, 'errors').length
  return { passed, failed: passed + failed === 0 ? 1 : failed }
}

/** What `pnpm model --report` says: sequences that were played, and those of them that broke a promise. */
export function ofModel(report: unknown): Tally {
  const [played, failed] = [count(report, 'played'), count(report, 'failed')]
  return { passed: played - failed, failed: played === 0 ? 1 : failed }
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

function count(value: unknown, name: string): number {
  const found = field(value, name)
  return typeof found === 'number' ? found : 0
}

function list(value: unknown, name: string): unknown[] {
  const found = field(value, name)
  return Array.isArray(found) ? found : []
}
