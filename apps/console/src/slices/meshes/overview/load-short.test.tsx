import { screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { load } from '../../../app/metrics/samples.ts'
import { open, serve } from '../../../testing.tsx'
import { LoadShort } from './load-short.tsx'

afterEach(() => vi.unstubAllGlobals())

async function show(answer: object) {
  const calls = serve({ 'GET /meshes/shop/metrics': () => answer })
  await open(<LoadShort mesh="shop" />)
  return calls
}

it('shows the last hour, with one way to any other time', async () => {
  const calls = await show(load)
  expect(await screen.findByRole('figure', { name: 'Bytes per second' })).toBeTruthy()
  expect(screen.getByRole('region', { name: 'Most requests' })).toBeTruthy()
  expect(screen.getByText('Prometheus of 1 of 2 clusters answered')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Metrics' }).getAttribute('href')).toBe('/meshes/shop/metrics')
  expect(calls[0]?.search.get('minutes')).toBe('60')
})

it('says one sentence where nobody said where Prometheus is', async () => {
  await show({ ...load, sources: [{ cluster: 'east', state: 'none', warnings: [] }] })
  expect(await screen.findByText(/^Nobody has said where the Prometheus of this mesh is/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Metrics' })).toBeTruthy()
  expect(screen.queryByRole('figure')).toBeNull()
})

it('says why where none answered, and shows no empty charts', async () => {
  const sources = load.sources.filter(({ state }) => state === 'silent')
  await show({ ...load, sources, cpu: [], bytes: [] })
  expect(await screen.findByText(/^The Prometheus of west does not answer/)).toBeTruthy()
  expect(screen.queryByRole('figure')).toBeNull()
})
