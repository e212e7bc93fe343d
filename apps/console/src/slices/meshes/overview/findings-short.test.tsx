import { screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { open, serve, session } from '../../../testing.tsx'
import { FindingsShort } from './findings-short.tsx'

const severities = { rejected: 0, error: 0, warning: 0, info: 0 }
const none = { items: [], total: 0, counts: { severities, codes: [], kinds: [], namespaces: [], muted: 0 } }

afterEach(() => vi.unstubAllGlobals())

it.each([
  { where: 'all is read and seen', everything: true, state: 'fresh', told: /^Nothing is found in what you may see\.$/ },
  { where: 'there is more than may be seen', everything: false, state: 'fresh', told: /you may not see$/ },
  { where: 'a cluster is silent', everything: true, state: 'unreachable', told: /without west, which cannot be read$/ },
])('says that nothing is found where $where, and what that leaves out', async ({ everything, state, told }) => {
  const page = { ...none, everything, clusters: [{ cluster: 'west', state }] }
  serve({ 'GET /session': () => session, 'GET /meshes/prod/findings': () => page })
  await open(<FindingsShort mesh="prod" />, '/meshes/prod', '/meshes/$mesh')
  const status = (await screen.findByText(/Nothing is found/)).closest('.ow-status')
  expect(status?.textContent).toMatch(told)
  expect(status?.classList.contains('ow-status-healthy')).toBe(everything && state === 'fresh')
})
