import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { type Call, open, problem, serve, session } from '../../../testing.tsx'
import { ImportMeshPage } from './import-page.tsx'

afterEach(() => vi.unstubAllGlobals())

const hubFile = `# orbweaver.dev/cluster: hub
---
apiVersion: orbweaver.dev/v1alpha1
kind: Mesh
metadata: { name: prod }
spec: { kind: Dedicated, version: v1.30.3, controlPlane: { cluster: east } }
`
const eastFile = `# orbweaver.dev/cluster: east
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: search, namespace: shop }
spec: { hosts: [search] }
---
apiVersion: v1
kind: Secret
metadata: { name: hidden, namespace: shop }
`
const file = (name: string, text: string) => new File([text], name)
const planOf = (calls: Call[]) => calls.filter((call) => call.path === '/plans').at(-1)?.body
const registered = { items: [{ name: 'tokyo' }, { name: 'osaka' }], total: 2, clusters: [] }
function served(exists: boolean): Call[] {
  return serve({
    'GET /session': () => session,
    'GET /clusters': () => registered,
    'GET /meshes/prod': () =>
      exists ? { mesh: { name: 'prod', phase: 'ready' } } : problem(404, 'meshes.not_found', { name: 'prod' }),
    'POST /plans': () => problem(500, 'server.failed', { request: 'r' }),
  })
}
async function upload(): Promise<void> {
  await open(<ImportMeshPage />, '/new/mesh-import')
  const input = await screen.findByLabelText('Choose files')
  await userEvent.upload(input, [file('prod-hub.yaml', hubFile), file('prod-east.yaml', eastFile)])
}
async function mapped(): Promise<void> {
  await userEvent.click(await screen.findByRole('combobox', { name: 'Here: east' }))
  await userEvent.click(await screen.findByText('tokyo', { selector: '.ant-select-item-option-content' }))
}

it('reads files, says what it does not take, and plans the mesh in the clusters that were chosen', async () => {
  const calls = served(false)
  await upload()
  expect(await screen.findByText('1 rule')).toBeTruthy()
  expect(screen.getByText(/Secret hidden in prod-east.yaml is left out/)).toBeTruthy()
  const [create] = await screen.findAllByRole('button', { name: 'Show the plan' })
  expect(create?.getAttribute('aria-disabled')).toBe('true')
  await mapped()
  await waitFor(() => expect(screen.queryAllByText('Choose a cluster for east.')).toEqual([]))
  const [first] = await screen.findAllByRole('button', { name: 'Show the plan' })
  await userEvent.click(first ?? expect.fail('no step'))
  await waitFor(() =>
    expect(planOf(calls)).toMatchObject({
      intent: {
        type: 'meshes.create',
        name: 'prod',
        spec: { kind: 'Dedicated', controlPlane: { cluster: 'tokyo', namespace: 'istio-system' } },
      },
    }),
  )
})

it('goes on with the rules where the mesh is there already', async () => {
  const calls = served(true)
  await upload()
  await mapped()
  expect(await screen.findByText('The mesh is there')).toBeTruthy()
  await userEvent.click(screen.getByRole('radio', { name: 'Replace it' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Show the plan' }))
  await waitFor(() =>
    expect(planOf(calls)).toMatchObject({
      intent: {
        type: 'meshes.import',
        name: 'prod',
        conflicts: 'replace',
        objects: [{ cluster: 'tokyo', object: { kind: 'VirtualService', metadata: { name: 'search' } } }],
      },
    }),
  )
})
