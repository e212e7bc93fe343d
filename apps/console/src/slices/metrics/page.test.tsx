import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { load } from '../../app/metrics/samples.ts'
import { type Answers, open, problem, serve, session } from '../../testing.tsx'
import { MetricsPage } from './page.tsx'

afterEach(() => vi.unstubAllGlobals())

async function show(answer: Answers[string], search = '') {
  const calls = serve({ 'GET /session': () => session, 'GET /meshes/shop/metrics': answer })
  await open(<MetricsPage />, `/meshes/shop/metrics${search}`, '/meshes/$mesh/metrics')
  return calls
}

describe('the page of metrics', () => {
  it('draws what answered, and says why the rest is missing and what to do', async () => {
    await show(() => load)
    const cpu = await screen.findByRole('figure', { name: 'Sidecar vCPU' })
    expect(within(cpu).getByRole('button', { pressed: true }).textContent).toBe('east0.5 cores')
    const memory = screen.getByRole('figure', { name: 'Sidecar memory' })
    expect(memory.textContent).toContain('What was answered has none of it in this time.')
    const sources = screen.getByRole('region', { name: 'Sources' })
    expect(within(sources).getByText('Prometheus of 1 of 2 clusters answered')).toBeTruthy()
    expect(within(sources).getByText('The Prometheus of west does not answer: no answer in time.')).toBeTruthy()
    expect(within(sources).getByRole('link', { name: 'Check the cluster' }).getAttribute('href')).toBe('/clusters/west')
    expect(within(sources).getByText(/^Namespaces whose Pods you may not list/)).toBeTruthy()
  })

  it('ranks services with a way to what the viewer sees, and a name to what not', async () => {
    await show(() => load)
    const busiest = await screen.findByRole('region', { name: 'Most requests' })
    const link = within(busiest).getByRole('link', { name: 'shop/reviews' })
    expect(link.getAttribute('href')).toBe('/meshes/shop/objects/east/Service.v1/shop/reviews')
    const items = within(busiest).getAllByRole('listitem')
    expect(items.map((each) => each.textContent)).toEqual([
      'shop/reviews1,200/min5 % failed · 35 ms',
      'shop/gone60/min0 % failed · duration not measured',
    ])
    expect(within(busiest).queryByRole('link', { name: 'shop/gone' })).toBeNull()
    const failing = screen.getByRole('region', { name: 'Highest share of errors' })
    expect(failing.textContent).toContain('What was answered has none of it in this time.')
  })

  it('says what did not happen only where everything answered', async () => {
    await show(() => ({ ...load, sources: load.sources.slice(0, 1) }))
    const failing = await screen.findByRole('region', { name: 'Highest share of errors' })
    expect(failing.textContent).toContain('No request failed in this time.')
    expect(screen.getByRole('region', { name: 'Slowest on average' }).textContent).toContain('measured no duration')
  })

  it('says that one is still being asked', async () => {
    const why = { code: 'metrics.slow', params: { cluster: 'east' } }
    await show(() => ({ ...load, sources: [{ cluster: 'east', state: 'partial', warnings: [], why }] }))
    const sources = await screen.findByRole('region', { name: 'Sources' })
    expect(within(sources).getByText('Being asked')).toBeTruthy()
    expect(within(sources).queryByRole('link')).toBeNull()
  })

  it('asks for the time that the address says, and keeps what was chosen there', async () => {
    const calls = await show(() => load, '?minutes=360')
    expect(await screen.findByRole<HTMLInputElement>('radio', { name: '6 h', checked: true })).toBeTruthy()
    fireEvent.click(screen.getByRole('radio', { name: '24 h' }))
    const asked = () => calls.filter(({ path }) => path.endsWith('/metrics')).map(({ search }) => search.get('minutes'))
    await waitFor(() => expect(asked()).toEqual(['360', '1440']))
  })

  it('says what is missing and leads to it where nobody said where Prometheus is', async () => {
    const none = { ...load, hidden: false, sources: [{ cluster: 'east', state: 'none', warnings: [] }], cpu: [] }
    await show(() => none)
    expect(await screen.findByText('Nobody has said where the Prometheus of this mesh is')).toBeTruthy()
    const way = screen.getByRole('link', { name: 'Say where the Prometheus of east is' })
    expect(way.getAttribute('href')).toBe('/clusters/east/edit')
    expect(screen.queryByRole('figure')).toBeNull()
  })

  it('tells a viewer who may list no Pods that this is why', async () => {
    const away = { ...load, sources: [{ cluster: 'east', state: 'hidden', warnings: [] }], cpu: [], bytes: [] }
    await show(() => ({ ...away, top: { requests: [], errors: [], latency: [] } }))
    expect(await screen.findByText('You may list Pods in no namespace of this cluster.')).toBeTruthy()
    expect(screen.getAllByText('You may list Pods in no namespace of this mesh.')).toHaveLength(6)
  })

  it('fails in its place, and asks again', async () => {
    let fails = true
    await show(() => (fails ? problem(500, 'server.failed', { request: 'r-1' }) : load))
    const again = await screen.findByRole('button', { name: 'Try again' })
    fails = false
    await userEvent.click(again)
    expect(await screen.findByRole('figure', { name: 'Sidecar vCPU' })).toBeTruthy()
  })
})
