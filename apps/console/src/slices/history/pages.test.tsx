import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { open, problem, serve, session } from '../../testing.tsx'
import { ChangePage } from './change-page.tsx'
import { HistoryPage } from './list-page.tsx'

afterEach(() => vi.unstubAllGlobals())

function summary(name: string, more: object = {}) {
  return {
    name,
    title: { code: 'objects.edit', params: { kind: 'Gateway', name } },
    actor: 'ada@example.com',
    createdAt: new Date().toISOString(),
    phase: 'succeeded',
    word: 'objects',
    mesh: 'prod',
    counts: { total: 2, done: 2, failed: 0 },
    undo: { possible: true },
    page: 1,
    size: 100,
    visible: 1,
    ...more,
  }
}
const fresh = [{ cluster: 'hub', state: 'fresh' }]

describe('the history', () => {
  it('lists changes in words, with links to them and to their mesh', async () => {
    serve({
      'GET /session': () => session,
      'GET /changes': () => ({ items: [summary('a'), summary('b', { phase: 'failed' })], total: 2, clusters: fresh }),
      'GET /meshes': () => ({ items: [], total: 0, clusters: fresh }),
    })
    await open(<HistoryPage />, '/history')
    const link = await screen.findByRole('link', { name: 'Change Gateway a' })
    expect(link.getAttribute('href')).toBe('/history/a')
    expect(screen.getAllByRole('link', { name: 'prod' })[0]?.getAttribute('href')).toBe('/meshes/prod')
    expect(screen.getByRole('row', { name: /Change Gateway b/ }).textContent).toContain('Failed')
    await waitFor(() => expect(document.title).toBe('History · Orbweaver'))
  })

  it('keeps its filters in the address and asks the server by them', async () => {
    const calls = serve({
      'GET /changes': () => ({ items: [], total: 0, clusters: fresh }),
      'GET /meshes': () => ({ items: [], total: 0, clusters: fresh }),
    })
    await open(<HistoryPage />, '/history?phase=failed&page=2')
    expect(await screen.findByText('Nothing matches')).toBeTruthy()
    expect(calls.find((call) => call.path === '/changes')?.search.get('phase')).toBe('failed')
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }))
    expect(await screen.findByText('No change yet')).toBeTruthy()
    expect(calls.findLast((call) => call.path === '/changes')?.search.has('phase')).toBe(false)
  })

  it('says in the table’s place why it cannot be read', async () => {
    serve({ 'GET /changes': () => problem(503, 'hub.unreachable', { reason: 'timeout' }) })
    await open(<HistoryPage />, '/history')
    expect((await screen.findByRole('alert')).textContent).toContain('The hub cluster cannot be reached')
  })
})

describe('a change', () => {
  const signedIn = { 'GET /session': () => session }
  const items = [
    {
      id: '1',
      ref: { cluster: 'east', group: '', version: 'v1', kind: 'Namespace', name: 'bookinfo' },
      op: 'update',
      touched: [{ pointer: '/metadata/labels/istio-injection', after: 'enabled' }],
      state: 'done',
      warnings: [],
    },
  ]

  it('that cannot be undone says why beside the button', async () => {
    const undo = { possible: false, why: { code: 'history.still_running', params: {} } }
    serve({ ...signedIn, 'GET /changes/a': () => ({ ...summary('a', { undo }), items, hidden: 1 }) })
    await open(<ChangePage />, '/history/a', '/history/$change')
    expect(await screen.findByRole('heading', { level: 1, name: 'Change Gateway a' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Undo' }).getAttribute('aria-disabled')).toBe('true')
    expect(screen.getAllByText('It is still running.').length).toBeGreaterThan(0)
    expect(screen.getByText('1 more item is in a place you cannot see')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Show what changes: Namespace bookinfo' }))
    const item = screen.getAllByRole('listitem').find((each) => each.textContent.includes('bookinfo'))
    expect(within(item ?? document.body).getByText('metadata.labels.istio-injection')).toBeTruthy()
  })

  it('that goes on can be stopped', async () => {
    const running = { ...summary('a', { phase: 'running' }), items, hidden: 0 }
    const calls = serve({
      ...signedIn,
      'GET /changes/a': () => running,
      'POST /changes/a/stop': () => ({ ...running, phase: 'stopped' }),
    })
    await open(<ChangePage />, '/history/a', '/history/$change')
    await userEvent.click(await screen.findByRole('button', { name: 'More actions' }))
    await userEvent.click(screen.getByRole('menuitem', { name: 'Stop before the next write' }))
    expect(await screen.findByText('Stopped')).toBeTruthy()
    expect(calls.at(-1)?.path).toBe('/changes/a/stop')
  })

  it('of many items is read page by page, first where the work is', async () => {
    const long = { ...summary('a', { phase: 'running', visible: 250, page: 2 }), items, hidden: 0 }
    const calls = serve({
      ...signedIn,
      'GET /changes/a': ({ search }) => ({ ...long, page: Number(search.get('page') ?? 2) }),
    })
    await open(<ChangePage />, '/history/a', '/history/$change')
    expect(await screen.findByText('Items 101–200 of 250')).toBeTruthy()
    await userEvent.click(screen.getByRole('listitem', { name: '3' }))
    expect(await screen.findByText('Items 201–250 of 250')).toBeTruthy()
    const read = calls.filter(({ path }) => path === '/changes/a')
    expect(read.map(({ search }) => search.get('page'))).toEqual([null, '3'])
  })

  it('with a part missing says so, and an item that cannot be brought back says that', async () => {
    const problem = { code: 'change.part_missing', params: { part: 2, count: 3 } }
    const gone = items.map((item) => ({ ...item, op: 'delete', gone: true }))
    const failed = { ...summary('a', { phase: 'failed', problem }), items: gone, hidden: 0 }
    serve({ ...signedIn, 'GET /changes/a': () => failed })
    await open(<ChangePage />, '/history/a', '/history/$change')
    expect((await screen.findByRole('alert')).textContent).toContain('Part 2 of 3 of this change is missing')
    expect(screen.getByText('Not kept: it cannot be made again.')).toBeTruthy()
  })

  it('cannot be steered by a console that is in read-only mode', async () => {
    serve({
      'GET /session': () => ({ ...session, readOnly: true }),
      'GET /changes/a': () => ({ ...summary('a', { phase: 'running' }), items, hidden: 0 }),
    })
    await open(<ChangePage />, '/history/a', '/history/$change')
    await userEvent.click(await screen.findByRole('button', { name: 'More actions' }))
    const stop = screen.getByRole('menuitem', { name: /^Stop before the next write/ })
    expect(stop.getAttribute('aria-disabled')).toBe('true')
    expect(stop.textContent).toContain('This console is in read-only mode.')
  })

  it('nobody knows is said to be missing', async () => {
    serve({ 'GET /changes/a': () => problem(404, 'history.not_found', { name: 'a' }) })
    await open(<ChangePage />, '/history/a', '/history/$change')
    expect(await screen.findByText('There is no change a that you can see.')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Go back to the history.' }).getAttribute('href')).toBe('/history')
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
  })
})
