import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accessText } from './text.en.ts'

/** Codes as they are written here and where workloads and waypoints are read: whatever is said must have a sentence. */
function saidCodes(): string[] {
  const folders = [import.meta.dirname, `${import.meta.dirname}/../workloads`]
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((each) => each.endsWith('.ts') && !each.includes('.test.') && !each.startsWith('text.'))
      .map((each) => `${folder}/${each}`),
  )
  const source = files.map((each) => readFileSync(each, 'utf8')).join('\n')
  const patterns = [
    /stepOf\(\s*'([a-z-]+)'/g,
    /said\('\w+', '([a-z-]+)'/g,
    /refuse\('[a-z-]+', '([a-z-]+)'/g,
    /'((?:ends|waypoint|client)-[a-z-]+)'/g,
  ]
  return [...new Set(patterns.flatMap((each) => [...source.matchAll(each)].map(([, code = '']) => code)))]
}

describe('sentences', () => {
  it('are there for every step', () => {
    const missing = saidCodes().filter((code) => !Object.hasOwn(accessText.step, code))
    expect(saidCodes().length).toBeGreaterThan(45)
    expect(missing).toEqual([])
  })
})
