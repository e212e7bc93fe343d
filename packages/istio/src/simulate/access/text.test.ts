import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accessText } from './text.en.ts'

/** Codes as they are written in this folder: whatever is said must have a sentence. */
function saidCodes(): string[] {
  const files = readdirSync(import.meta.dirname).filter(
    (each) => each.endsWith('.ts') && !each.includes('.test.') && !each.startsWith('text.'),
  )
  const source = files.map((each) => readFileSync(`${import.meta.dirname}/${each}`, 'utf8')).join('\n')
  const patterns = [
    /stepOf\(\s*'([a-z-]+)'/g,
    /said\('\w+', '([a-z-]+)'/g,
    /refuse\('[a-z-]+', '([a-z-]+)'/g,
    /'(ends-[a-z-]+|waypoint-[a-z-]+)'/g,
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
