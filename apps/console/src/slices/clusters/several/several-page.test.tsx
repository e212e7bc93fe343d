import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { recordAt, textAt } from '@orbweaver/contracts/json'
import { queries } from '../../../api/api.ts'
import { open, problem, serve, session } from '../../../testing.tsx'
import { SeveralPage } from './several-page.tsx'

afterEach(() => vi.unstubAllGlobals())

const secret = 'kind: Config # token-canary'
const contexts = ['prod/east', 'prod/west', 'dark', 'cloud']
const passed = { accepted: true, warnings: [], contexts, ends: [], checks: [], istio: [], kubernetesVersion: 'v1.34.1' }
const dark = {
  ...passed,
  accepted: false,
  checks: [{ id: 'reachable.no', severity: 'blocking', params: { reason: 'kube.timeout' } }],
}
const exec = { code: 'kubeconfig.exec', params: { field: 'users[0].user.exec', command: 'aws', provider: 'eks' } }

it('registers several contexts of one kubeconfig by one plan, those that cannot be used left out', async () => {
  const calls = serve({
    'GET /session': () => session,
    'POST /kubeconfig/test': ({ body }) => {
      const context = textAt(recordAt(body, 'source'), 'context') ?? ''
      return { ...(context === 'dark' ? dark : passed), context }
    },
    'POST /kubeconfig/read': () => ({
      contexts: contexts.map((context) => (context === 'cloud' ? { context, refusal: exec } : { context })),
    }),
    'POST /plans': () => problem(500, 'server.failed', { request: 'r' }),
  })
  const source = { kind: 'pasted', kubeconfig: secret } as const
  await open(<SeveralPage source={source} onBack={() => undefined} onStarted={() => undefined} />, '/new/cluster')
  const row = (context: string) => screen.getByText(context).closest('tr')?.textContent
  await screen.findByText('dark')
  await waitFor(() => expect(row('dark')).toContain('Cannot be registered yet'))
  await waitFor(() => expect(row('prod/west')).toContain('Ready to be registered'))
  expect(row('cloud')).toContain('runs the program aws')
  expect(screen.getByLabelText<HTMLInputElement>('Choose cloud').disabled).toBe(true)
  expect(screen.getByLabelText<HTMLInputElement>('Choose dark').checked).toBe(false)
  const name = screen.getByLabelText('Name of prod/west')
  fireEvent.change(name, { target: { value: 'east' } })
  expect(screen.getAllByText('Another one has this name.')).toHaveLength(2)
  const verb = screen.getByText('Register 2 clusters').closest('button')
  expect(verb?.disabled).toBe(true)
  fireEvent.change(name, { target: { value: 'east-2' } })
  fireEvent.change(screen.getByLabelText('Region of prod/west'), { target: { value: 'eu' } })
  fireEvent.click(screen.getByText('Register 2 clusters'))
  await waitFor(() => expect(calls.some((call) => call.path === '/plans')).toBe(true))
  expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
    intent: {
      type: 'clusters.register',
      source: { kind: 'pasted', kubeconfig: secret },
      clusters: [
        { name: 'east', spec: {}, context: 'prod/east' },
        { name: 'east-2', spec: { region: 'eu' }, context: 'prod/west' },
      ],
    },
  })
  const keys = queries
    .getQueryCache()
    .getAll()
    .map((query) => JSON.stringify(query.queryKey))
  expect(keys.join('\n')).not.toContain('canary')
})
