import { describe, expect, it } from 'vitest'
import { identify, isAlive, parseStat } from './process-identity.ts'

const stat = (state: string) => `42 (a) (b) ${state} 1 42 42 0 -1 4194304 1 0 0 0 1 1 0 0 20 0 1 0 987654 1000 100`

describe('process identity', () => {
  it('reads the start time behind a command name with brackets', () => {
    expect(parseStat(stat('S'))).toEqual({ ended: false, startTime: '987654' })
  })

  it('takes a zombie for ended, and an empty file for none', () => {
    expect(parseStat(stat('Z'))).toEqual({ ended: true, startTime: '987654' })
    expect(parseStat('')).toBeUndefined()
  })

  it('knows this process, and not another with the same number', () => {
    const own = identify(process.pid)
    expect(own && isAlive(own)).toBe(true)
    expect(own && isAlive({ ...own, startTime: '1' })).toBe(false)
    expect(own && isAlive({ ...own, boot: 'another' })).toBe(false)
  })
})
