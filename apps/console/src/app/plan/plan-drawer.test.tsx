import type { Intent } from '@orbweaver/contracts/intent'
import { forbidden } from '@orbweaver/contracts/missing-right'
import { type Finding, findingKey, type Plan } from '@orbweaver/contracts/plan'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, queries } from '../../api/api.ts'
import { open, problem, serve, session } from '../../testing.tsx'
// The drawer is a chunk of its own: loaded here, so that the first test does not wait for it.
import './plan-drawer.tsx'
import { type PlanOptions, usePlan } from './use-plan.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const reviews = {
  cluster: 'east',
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'VirtualService',
  namespace: 'bookinfo',
  name: 'reviews',
}
const blocked = [forbidden({ cluster: 'east', verb: 'delete', group: 'g', resource: 'virtualservices' })]
const intent: Intent = { type: 'objects.delete', mesh: 'prod', ref: reviews, uid: 'u-1' }

function plan(change: Partial<Plan> = {}): Plan {
  return {
    fingerprint: 'first',
    title: { code: 'objects.delete', params: { kind: 'VirtualService', name: 'reviews' } },
    items: [
      {
        id: '1',
        ref: reviews,
        op: 'delete',
        touched: [],
        before: 'kind: VirtualService\n',
        dryRun: { state: 'accepted', warnings: [] },
      },
    ],
    derived: [],
    findings: { introduced: [], solved: [], remaining: [] },
    impact: { workloads: [], podsRestarting: 0, connectionsBreak: false, notes: [] },
    blocked: [],
    undoable: true,
    clusters: [],
    ...change,
  }
}

function change(phase: string, item: { state: string; code?: string; message?: string }) {
  return {
    name: 'chg-1',
    title: plan().title,
    actor: 'ada@example.com',
    createdAt: new Date().toISOString(),
    phase,
    word: 'objects',
    counts: { total: 1, done: phase === 'succeeded' ? 1 : 0, failed: phase === 'failed' ? 1 : 0 },
    undo: { possible: true },
    items: [{ id: '1', ref: reviews, op: 'delete', touched: [], warnings: [], ...item }],
    hidden: 0,
    page: 1,
    size: 100,
    visible: 1,
  }
}

function Opener(props: { options?: PlanOptions }) {
  const door = usePlan()
  return (
    <button type="button" onClick={() => door.open(intent, props.options)}>
      delete
    </button>
  )
}

async function openPlan(options?: PlanOptions) {
  await open(options === undefined ? <Opener /> : <Opener options={options} />)
  await userEvent.click(await screen.findByRole('button', { name: 'delete' }))
  return await screen.findByRole('dialog')
}

