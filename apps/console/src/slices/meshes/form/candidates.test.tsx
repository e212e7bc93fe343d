import { screen, within } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { open, serve, session } from '../../../testing.tsx'
import { Candidates } from './candidates.tsx'

afterEach(() => vi.unstubAllGlobals())

function candidate(revision: string) {
  const from = { cluster: 'edge', group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'mesh', name: 'istiod' }
  const facts = [{ key: 'trustDomain' as const, value: `${revision}.example.com`, from }]
  const running = { ref: from, installer: 'maistra', revision, tags: [], facts, complete: true }
  return {
    namespace: 'mesh',
    revision,
    version: '1.29.4',
    installer: 'maistra',
    running,
    proxies: 7,
  }
}

it('shows what each control plane says, the chosen one first', async () => {
  serve({ 'GET /session': () => session })
  const candidates = [candidate('1-28'), candidate('1-29')]
  await open(<Candidates cluster="edge" candidates={candidates} chosen="mesh/1-29" />)
  const shown = await screen.findAllByRole('region')
  expect(shown.map((each) => within(each).getByRole('heading').textContent)).toEqual([
    'Revision 1-29 in mesh',
    'Revision 1-28 in mesh',
  ])
  expect(shown[0]?.textContent).toContain('OpenShift Service Mesh 2')
  expect(shown[0]?.textContent).toContain('Pods with its proxy7')
  expect(shown[0]?.textContent).toContain('1-29.example.com')
})
