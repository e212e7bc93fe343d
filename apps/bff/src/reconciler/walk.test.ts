import { failed, passed, type Stage, stage, waiting } from '@orbweaver/istio/blueprints/stage'
import { clusterView } from '@orbweaver/istio/world/view'
import { expect, it } from 'vitest'
import type { Applied } from './apply-stage.ts'
import { type Walk, walk } from './walk.ts'

const now = new Date('2026-11-23T10:00:00Z')
const observed = new Map([['east', { view: clusterView('east', []), network: undefined, server: 'https://east' }]])
const gate = (name: Stage['name'], verdict: Stage['gate'], after: string[] = []): Stage =>
  stage({ name, cluster: 'east', gate: verdict, deadlineSeconds: 60, timeout: `${name}-timeout`, after })
const applied: Applied = { state: 'applied', writes: 0 }

function going(
  stages: Stage[],
  rest: Partial<Walk> = {},
): Promise<ReturnType<typeof walk> extends Promise<infer W> ? W : never> {
  return walk({ stages, observed, before: [], now, apply: () => Promise.resolve(applied), ...rest })
}

it('writes a stage only when those before it have passed', async () => {
  const written: string[] = []
  const walked = await going(
    [
      gate('namespace', () => passed('namespace-ready')),
      gate('control-plane', () => waiting('istiod-not-ready'), ['namespace@east']),
      gate('default-tag', () => passed('webhook-ready'), ['control-plane@east']),
    ],
    {
      apply: (each) => {
        written.push(each.name)
        return Promise.resolve(applied)
      },
    },
  )
  expect(written).toEqual(['namespace', 'control-plane'])
  expect(walked.stages.map((each) => each.state)).toEqual(['done', 'running', 'pending'])
  expect(walked).toMatchObject({ allPassed: false, anyFailed: false })
})

it('takes away only in a look in which nothing was written before it', async () => {
  const stages = [
    gate('member-ready', () => passed('control-plane-ready')),
    { ...gate('remove-east-west', () => waiting('still-there')), calm: true as const },
  ]
  const removed: string[] = []
  const look = (writes: number) =>
    going(stages, {
      apply: ({ name }) => {
        if (name === 'remove-east-west') removed.push(name)
        return Promise.resolve({ state: 'applied', writes })
      },
    })
  expect((await look(1)).stages.map((each) => each.state)).toEqual(['done', 'pending'])
  expect(removed).toEqual([])
  expect((await look(0)).stages.map((each) => each.state)).toEqual(['done', 'running'])
  expect(removed).toEqual(['remove-east-west'])
})

it('writes nothing where it may only look', async () => {
  const walked = await going([gate('namespace', () => passed('namespace-ready'))], { apply: undefined })
  expect(walked.allPassed).toBe(true)
})

it('lets a stage fail at its deadline, saying what it waited for, and pass later all the same', async () => {
  const late = {
    name: 'entrance',
    cluster: 'east',
    state: 'running' as const,
    since: '2026-11-23T09:58:00Z',
    objects: [],
  }
  const waited = await going([gate('entrance', () => waiting('address-pending', { service: 'x' }))], { before: [late] })
  expect(waited.stages[0]).toMatchObject({
    state: 'failed',
    since: late.since,
    reason: 'entrance-timeout',
    params: { waitedFor: 'address-pending', service: 'x', seconds: 60 },
  })
  const [failedStage] = waited.stages
  const again = await going([gate('entrance', () => waiting('address-pending'))], { before: waited.stages })
  expect(again.stages[0]?.since).toBe(failedStage?.since)
  const passedLater = await going([gate('entrance', () => passed('address-assigned'))], { before: waited.stages })
  expect(passedLater.stages[0]).toMatchObject({ state: 'done', since: now.toISOString() })
})

it('blocks a stage that something stands against, and goes on when nothing does', async () => {
  const stages = [
    gate('control-plane', () => waiting('not-applied')),
    gate('default-tag', () => passed('webhook-ready'), ['control-plane@east']),
  ]
  const written: string[] = []
  const apply = ({ name }: Stage): Promise<Applied> => {
    written.push(name)
    return Promise.resolve(applied)
  }
  const against = { code: 'check.limits.quota-full', params: { name: 'small' } }
  const blocked = await going(stages, { apply, guard: () => Promise.resolve(against) })
  expect(blocked.stages.map((each) => [each.state, each.reason])).toEqual([
    ['blocked', 'check.limits.quota-full'],
    ['pending', undefined],
  ])
  expect(blocked).toMatchObject({ allPassed: false, anyFailed: true })
  expect(written).toEqual([])
  const later = await going(stages, { apply, before: blocked.stages, guard: () => Promise.resolve(undefined) })
  expect(later.stages[0]).toMatchObject({ state: 'running', since: now.toISOString() })
  expect(written).toEqual(['control-plane'])
})

it('asks nothing of what stands against a stage that has passed, or where it only looks', async () => {
  let asked = 0
  const guard = () => {
    asked += 1
    return Promise.resolve({ code: 'check.x', params: {} })
  }
  const passing = [gate('namespace', () => passed('namespace-ready'))]
  expect((await going(passing, { guard })).stages[0]?.state).toBe('done')
  const waits = [gate('namespace', () => waiting('not-applied'))]
  expect((await going(waits, { guard, apply: undefined })).stages[0]?.state).toBe('running')
  expect(asked).toBe(0)
})

it('does not write to a cluster that nobody can ask', async () => {
  const away = new Map([['east', { view: undefined, network: undefined, server: '' }]])
  let asked = 0
  const walked = await going([gate('namespace', () => waiting('cluster-unreachable'))], {
    observed: away,
    apply: () => {
      asked += 1
      return Promise.resolve(applied)
    },
  })
  expect(asked).toBe(0)
  expect(walked.stages[0]?.reason).toBe('cluster-unreachable')
})

it('tells a refusal of the API server as a failure with its words', async () => {
  const refused: Applied = { state: 'refused', code: 'forbidden', message: 'no rights' }
  const walked = await going([gate('namespace', () => failed('unused'))], { apply: () => Promise.resolve(refused) })
  expect(walked.stages[0]).toMatchObject({ state: 'failed', reason: 'apply-refused', params: { message: 'no rights' } })
})

it('stops where the Lease was lost, and tells nothing', async () => {
  const walked = await going([gate('namespace', () => passed('x'))], {
    apply: () => Promise.resolve({ state: 'stopped' }),
  })
  expect(walked.stopped).toBe(true)
})
