import { describe, expect, it } from 'vitest'
import { namespacesInput, readSidecars, workloadsInput } from './search.ts'

describe('readSidecars', () => {
  it('opens the namespaces and drops what it does not know', () => {
    expect(readSidecars({})).toEqual({ tab: 'namespaces' })
    expect(readSidecars({ tab: 'pods', policy: 'maybe', cluster: '', system: 'true', colour: 'red' })).toEqual({
      tab: 'namespaces',
    })
  })

  it('keeps tab, filters and page', () => {
    const raw = { tab: 'workloads', cluster: 'east', namespace: 'shop', policy: 'blocked', system: 'yes', page: '2' }
    expect(readSidecars(raw)).toEqual({ ...raw, page: 2 })
  })
})

describe('what the server is asked', () => {
  it('hides system namespaces unless they are wanted', () => {
    expect(namespacesInput('prod', readSidecars({}))).toEqual({ mesh: 'prod', order: 'asc', page: 1, size: 50 })
    expect(namespacesInput('prod', readSidecars({ system: 'yes', policy: 'none' }))).toMatchObject({
      system: true,
      policy: 'none',
    })
  })

  it('filters workloads by place, never by the policy of the other tab', () => {
    expect(workloadsInput('prod', readSidecars({ namespace: 'shop', policy: 'none', search: 're' }))).toEqual({
      mesh: 'prod',
      namespace: 'shop',
      search: 're',
      order: 'asc',
      page: 1,
      size: 50,
    })
  })
})
