import { forbidden } from '@orbweaver/contracts/missing-right'
import { screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { open, serve, session } from '../../testing.tsx'
import { MissingRights } from './missing-rights.tsx'

afterEach(() => vi.unstubAllGlobals())

const right = (more: object = {}) => ({ cluster: 'east', verb: 'create', group: '', resource: 'secrets', ...more })

it('missing rights are told by cluster and resource, with the role that adds them', async () => {
  serve({ 'GET /session': () => session })
  const reasons = [
    { code: 'plan.nothing_to_do', params: {} },
    forbidden(right({ namespace: 'shop', user: 'vic' })),
    forbidden(right({ verb: 'delete', namespace: 'shop', user: 'vic' })),
    forbidden(right({ cluster: 'hub', group: 'orbweaver.dev', resource: 'meshes' })),
    forbidden(right(), 'console'),
  ]
  await open(<MissingRights reasons={reasons} />)
  const told = await screen.findAllByRole('list')
  expect(told.map((each) => [each.getAttribute('aria-label'), each.textContent])).toEqual([
    ['In cluster east you lack', 'create, delete secrets in namespace shop'],
    ['In cluster hub you lack', 'create meshes.orbweaver.dev'],
    ['In cluster east the console’s own account lacks', 'create secrets'],
  ])
  const roles = [...document.querySelectorAll('pre')].map(({ textContent }) => textContent)
  expect(roles).toEqual([expect.stringContaining('kind: RoleBinding'), expect.stringContaining('name: "ACCOUNT"')])
  expect(screen.getByText(/hub is read with the account of its kubeconfig/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'The role to add is on the page of east' }).getAttribute('href')).toBe(
    '/clusters/east',
  )
})
