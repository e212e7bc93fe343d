import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { changeLanguage } from '../../../text/i18n.ts'
import { open, serve } from '../../../testing.tsx'
import { CreateMeshPage } from '../create-page.tsx'

beforeEach(() => changeLanguage('en'))

const cluster = (name: string, kubernetesVersion: string, capacity: object) => ({
  name,
  kubernetesVersion,
  versions: ['v1.30.3', 'v1.29.2'],
  istio: [],
  capacity,
})
const nodes = { count: 2, cpu: 1, memory: 2 ** 30, holds: ['S50P200', 'S200P1000'] }
const clusters = [
  cluster('east', 'v1.34.1', { services: 60, pods: 10, nodes }),
  cluster('old', 'v1.31.2', { services: 3 }),
]

async function choose(name: string) {
  serve({ 'GET /mesh-choices': () => ({ clusters, truths: [] }) })
  await open(<CreateMeshPage />, '/new/mesh')
  await userEvent.click(await screen.findByRole('combobox', { name: /^Cluster/ }))
  await userEvent.click(await screen.findByText(name, { selector: '.mesh-option span' }))
}

const optionOf = async (text: string) => {
  const shown = await screen.findByText(text, { selector: '.mesh-option span' })
  return shown.closest('.ant-select-item-option') ?? expect.fail(`no option ${text}`)
}

it('shows versions that Kubernetes forbids with the reason, and proposes one that suits', async () => {
  await choose('old')
  await userEvent.click(screen.getByRole('combobox', { name: /^Istio version/ }))
  const forbidden = await optionOf('v1.30.3')
  expect(forbidden.textContent).toContain('Istio v1.30.3 needs Kubernetes 1.32; old runs v1.31.2')
  expect(forbidden.className).toContain('disabled')
  expect((await optionOf('v1.29.2 · recommended')).className).not.toContain('disabled')
})

it('says what a size asks for, what the cluster holds, and which fits', async () => {
  await choose('east')
  await userEvent.click(screen.getByText('Capacity'))
  const standing = await screen.findByRole('region', { name: 'Now in east' })
  expect(within(standing).getByText('60')).toBeTruthy()
  expect(within(standing).getByText('2 nodes let Pods take 1 CPU, 1Gi memory')).toBeTruthy()
  await userEvent.click(screen.getByRole('combobox', { name: /^Size/ }))
  expect((await optionOf('200 services, 1,000 Pods · fits')).textContent).toContain(
    'asks for 400m CPU, 500Mi memory; takes up to 2000m, 2000Mi',
  )
  expect((await optionOf('500 services, 2,000 Pods')).textContent).toContain('No node of east could hold it')
})

it('does not guess at what may not be known', async () => {
  await choose('old')
  await userEvent.click(screen.getByText('Capacity'))
  const standing = await screen.findByRole('region', { name: 'Now in old' })
  expect(within(standing).getAllByText(/^Not known/)).toHaveLength(2)
  await waitFor(() => expect(within(standing).getByText(/^Which size fits is not said/)).toBeTruthy())
})

it('says why there is no version yet, and what a search did not find', async () => {
  serve({ 'GET /mesh-choices': () => ({ clusters, truths: [] }) })
  await open(<CreateMeshPage />, '/new/mesh')
  await userEvent.click(await screen.findByRole('combobox', { name: /^Istio version/ }))
  expect(await screen.findByText(/^Choose a cluster first/)).toBeTruthy()
  await userEvent.click(screen.getByRole('combobox', { name: /^Cluster/ }))
  await userEvent.click(await screen.findByText('east', { selector: '.mesh-option span' }))
  await userEvent.type(screen.getByRole('combobox', { name: /^Istio version/ }), '9.9')
  expect(await screen.findByText('The operator of this cluster installs no such version.')).toBeTruthy()
})
