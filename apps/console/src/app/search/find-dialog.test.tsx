import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { open, serve, session } from '../../testing.tsx'
import { FindDialog } from './find-dialog.tsx'

afterEach(() => vi.unstubAllGlobals())

const ref = {
  cluster: 'east',
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'VirtualService',
  namespace: 'shop',
  name: 'reviews',
}
const none = { items: [], total: 0, clusters: [] }

describe('FindDialog', () => {
  it('finds a rule by what is typed, in the meshes there are, as the server lets this person see them', async () => {
    const calls = serve({
      'GET /session': () => session,
      'GET /meshes': ({ search }) => (search.get('search') === null ? { ...none, items: [{ name: 'prod' }] } : none),
      'GET /clusters': () => none,
      'GET /meshes/prod/objects': () => ({ ...none, items: [{ ref, uid: 'u', summary: '', findings: 0 }], total: 1 }),
    })
    const onClose = vi.fn()
    await open(<FindDialog onClose={onClose} onHelp={() => undefined} />)
    await userEvent.type(await screen.findByRole('combobox'), 'r')
    expect(calls.some((call) => call.path.endsWith('/objects'))).toBe(false)
    await userEvent.type(screen.getByRole('combobox'), 'ev')
    expect(await screen.findByRole('option', { name: 'reviews VirtualService · shop · prod' })).toBeTruthy()
  })
})
