import { refKey } from '@orbweaver/contracts/kubernetes'
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import '../../../app/plan/plan-drawer.tsx'
import { refPath } from '../../../paths.ts'
import { type Answers, open, problem, serve, session } from '../../../testing.tsx'
import { EditPage } from './edit-page.tsx'
// The editor is a chunk of its own: loaded here, so that the first test does not wait for it.
import './text-pane.tsx'

const ref = {
  cluster: 'east',
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'VirtualService',
  namespace: 'shop',
  name: 'reviews',
}
const rule = (weight: number, labels: Record<string, string> = {}) => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'reviews', namespace: 'shop', uid: 'u1', resourceVersion: '1', labels },
  spec: { hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviews' }, weight }] }], fromTheFuture: true },
})
const read = (object: ReturnType<typeof rule>, update = true) => ({
  object,
  findings: [],
  permitted: { update, delete: update },
  rule: true,
  clusters: [],
})
const refusal = 'configuration is invalid: weight -3 < 0'
const plan = {
  fingerprint: 'f',
  title: { code: 'objects.edit', params: { kind: 'VirtualService', name: 'reviews' } },
  items: [{ id: '1', ref, op: 'update', touched: [], dryRun: { state: 'refused', message: refusal } }],
  derived: [],
  findings: { introduced: [], solved: [], remaining: [] },
  impact: { workloads: [], podsRestarting: 0, connectionsBreak: false, notes: [] },
  blocked: [{ code: 'plan.refused', params: { message: refusal } }],
  undoable: true,
  clusters: [],
}
const answers: Answers = {
  'GET /session': () => session,
  'GET /clusters/east/schema': () => problem(404, 'objects.no_schema', { name: 'VirtualService' }),
  'POST /objects/read': () => read(rule(100)),
  'POST /plans': () => plan,
}
const show = () =>
  open(
    <EditPage />,
    `/meshes/prod/objects/${refPath(ref)}`,
    '/meshes/$mesh/objects/$cluster/$resource/$namespace/$name',
  )

/** An edit left unfinished in this tab. */
function unfinished(base: ReturnType<typeof rule>, weight: number): void {
  const { uid: _uid, resourceVersion: _version, ...metadata } = base.metadata
  const text = JSON.stringify({ ...rule(weight), metadata })
  sessionStorage.setItem(`orbweaver.draft.ada@example.com.${refKey(ref)}`, JSON.stringify({ base, text }))
}

beforeEach(() => sessionStorage.clear())
afterEach(() => vi.unstubAllGlobals())

describe('EditPage', () => {
  it('says that an untouched object is not written, and plans nothing', async () => {
    const calls = serve(answers)
    await show()
    await screen.findByLabelText('YAML of the rule')
    await userEvent.click(screen.getByRole('button', { name: 'Review and apply' }))
    expect(await screen.findByText('Nothing changed, so nothing is written.')).toBeDefined()
    expect(calls.filter((call) => call.path === '/plans')).toEqual([])
  })

  it('checks an edit by its plan: what was opened, what is wanted, unknown fields and all', async () => {
    unfinished(rule(100), -3)
    const calls = serve(answers)
    await show()
    expect(await screen.findByText('Your unfinished edit was taken up again.')).toBeDefined()
    await userEvent.click(await screen.findByRole('button', { name: 'Check now' }))
    expect(await screen.findByText(refusal)).toBeDefined()
    const body = calls.find((call) => call.path === '/plans')?.body
    expect(body).toMatchObject({
      intent: { type: 'objects.edit', mesh: 'prod', ref, base: rule(100), object: { spec: { ...rule(-3).spec } } },
    })
  })

  it('opens the plan when nobody was faster', async () => {
    unfinished(rule(100), 90)
    serve(answers)
    await show()
    await userEvent.click(await screen.findByRole('button', { name: 'Review and apply' }))
    expect(await screen.findByText('Change VirtualService reviews')).toBeDefined()
  })

  it('merges first when somebody was, and loses nothing of either', async () => {
    unfinished(rule(100), 90)
    const calls = serve({ ...answers, 'POST /objects/read': () => read(rule(100, { team: 'checkout' })) })
    await show()
    await userEvent.click(await screen.findByRole('button', { name: 'Merge both versions' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Use the merged object' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Review and apply' }))
    await waitFor(() =>
      expect(calls.find((call) => call.path === '/plans')?.body).toMatchObject({
        intent: {
          base: rule(100, { team: 'checkout' }),
          object: { metadata: { labels: { team: 'checkout' } }, spec: rule(90).spec },
        },
      }),
    )
  })

  it('says who else keeps the rule', async () => {
    const kept = { ...read(rule(100)), managedBy: { tool: 'Helm', manager: 'shop' } }
    serve({ ...answers, 'POST /objects/read': () => kept })
    await show()
    expect(await screen.findByText('Helm (shop) keeps this object and may write it back.')).toBeDefined()
  })

  it('is for reading where one may not write', async () => {
    serve({ ...answers, 'POST /objects/read': () => read(rule(100), false) })
    await show()
    expect((await screen.findByLabelText('YAML of the rule')).getAttribute('aria-readonly')).toBe('true')
    expect(screen.getAllByText(/You may not change this rule/).length).toBeGreaterThan(0)
    expect(screen.queryByRole('button', { name: 'Check now' })).toBeNull()
  })

  it('checks and plans in read-only mode, too: only the plan cannot be carried out', async () => {
    unfinished(rule(100), 90)
    serve({ ...answers, 'GET /session': () => ({ ...session, readOnly: true }) })
    await show()
    expect((await screen.findByRole('button', { name: 'Check now' })).hasAttribute('disabled')).toBe(false)
    await userEvent.click(await screen.findByRole('button', { name: 'Review and apply' }))
    expect(await screen.findByText('Change VirtualService reviews')).toBeDefined()
    expect(screen.getByRole('button', { name: 'Apply changes' }).getAttribute('aria-disabled')).toBe('true')
  })

  it('says when there is no such rule', async () => {
    serve({ ...answers, 'POST /objects/read': () => problem(404, 'objects.not_found', { name: 'reviews' }) })
    await show()
    expect(await screen.findByText('There is no rule reviews that you can see')).toBeDefined()
  })
})
