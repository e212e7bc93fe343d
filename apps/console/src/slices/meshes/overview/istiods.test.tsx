import { screen, within } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { open, serve, session } from '../../../testing.tsx'
import { Istiods } from './istiods.tsx'

afterEach(() => vi.unstubAllGlobals())

const pod = (name: string) => ({
  cluster: 'east',
  group: '',
  version: 'v1',
  kind: 'Pod',
  namespace: 'istio-system',
  name,
})
const numbers = {
  since: { at: '2026-01-01T00:00:00Z', start: true },
  proxies: [
    { version: '1.30.3', count: 7 },
    { version: '1.29.1', count: 2 },
  ],
  services: 31,
  pushes: 200,
  convergence: { p50: { seconds: 0.3, over: false }, p99: { seconds: 30, over: true } },
  troubles: [{ key: 'proxy-rejects', count: 2, total: 5 }],
  conflicts: [{ key: 'duplicate-domains', count: 1 }],
}

const serving = (answer: object) =>
  serve({ 'GET /session': () => session, 'GET /meshes/shop/control-plane': () => ({ clusters: [], ...answer }) })

it('shows what all istiods say together, and what each uses of what it may', async () => {
  serving({
    asOf: '2026-01-01T00:10:00Z',
    all: numbers,
    replicas: [
      {
        ref: pod('istiod-a'),
        revision: 'shop',
        numbers,
        cpu: { used: 0.0512, request: 0.5 },
        memory: { used: 95 * 2 ** 20, request: 2 ** 26, limit: 100 * 2 ** 20 },
        goroutines: 412,
      },
      {
        ref: pod('istiod-b'),
        revision: 'shop',
        why: { code: 'meshes.istiod_refused', params: { pod: 'istiod-b', status: 404 } },
        cpu: {},
        memory: {},
      },
    ],
  })
  await open(<Istiods mesh="shop" />)
  const section = await screen.findByRole('region', { name: 'What istiod says of itself' })
  expect(section.textContent).toContain('Proxies connected9 1.30.3 × 7, 1.29.1 × 2')
  expect(section.textContent).toContain('300 ms · over 30 s')
  expect(section.textContent).toContain('since istiod started,')
  expect(within(section).getByText('Proxies refused configuration 2 times')).toBeTruthy()
  expect(within(section).getByText('One host is in more than one VirtualService: the oldest counts')).toBeTruthy()
  const [first, second] = within(screen.getByRole('list', { name: 'Replica' })).getAllByRole('listitem')
  expect(first?.textContent).toContain('Memory 95Mi of 100Mi (asked for 64Mi) near its limit')
  expect(first?.textContent).toContain('CPU, cores 0.051, no limit (asked for 0.5)')
  expect(first?.textContent).toContain('Goroutines 412')
  expect(second?.textContent).toContain('istiod-b does not tell: it answered 404.')
})

it('says that nothing is wrong, and that nothing was pushed', async () => {
  const { convergence: _, ...quiet } = { ...numbers, troubles: [], conflicts: [] }
  serving({ all: quiet, replicas: [] })
  await open(<Istiods mesh="shop" />)
  expect(await screen.findByText('Nothing was refused, and no rules conflict.')).toBeTruthy()
  expect(screen.getByText('nothing was pushed')).toBeTruthy()
})

it('tells why nobody was asked', async () => {
  serving({ why: { code: 'meshes.istiod_none_ready', params: { cluster: 'east' } }, replicas: [] })
  await open(<Istiods mesh="shop" />)
  expect(await screen.findByText('No istiod of this mesh is ready in east.')).toBeTruthy()
})

it('tells what happened before the time that is told', async () => {
  const troubles = [{ key: 'proxy-rejects', count: 0, total: 5 }]
  serving({ all: { ...numbers, since: { at: numbers.since.at, start: false }, troubles }, replicas: [] })
  await open(<Istiods mesh="shop" />)
  const word = await screen.findByText('Proxies refused configuration 0 times')
  expect(word.closest('li')?.textContent).toContain('5 since istiod started')
})
