import type { MeshNumbers } from '@orbweaver/contracts/mesh-numbers'
import { screen, within } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { open, serve, session } from '../../../testing.tsx'
import { GatewayNumbers, ServiceNumbers } from './numbers.tsx'

afterEach(() => vi.unstubAllGlobals())

type Services = NonNullable<MeshNumbers['services']>
const ref = (name: string) => ({ cluster: 'east', group: '', version: 'v1', kind: 'Service', namespace: 'shop', name })

async function show(services: Services | undefined) {
  serve({ 'GET /session': () => session })
  await open(<ServiceNumbers services={services} />)
}

it('says how many services can be called, which cannot, and that there are more', async () => {
  await show({ healthy: 10, total: 13, failing: [ref('web'), ref('api')] })
  expect(await screen.findByText('10 of 13 healthy')).toBeTruthy()
  expect(
    within(screen.getByRole('list'))
      .getAllByRole('listitem')
      .map((each) => each.textContent),
  ).toEqual(['shop/web', 'shop/api'])
  expect(screen.getByText(/and 1 more/)).toBeTruthy()
})

it('names none where all can be called', async () => {
  await show({ healthy: 2, total: 2, failing: [] })
  expect(await screen.findByText('2 of 2 healthy')).toBeTruthy()
  expect(screen.queryByRole('list')).toBeNull()
})

it('tells none from what was not seen', async () => {
  await show({ healthy: 0, total: 0, failing: [] })
  expect(await screen.findByText('none')).toBeTruthy()
})

it('says so where nothing was seen', async () => {
  await show(undefined)
  expect((await screen.findByText('not seen')).title).toContain('there may be some')
})

it.each([
  [{ ready: 1, total: 2 }, '1 of 2 ready'],
  [{ ready: 0, total: 0 }, 'none'],
  [undefined, 'not seen'],
])('gateways %j are told as %s', async (gateways, words) => {
  serve({ 'GET /session': () => session })
  await open(<GatewayNumbers gateways={gateways} />)
  expect(await screen.findByText(words)).toBeTruthy()
})
