import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Answers, open, problem, serve, session } from '../../testing.tsx'
import { paths, refPath } from '../../paths.ts'
import { CallPage } from './call-page.tsx'
import { clusters, row, workload } from './samples.ts'

function answers(more: Answers): Answers {
  return {
    'GET /session': () => session,
    'GET /meshes/prod/sidecars/workloads': () => ({ items: [row('web')], total: 1, clusters }),
    'GET /meshes/prod/objects': () => ({ items: [], total: 0, clusters }),
    ...more,
  }
}

beforeEach(() => localStorage.clear())
afterEach(() => vi.unstubAllGlobals())

describe('a call of an identity', () => {
  it('needs that identity or an address', async () => {
    serve(answers({ 'POST /meshes/prod/security/reach': () => ({ cells: [], clusters }) }))
    const place = { to: refPath(workload('reviews')), port: '9080' }
    await open(<CallPage />, paths.explainCall('prod', place), '/meshes/$mesh/explain/call')
    await userEvent.click(await screen.findByText('An identity'))
    await userEvent.click(screen.getByRole('button', { name: 'Explain' }))
    expect(await screen.findByText('An identity or an address is needed')).toBeTruthy()
    await userEvent.type(screen.getByLabelText(/^Address/), '1')
    await waitFor(() => expect(screen.queryByText('An identity or an address is needed')).toBeNull())
  })

  it('leads to one of a workload, and the form shows that one', async () => {
    const from = { principal: null, cluster: 'east', namespace: 'shop', workloads: [workload('web')] }
    const cell = {
      from,
      to: { ref: workload('reviews'), port: 9080 },
      verdict: 'allowed',
      decidedBy: null,
      depends: [],
    }
    serve(
      answers({
        'POST /meshes/prod/security/reach': () => ({ cells: [cell], clusters }),
        'POST /meshes/prod/security/explain': () => problem(404, 'objects.not_found', { name: 'x' }),
      }),
    )
    const place = { principal: 'cluster.local/ns/shop/sa/other', to: refPath(workload('reviews')), port: '9080' }
    await open(<CallPage />, paths.explainCall('prod', place), '/meshes/$mesh/explain/call')
    const form = await screen.findByLabelText('Identity')
    await userEvent.click(await screen.findByRole('link', { name: 'web' }))
    await waitFor(() => expect(form.isConnected).toBe(false))
    expect(screen.getByText('web · shop')).toBeTruthy()
  })
})
