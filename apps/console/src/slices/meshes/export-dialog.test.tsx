import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { open, problem, serve } from '../../testing.tsx'
import { ExportDialog } from './export-dialog.tsx'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const ref = { cluster: 'hub', group: 'orbweaver.dev', version: 'v1alpha1', kind: 'Mesh', name: 'shop' }
const rule = { cluster: 'east', group: 'networking.istio.io', version: 'v1', kind: 'Gateway', name: 'edge' }
const answer = {
  files: [
    { cluster: 'hub', documents: [{ ref, yaml: 'kind: Mesh\n' }], unread: [] },
    {
      cluster: 'east',
      documents: [
        { ref: rule, yaml: 'kind: Gateway\n' },
        { ref: rule, yaml: 'kind: Sidecar\n' },
      ],
      unread: ['Istio', 'EnvoyFilter'],
    },
    { cluster: 'west', documents: [], unread: [] },
  ],
  clusters: [
    { cluster: 'east', state: 'fresh' },
    { cluster: 'west', state: 'unreachable' },
  ],
}

async function downloaded(file: string): Promise<string> {
  const kept = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:')
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue()
  await userEvent.click(await screen.findByRole('button', { name: `Download ${file}` }))
  expect(clicked.mock.contexts.map((each) => each instanceof HTMLAnchorElement && each.download)).toEqual([file])
  const [blob] = kept.mock.calls[0] ?? []
  return blob instanceof Blob ? blob.text() : ''
}

async function show(served: unknown): Promise<void> {
  serve({ 'GET /meshes/shop/export': () => served })
  await open(<ExportDialog mesh="shop" onClose={vi.fn()} />)
}

it('offers a file a cluster, and says what of it one may not read', async () => {
  await show(answer)
  const [hub, east] = await screen.findAllByRole('listitem')
  expect(hub?.textContent).toContain('shop-hub.yaml1 object')
  expect(within(east ?? document.body).getByText(/You may not read 2 kinds in all of this cluster/)).toBeTruthy()
})

it('gives documents in their order, with what is missing in the head', async () => {
  await show(answer)
  const text = await downloaded('shop-east.yaml')
  expect(parseAllDocuments(text).map((each) => each.get('kind'))).toEqual(['Gateway', 'Sidecar'])
  expect(text).toContain('# To apply it in another cluster: kubectl apply -f shop-east.yaml\n')
  expect(text).toContain('# Not whole: you may not read 2 kinds in all of the cluster: Istio, EnvoyFilter.\n')
  expect(text).toMatch(/^# Needs the definitions of Istio/m)
})

it('says where the record belongs', async () => {
  await show(answer)
  expect(await downloaded('shop-hub.yaml')).toMatch(/^# For a hub with Orbweaver/m)
})

it('says that a cluster is silent, and that nothing of it is there', async () => {
  await show(answer)
  const text = await downloaded('shop-west.yaml')
  expect(text).toContain('# This cluster did not answer. As it was: never.\n')
  expect(text).toContain('# There is nothing in it that you may see.\n')
})

it('says so when the mesh is too large', async () => {
  await show(problem(422, 'meshes.export_too_large', { limitBytes: 4_194_304 }))
  expect(await screen.findByText(/larger than one export carries \(4194304 bytes/)).toBeTruthy()
})
