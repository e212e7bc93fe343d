import type { Plan } from '@orbweaver/contracts/plan'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { open, problem, serve, session } from '../../../testing.tsx'
import type { PlanDraft } from '../use-plan.ts'
import { Comparison } from './comparison.tsx'

const ref = { cluster: 'east', group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
const home = { cluster: 'east', group: '', version: 'v1', kind: 'Namespace', name: 'shop' }
const policy = { ...ref, group: 'security.istio.io', kind: 'AuthorizationPolicy', name: 'closed' }
const draft: PlanDraft = {
  id: 'print',
  mesh: 'prod',
  intent: { type: 'objects.delete', mesh: 'prod', ref: policy, uid: 'u' },
  title: { code: 'objects.delete', params: { kind: 'AuthorizationPolicy', name: 'closed' } },
}
const plan = (...refs: (typeof ref | typeof home)[]): Plan => ({
  fingerprint: 'print',
  title: draft.title,
  items: refs.map((each, index) => ({
    id: String(index),
    ref: each,
    op: 'update',
    touched: [],
    dryRun: { state: 'accepted', warnings: [] },
  })),
  derived: [],
  findings: { introduced: [], solved: [], remaining: [] },
  impact: { workloads: [], podsRestarting: 0, connectionsBreak: false, notes: [] },
  blocked: [],
  undoable: true,
  clusters: [],
})
const at = '/meshes/prod/explain?from=east%2FDeployment.v1.apps%2Fshop%2Fweb&host=reviews&port=9080'
const routed = (weights: Record<string, number>) => ({
  outcome: {
    kind: 'routed',
    destinations: Object.entries(weights).map(([host, weight]) => ({
      host,
      weight,
      port: 9080,
      cluster: host,
      endpoints: [],
      resolution: 'listed',
    })),
  },
  decidedBy: null,
  policies: [],
  trail: [],
})
const answer = {
  before: routed({ reviews: 90, next: 10 }),
  after: routed({ reviews: 50, next: 50 }),
  differs: { outcome: false, decidedBy: false },
  destinations: [
    { host: 'reviews', port: 9080, cluster: 'reviews', before: { weight: 90 }, after: { weight: 50 } },
    { host: 'next', port: 9080, cluster: 'next', before: { weight: 10 }, after: { weight: 50 } },
  ],
  policies: [{ name: 'timeout', after: { value: '3s', by: null } }],
}
const peer = { principal: null, cluster: 'east', namespace: 'shop', workloads: [ref] }
const cell = (verdict: string) => ({ from: peer, to: { ref, port: 80 }, verdict, decidedBy: null, depends: [] })
const silent = {
  'GET /session': () => session,
  'POST /meshes/prod/security/compare-reach': () => ({ changes: [], total: 0, tooMany: false, clusters: [] }),
  'POST /meshes/prod/sidecars/compare': () => ({ changes: [], total: 0, clusters: [] }),
  'POST /meshes/prod/traffic/compare': () => ({ answers: [answer], clusters: [] }),
}
const shown = async (of: Plan) => {
  await open(<Comparison plan={of} draft={draft} />)
  return await screen.findByRole('heading', { name: 'What it makes of traffic' })
}

beforeEach(() => localStorage.clear())
afterEach(() => vi.unstubAllGlobals())

it('compares a request by its address, keeps it, and says when an address is none', async () => {
  const calls = serve(silent)
  await shown(plan(policy))
  const field = screen.getByRole('textbox', { name: 'Address of an explained request or call' })
  await userEvent.type(field, 'https://elsewhere/none{Enter}')
  expect(screen.getByRole('alert').textContent).toContain('This is not the address')
  await userEvent.clear(field)
  await userEvent.click(field)
  await userEvent.paste(`https://mesh.example.com${at}`)
  await userEvent.click(screen.getByRole('button', { name: 'Compare' }))
  const item = await screen.findByRole('listitem')
  expect(within(item).getByRole('link').textContent).toBe('shop/web → GET http://reviews:9080/')
  expect((await within(item).findByText('Timeout')).closest('div')?.textContent).toContain('not set')
  expect(within(item).getByText('reviews:9080').closest('div')?.textContent).toContain('90 % → With this plan: 50 %')
  expect(calls.find(({ path }) => path.endsWith('traffic/compare'))?.body).toMatchObject({
    intent: draft.intent,
    requests: [{ host: 'reviews', port: 9080 }],
  })
  await userEvent.click(within(item).getByRole('button', { name: /^Keep/ }))
  expect(
    within(item)
      .getByRole('button', { name: /^Do not keep/ })
      .getAttribute('aria-pressed'),
  ).toBe('true')
  expect(Object.values(localStorage).join('')).toContain('"kept":true')
  await userEvent.click(within(item).getByRole('button', { name: /^Leave out/ }))
  expect(screen.queryByRole('listitem')).toBeNull()
})

it('begins with what was asked lately; who is not there any more is told in its place', async () => {
  localStorage.setItem('orbweaver.asked.ada@example.com.prod', JSON.stringify([{ address: at, kept: false }, 7]))
  serve({ ...silent, 'POST /meshes/prod/traffic/compare': () => ({ answers: [null], clusters: [] }) })
  await shown(plan(policy))
  expect(await screen.findByText(/is not there any more, or you may not see it/)).toBeTruthy()
})

it('tells who can no longer call, and how much is left out', async () => {
  const changes = [
    { callers: 5, before: cell('allowed'), after: cell('denied') },
    { callers: 1, before: cell('denied'), after: cell('allowed') },
    { callers: 1, before: cell('allowed'), after: cell('depends') },
    { callers: 1, after: cell('depends') },
  ]
  serve({
    ...silent,
    'POST /meshes/prod/security/compare-reach': () => ({ changes, total: 8, tooMany: false, clusters: [] }),
  })
  await shown(plan(policy))
  expect(await screen.findByText('The first 4 of 8 changes; those who lose come first.')).toBeTruthy()
  expect(screen.getByText('Can no longer call').closest('details')?.textContent).toContain('shop/web and 4 more')
  expect(screen.getByText('No longer allowed in every case').closest('summary')?.textContent).toContain('1')
  expect(screen.getByText('Can call from now on')).toBeTruthy()
  expect(screen.getByText('not there')).toBeTruthy()
  expect(screen.queryByRole('heading', { name: 'Sidecars of new Pods' })).toBeNull()
})

it('says where there are too many pairs, and what failed in its place', async () => {
  const failure = problem(404, 'meshes.not_found', { name: 'prod' })
  serve({
    ...silent,
    'POST /meshes/prod/security/compare-reach': () => ({ changes: [], total: 0, tooMany: true, clusters: [] }),
    'POST /meshes/prod/sidecars/compare': () => failure,
  })
  await shown(plan(home))
  expect(await screen.findByText(/^Too many callers and workloads/)).toBeTruthy()
  expect(await screen.findByText(/prod/)).toBeTruthy()
})

it('tells whose new Pods get another sidecar', async () => {
  const by = { config: 'c', webhook: 'w', revision: 'canary' }
  const changes = [
    {
      ref,
      before: { outcome: 'not-injected', by: null, decidedBy: null },
      after: { outcome: 'injected', by, decidedBy: null },
    },
  ]
  serve({ ...silent, 'POST /meshes/prod/sidecars/compare': () => ({ changes, total: 1, clusters: [] }) })
  await shown(plan(home))
  expect(await screen.findByText('canary')).toBeTruthy()
  const link = screen.getByRole('link', { name: `Explain: ${ref.name}` })
  expect(link.getAttribute('href')).toContain('/meshes/prod/explain/injection?of=')
})
