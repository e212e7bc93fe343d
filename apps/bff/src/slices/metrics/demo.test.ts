import { at, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { demoWorld } from '@orbweaver/sandbox/worlds/demo'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SignedInClient } from '../../testing/call.ts'
import { startWholeConsole, until, type WholeConsole } from '../../testing/whole-console.ts'

let whole: WholeConsole
let ada: SignedInClient | undefined

/** What the embedded fleet's own Prometheuses say, through the whole way: Service, Pod, forwarded port, query, answer. */
beforeAll(async () => {
  whole = await startWholeConsole(await demoWorld())
  ada = await whole.person('ada')
  await until(async () => {
    const told = await ada?.read('/api/v1/meshes/retail/metrics')
    const states = listAt(told?.body, 'sources').map((each) => textAt(each, 'state'))
    return states.filter((each) => each === 'answered').length === 2 ? '' : (told?.text ?? 'nobody is signed in')
  })
}, 120_000)
afterAll(() => whole.stop())

test('two clusters of a mesh answer, of the third nobody has said where its Prometheus is', async () => {
  const told = await ada?.read('/api/v1/meshes/retail/metrics')
  const states = listAt(told?.body, 'sources').map((each) => [textAt(each, 'cluster'), textAt(each, 'state')])
  expect(Object.fromEntries(states)).toEqual({
    'shanghai-prod': 'answered',
    'beijing-prod': 'answered',
    'tokyo-prod': 'none',
  })
  const requests = listAt(told?.body, 'top', 'requests')
  expect(requests.length).toBeGreaterThan(0)
  expect(numberAt(requests[0], 'requests')).toBeGreaterThan(1)
  const [failing] = listAt(told?.body, 'top', 'errors')
  expect(textAt(failing, 'name')).toBe('pricing')
  const [slow] = listAt(told?.body, 'top', 'latency')
  expect(textAt(slow, 'name')).toBe('recommendations')
  for (const line of ['cpu', 'memory', 'bytes']) {
    const points = listAt(at(told?.body, line), 0, 'points')
    expect(points.filter((each) => typeof each === 'number').length).toBeGreaterThan(points.length - 3)
  }
})

test('beijing calls what only shanghai has', async () => {
  const told = await ada?.read('/api/v1/meshes/retail/metrics/crossings')
  const crossings = listAt(told?.body, 'crossings').map((each) => `${textAt(each, 'from')} → ${textAt(each, 'to')}`)
  expect(crossings).toContain('beijing-prod → shanghai-prod')
})