describe('the plan drawer', () => {
  it('shows the effect in words, then executes and follows it to the end', async () => {
    let phase = 'running'
    const calls = serve({
      'GET /session': () => session,
      'POST /plans': () => plan(),
      'POST /changes': () => change('running', { state: 'running' }),
      'GET /changes/chg-1': () => change(phase, { state: phase === 'succeeded' ? 'done' : 'running' }),
    })
    const onStarted = vi.fn()
    const onDone = vi.fn()
    const drawer = await openPlan({ onStarted, onDone })
    expect(await within(drawer).findByRole('heading', { name: 'Delete VirtualService reviews' })).toBeTruthy()
    expect(within(drawer).getByText('The API server would accept it')).toBeTruthy()
    expect(within(drawer).getByText('No Pod restarts.')).toBeTruthy()
    await userEvent.type(within(drawer).getByRole('textbox', { name: 'Reason' }), 'no longer used')
    await userEvent.click(within(drawer).getByRole('button', { name: 'Delete object' }))
    await waitFor(() => expect(onStarted).toHaveBeenCalledOnce())
    expect(within(drawer).getByText('0 of 1 done')).toBeTruthy()
    phase = 'succeeded'
    // What a notice of the word history does.
    await queries.invalidateQueries({ queryKey: api.history.key() })
    await waitFor(() => expect(onDone).toHaveBeenCalledOnce())
    const executed = calls.find((call) => call.path === '/changes')
    expect(executed?.body).toEqual({ intent, fingerprint: 'first', acknowledged: [], reason: 'no longer used' })
    expect(within(drawer).getByText('1 of 1 done')).toBeTruthy()
    expect(within(drawer).getByRole('link', { name: 'Open in the history' }).getAttribute('href')).toBe(
      '/history/chg-1',
    )
  })

  it('cannot be executed while something blocks it, and says what', async () => {
    const calls = serve({ 'GET /session': () => session, 'POST /plans': () => plan({ blocked }) })
    const drawer = await openPlan()
    expect((await within(drawer).findByRole('alert')).textContent).toContain('delete virtualservices.g')
    await userEvent.click(within(drawer).getByRole('button', { name: 'Delete object' }))
    expect(calls.some((call) => call.path === '/changes')).toBe(false)
  })

  it('shows plans in read-only mode and executes none', async () => {
    const calls = serve({ 'GET /session': () => ({ ...session, readOnly: true }), 'POST /plans': () => plan() })
    const drawer = await openPlan()
    await within(drawer).findByText('What changes')
    await userEvent.click(within(drawer).getByRole('button', { name: 'Delete object' }))
    expect(within(drawer).getByText(/^This console is in read-only mode/, { selector: 'p' })).toBeTruthy()
    expect(calls.some((call) => call.path === '/changes')).toBe(false)
  })

  it('can be taken away by whom nothing is executed for', async () => {
    serve({ 'GET /session': () => ({ ...session, readOnly: true }), 'POST /plans': () => plan({ blocked }) })
    const kept = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:')
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue()
    const drawer = await openPlan()
    await userEvent.click(await within(drawer).findByRole('button', { name: 'Download' }))
    await userEvent.click(within(drawer).getByRole('menuitem', { name: 'YAML for kubectl prod-east.yaml' }))
    const [yaml] = kept.mock.calls.at(-1) ?? []
    expect(yaml instanceof Blob ? await yaml.text() : '').toContain(
      '# kubectl delete virtualservice.v1.networking.istio.io reviews --namespace bookinfo\n',
    )
    await userEvent.keyboard('{ArrowDown}{End}{Enter}')
    const [patch] = kept.mock.calls.at(-1) ?? []
    expect(patch instanceof Blob ? await patch.text() : '').toContain('\n-kind: VirtualService\n')
    expect(clicked.mock.contexts.map((each) => each instanceof HTMLAnchorElement && each.download)).toEqual([
      'prod-east.yaml',
      'prod.patch',
    ])
  })

  it('tells which problems were seen when it is executed', async () => {
    const finding = (severity: 'error' | 'warning', pointer: string) => ({
      code: 'virtualservice.subset-not-found',
      severity,
      ref: reviews,
      pointer,
      params: {},
      evidence: [],
      aliases: [],
      fixes: [],
    })
    const introduced = [finding('error', '/spec/http/0'), finding('warning', '/spec/http/1')]
    const calls = serve({
      'GET /session': () => session,
      'POST /plans': () => plan({ findings: { introduced, solved: [], remaining: [] } }),
      'POST /changes': () => change('running', { state: 'running' }),
      'GET /changes/chg-1': () => change('running', { state: 'running' }),
    })
    const drawer = await openPlan()
    await within(drawer).findByText('What changes')
    await userEvent.click(within(drawer).getByRole('button', { name: 'Delete object' }))
    await within(drawer).findByText('0 of 1 done')
    const [first] = introduced
    expect(calls.find((call) => call.path === '/changes')?.body).toMatchObject({
      acknowledged: [first === undefined ? '' : findingKey(first)],
    })
  })

  it('does not call it a failure that there is nothing to do', async () => {
    const blocked = [{ code: 'plan.nothing_to_do', params: {} }]
    serve({ 'GET /session': () => session, 'POST /plans': () => plan({ items: [], blocked }) })
    const drawer = await openPlan()
    expect(await within(drawer).findByText('Nothing to do')).toBeTruthy()
    expect(within(drawer).queryByText('This cannot be executed')).toBeNull()
    expect(within(drawer).getByRole('button', { name: 'Delete object' }).getAttribute('aria-disabled')).toBe('true')
  })

  it('shows the text of what is deleted, and of a restart, only as far as it says something', async () => {
    const [item] = plan().items
    const restart =
      item === undefined ? [] : [{ ...item, id: '2', op: 'restart' as const, after: 'kind: Deployment\n' }]
    serve({ 'GET /session': () => session, 'POST /plans': () => plan({ items: [...plan().items, ...restart] }) })
    const drawer = await openPlan()
    expect(await within(drawer).findAllByRole('button', { name: 'Show what changes' })).toHaveLength(1)
    expect(within(drawer).queryByText('kind: VirtualService')).toBeNull()
  })

  it('asks for the name before something is deleted', async () => {
    serve({ 'GET /session': () => session, 'POST /plans': () => plan() })
    const drawer = await openPlan({ confirmName: 'reviews', stays: ['The Pods keep running.'] })
    const button = await within(drawer).findByRole('button', { name: 'Delete object' })
    await within(drawer).findByText('What changes')
    expect(button.getAttribute('aria-disabled')).toBe('true')
    await userEvent.type(within(drawer).getByRole('textbox', { name: 'Type reviews to confirm' }), 'reviews')
    expect(button.getAttribute('aria-disabled')).toBe('false')
    expect(within(drawer).getByText('The Pods keep running.')).toBeTruthy()
  })

  it('shows the new plan, and why, when the first does not hold any more', async () => {
    const newer = plan({
      fingerprint: 'second',
      impact: { workloads: [], podsRestarting: 3, connectionsBreak: true, notes: [] },
    })
    const calls = serve({
      'GET /session': () => session,
      'POST /plans': () => plan(),
      'POST /changes': ({ body }) =>
        JSON.stringify(body).includes('second')
          ? change('running', { state: 'running' })
          : problem(409, 'plan.outdated', { plan: newer, why: [{ code: 'plan.changed', params: {} }] }),
      'GET /changes/chg-1': () => change('running', { state: 'running' }),
    })
    const drawer = await openPlan()
    await within(drawer).findByText('No Pod restarts.')
    await userEvent.click(within(drawer).getByRole('button', { name: 'Delete object' }))
    expect((await within(drawer).findByRole('alert')).textContent).toContain('changed by somebody else')
    expect(within(drawer).getByText('3 Pods restart. Their open connections break.')).toBeTruthy()
    await userEvent.click(within(drawer).getByRole('button', { name: 'Delete object' }))
    await within(drawer).findByText('0 of 1 done')
    expect(calls.filter((call) => call.path === '/changes')).toHaveLength(2)
  })

  it('executes in spite of findings that it showed, and says which', async () => {
    const missing = {
      ref: reviews,
      pointer: '/spec/http/0/route/0',
      params: { host: 'nobody' },
      evidence: [],
      aliases: [],
      fixes: [],
    }
    const introduced: Finding[] = [
      { ...missing, code: 'virtualservice.host-not-found', severity: 'error' },
      { ...missing, code: 'virtualservice.host-not-found', severity: 'warning', pointer: '/spec/http/1/route/0' },
    ]
    const calls = serve({
      'GET /session': () => session,
      'POST /plans': () => plan({ findings: { introduced, solved: [], remaining: [] } }),
      'POST /changes': () => change('running', { state: 'running' }),
      'GET /changes/chg-1': () => change('running', { state: 'running' }),
    })
    const drawer = await openPlan()
    await within(drawer).findByText('What changes')
    await userEvent.click(within(drawer).getByRole('button', { name: 'Delete object' }))
    await within(drawer).findByText('0 of 1 done')
    const executed = calls.find((call) => call.path === '/changes')
    expect(executed?.body).toMatchObject({ acknowledged: introduced.slice(0, 1).map(findingKey) })
  })

  it('offers what can be done about a failed item, in its place', async () => {
    const failed = change('failed', { state: 'failed', code: 'change.refused', message: 'denied: weight -3' })
    const calls = serve({
      'GET /session': () => session,
      'POST /plans': () => plan(),
      'POST /changes': () => failed,
      'GET /changes/chg-1': () => failed,
      'POST /changes/chg-1/items/1/retry': () => change('running', { state: 'running' }),
    })
    const drawer = await openPlan()
    await within(drawer).findByText('What changes')
    await userEvent.click(within(drawer).getByRole('button', { name: 'Delete object' }))
    expect(await within(drawer).findByText('denied: weight -3')).toBeTruthy()
    expect(within(drawer).getByText('The API server refused it.')).toBeTruthy()
    expect(within(drawer).getByRole('button', { name: 'Undo what was done' })).toBeTruthy()
    await userEvent.click(within(drawer).getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(calls.at(-1)?.path).toBe('/changes/chg-1/items/1/retry'))
  })

  it('says why no plan can be made, and lets one try again after a failure', async () => {
    let answer: unknown = problem(422, 'plan.invalid', {
      reasons: [{ code: 'meshes.not_found', params: { name: 'prod' } }],
    })
    serve({ 'GET /session': () => session, 'POST /plans': () => answer })
    const drawer = await openPlan()
    expect((await within(drawer).findByRole('alert')).textContent).toContain('There is no mesh prod')
    await userEvent.click(within(drawer).getByRole('button', { name: 'Cancel' }))
    answer = problem(503, 'hub.unreachable', { reason: 'timeout' })
    await userEvent.click(screen.getByRole('button', { name: 'delete' }))
    expect(await screen.findByText(/The hub cluster cannot be reached/)).toBeTruthy()
    answer = plan()
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('What changes')).toBeTruthy()
  })
})
