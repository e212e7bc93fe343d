import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { open, serve, session } from '../../../testing.tsx'
import { MeshFormPage } from './mesh-form-page.tsx'

afterEach(() => vi.unstubAllGlobals())

const istio = (namespace: string, revision: string) => ({ namespace, revision, version: '1.30.3', installer: 'helm' })

/** The settings of an external mesh that governs this revision. */
async function settings(revision: string, hidden: { istioHidden?: true } = {}) {
  const found = [istio('istio-system', '1-29'), istio('istio-system', '1-30'), istio('other', '1-31')]
  const unavailable = { code: 'meshes.cluster_taken', params: { mesh: 'outside' } }
  serve({
    'GET /session': () => session,
    'GET /mesh-choices': () => ({
      clusters: [{ name: 'edge', versions: [], istio: found, unavailable, ...hidden }],
    }),
    'POST /mesh-preflight': () => ({ checks: [], objects: [], clusters: [] }),
  })
  const spec = { kind: 'External', controlPlane: { cluster: 'edge', namespace: 'istio-system', revision } }
  const sent = vi.fn<(draft: { spec: object }) => void>()
  const initial = { name: 'outside', spec }
  await open(<MeshFormPage fixed initial={initial} verb="Show the plan" onSubmit={sent} onCancel={() => undefined} />)
  return { spec, sent }
}

const field = () => screen.findByRole('combobox', { name: /^Control plane found/ })

it('another revision of the same namespace can be governed, and none elsewhere', async () => {
  const { spec, sent } = await settings('1-29')
  await userEvent.click(await field())
  const shown = await screen.findAllByText(/revision 1-\d\d in/, { selector: '.ant-select-item-option-content' })
  expect(shown.map((each) => each.textContent)).toEqual([
    '1.30.3 · revision 1-29 in istio-system (Helm)',
    '1.30.3 · revision 1-30 in istio-system (Helm)',
  ])
  await userEvent.click(shown[1] ?? expect.fail('no other revision'))
  const save = await screen.findByRole<HTMLButtonElement>('button', { name: 'Show the plan' })
  await vi.waitFor(() => expect(save.disabled).toBe(false))
  await userEvent.click(save)
  await vi.waitFor(() => expect(sent).toHaveBeenCalled())
  const controlPlane = { ...spec.controlPlane, revision: '1-30' }
  expect(sent.mock.calls[0]?.[0]).toMatchObject({ spec: { kind: 'External', controlPlane } })
})

it('a revision that is gone is still named', async () => {
  await settings('1-28')
  await field()
  expect(await screen.findByText('Revision 1-28 in istio-system, which is not there')).toBeTruthy()
})

it('nor is one called gone where it may not be seen', async () => {
  await settings('1-28', { istioHidden: true })
  await field()
  expect(await screen.findByText('Revision 1-28 in istio-system, which you may not see')).toBeTruthy()
})
