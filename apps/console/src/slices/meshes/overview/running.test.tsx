import { screen, within } from '@testing-library/react'
import type { MeshDetail } from '@orbweaver/contracts/meshes'
import { afterEach, expect, it, vi } from 'vitest'
import { open, serve, session } from '../../../testing.tsx'
import { Running } from './running.tsx'

afterEach(() => vi.unstubAllGlobals())

it('tells what the control plane says and by what object, and that there is more', async () => {
  const from = { cluster: 'hub', group: '', version: 'v1', kind: 'ConfigMap', namespace: 'istio-system', name: 'istio' }
  const running: MeshDetail['running'] = {
    ref: { ...from, group: 'apps', kind: 'Deployment', name: 'istiod' },
    installer: 'helm',
    revision: 'default',
    tags: ['prod'],
    facts: [
      { key: 'trustDomain', value: 'edge.example.com', from },
      { key: 'clusterId', value: 'edge-1', from },
    ],
    complete: false,
  }
  serve({ 'GET /session': () => session })
  await open(<Running running={running} cluster="hub" />, '/')
  const section = await screen.findByRole('region', { name: 'What the control plane says' })
  const terms = within(section).getAllByRole('term')
  expect(terms.map((each) => each.textContent)).toEqual([
    'Revision and tags',
    'Installed by',
    'Cluster ID',
    'Trust domain',
  ])
  expect(within(section).getByText('edge.example.com').title).toBe('ConfigMap istio-system istio')
  expect(section.textContent).toContain('istiod calls this cluster edge-1, the console calls it hub')
  expect(section.textContent).toContain('objects you may not read')
})
