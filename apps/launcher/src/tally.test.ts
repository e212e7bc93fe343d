import { expect, test } from 'vitest'
import { line, ofModel, ofPlaywright, ofVitest, sum, whole } from './tally.ts'

test('vitest: tests, files that did not load, and errors outside of tests', () => {
  const passed = { numPassedTests: 5, numFailedTests: 0, success: true, testResults: [] }
  expect(ofVitest(passed)).toEqual({ passed: 5, failed: 0 })
  expect(ofVitest({ ...passed, numFailedTests: 2, success: false })).toEqual({ passed: 5, failed: 2 })
  const broken = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{}] },
  ]
  expect(ofVitest({ ...passed, success: false, testResults: broken })).toEqual({ passed: 5, failed: 1 })
  expect(ofVitest({ ...passed, success: false })).toEqual({ passed: 5, failed: 1 })
  expect(ofVitest(undefined)).toEqual({ passed: 0, failed: 1 })
})

test('playwright: flaky tests passed, nothing run is a failure', () => {
  const stats = { expected: 3, flaky: 1, unexpected: 2, skipped: 4 }
  expect(ofPlaywright({ stats, errors: [] })).toEqual({ passed: 4, failed: 2 })
  expect(ofPlaywright({ stats, errors: [{}] })).toEqual({ passed: 4, failed: 3 })
  expect(ofPlaywright({ stats: { expected: 0 } })).toEqual({ passed: 0, failed: 1 })
  expect(ofPlaywright(undefined)).toEqual({ passed: 0, failed: 1 })
})

test('the model: every sequence counts, none played is a failure', () => {
  expect(ofModel({ played: 20, failed: 2 })).toEqual({ passed: 18, failed: 2 })
  expect(ofModel({ played: 0, failed: 0 })).toEqual({ passed: 0, failed: 1 })
  expect(ofModel(undefined)).toEqual({ passed: 0, failed: 1 })
})

test('the last line', () => {
  expect(line(sum([whole(true), whole(false)]))).toBe('1 passed, 1 failed')
})
