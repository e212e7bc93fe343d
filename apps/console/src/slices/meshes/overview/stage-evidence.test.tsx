import type { StageEvidence } from '@orbweaver/contracts/meshes'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { open, problem, serve, session } from '../../../testing.tsx'
import { Evidence } from './stage-evidence.tsx'

afterEach(() => vi.unstubAllGlobals())

const ref = { cluster: 'east', group: '', version: 'v1', kind: 'Pod', namespace: 'istio-system', name: 'istiod-a' }
const path = 'GET /meshes/shop/stages/east/control-plane'
const stage = { name: 'control-plane', cluster: 'east', state: 'running' as const, objects: [] }

async function opened(evidence: StageEvidence | ReturnType<typeof problem>) {
  const calls = serve({ 'GET /session': () => session, [path]: () => evidence })
  await open(<Evidence mesh="shop" stage={stage} />, '/')
  expect(calls.filter((each) => each.path.includes('/stages/'))).toEqual([])
  await userEvent.click(screen.getByText('Evidence'))
  return calls
}

it('asks when it is opened, and shows what is wrong, what happened and what istiod says', async () => {
  await opened({
    deadline: '2026-11-28T10:00:00.000Z',
    objects: [
      { ref, state: 'there', conditions: [{ type: 'discovery', status: 'False', reason: 'ImagePullBackOff' }] },
      { ref: { ...ref, name: 'istiod-b' }, state: 'missing', conditions: [] },
      { ref: { ...ref, name: 'istiod-c' }, state: 'there', conditions: [{ type: 'Ready', status: 'True' }] },
    ],
    events: [
      { ref, type: 'Warning', reason: 'Failed', message: 'no such image', count: 3, at: '2026-11-28T09:59:00Z' },
    ],
    logs: [{ ref, container: 'discovery', lines: ['one', 'two'] }],
    unread: [],
  })
  expect(await screen.findByText(/Counts as failed/)).toBeDefined()
  const text = (await screen.findAllByRole('listitem')).map((each) => each.textContent)
  expect(text[0]).toContain('discovery=False ImagePullBackOff')
  expect(text).toContainEqual(expect.stringContaining('not there'))
  expect(text).toContainEqual(expect.stringContaining('all is well'))
  expect(text.at(-1)).toMatch(/Failed.*3 times.*no such image/)
  expect(within(screen.getByRole('region', { name: /istiod says/ })).getByText(/one\s+two/)).toBeDefined()
})

it('says what could not be read, and not that nothing happened', async () => {
  const params = { cluster: 'east', namespace: 'istio-system', what: 'kube.forbidden' }
  await opened({ objects: [], events: [], logs: [], unread: [{ code: 'meshes.events_unread', params }] })
  expect(await screen.findByText(/Events of namespace istio-system in east were not read/)).toBeDefined()
  expect(screen.queryByText(/No event/)).toBeNull()
})

it('says why nothing is there when the server does not answer', async () => {
  await opened(problem(503, 'server.draining', {}))
  expect(await screen.findByText(/shutting down/)).toBeDefined()
})
