import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { arrowFaults, faultyTree, soundTree } from './arrow-faults.ts'
import { type Arrows, arrowsOf, repository, sources } from './cruise.ts'
import { planted } from './planted.ts'

let faulty: Arrows

beforeAll(async () => {
  faulty = await planted(faultyTree, arrowsOf)
})

describe('arrows', () => {
  test.each(arrowFaults)('$rule: $path may not import $imports', ({ rule, path }) => {
    const rules = faulty.broken.filter((each) => each.from === path || each.to === path).map((each) => each.rule)
    expect(rules).toContain(rule)
  })

  test('are all proved by a fault, and none is less than an error', async () => {
    const { forbidden = [] } = await extractDepcruiseConfig(join(repository, '.dependency-cruiser.cjs'))
    expect(new Set(forbidden.map((rule) => rule.name))).toEqual(new Set(arrowFaults.map((each) => each.rule)))
    expect(new Set(forbidden.map((rule) => rule.severity))).toEqual(new Set(['error']))
  })

  test('leave what is sound alone', async () => {
    expect(await planted(soundTree, arrowsOf)).toEqual({ broken: [], unseen: [] })
  })

  test('name every source that was not read', async () => {
    const { unseen } = await planted({ ...soundTree, 'packages/kube/src/dist/hidden.ts': '' }, arrowsOf)
    expect(unseen).toEqual(['packages/kube/src/dist/hidden.ts'])
  })

  test('are looked for in the whole repository, by the command of that name', () => {
    expect(sources(repository).length).toBeGreaterThan(100)
  })
})
