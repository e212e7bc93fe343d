import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { PlanContext, type PlanDraft } from '../../app/plan/use-plan.ts'
import { paths, refPath } from '../../paths.ts'
import { open, serve, session } from '../../testing.tsx'
import { CallPage } from './call-page.tsx'
import { RequestPage } from './request-page.tsx'

const ref = { cluster: 'east', group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' }
const draft: PlanDraft = {
  id: 'print',
  mesh: 'prod',
  intent: { type: 'objects.delete', mesh: 'prod', ref, uid: 'u' },
  title: { code: 'objects.delete', params: { kind: 'Deployment', name: 'web' } },
}
const none = { items: [], total: 0, clusters: [] }

const setDraft = vi.fn()

function withDraft(page: ReactNode) {
  const door = { draft, setDraft, open: () => undefined }
  return <PlanContext.Provider value={door}>{page}</PlanContext.Provider>
}

beforeEach(() => {
  localStorage.clear()
  serve({
    'GET /session': () => session,
    'GET /meshes/prod/sidecars/workloads': () => none,
    'GET /meshes/prod/objects': () => none,
    'POST /meshes/prod/security/reach': () => ({ cells: [], clusters: [] }),
  })
})
afterEach(() => vi.unstubAllGlobals())

it('who may call is said to be without the plan that was taken along', async () => {
  const place = paths.explainCall('prod', { to: refPath(ref) })
  await open(withDraft(<CallPage />), place, '/meshes/$mesh/explain/call')
  expect(await screen.findByText(/^As it is now\./)).toBeTruthy()
})

it('a request that is yet to be asked is said to be answered with the plan', async () => {
  await open(withDraft(<RequestPage />), paths.explainRequest('prod'), '/meshes/$mesh/explain')
  expect(await screen.findByText(/what the plan makes of it/)).toBeTruthy()
})

it('a plan that is dropped leaves the focus at the title', async () => {
  await open(withDraft(<RequestPage />), paths.explainRequest('prod'), '/meshes/$mesh/explain')
  await userEvent.click(await screen.findByRole('button', { name: 'Stop comparing' }))
  expect(setDraft).toHaveBeenCalledWith(undefined)
  expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }))
})
