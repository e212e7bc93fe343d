import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import '../../../app/plan/plan-drawer.tsx'
import { type Answers, open, problem, serve, session } from '../../../testing.tsx'
import { FindingsPage } from './page.tsx'

const ref = { cluster: 'east', group: '', version: 'v1', kind: 'Service', namespace: 'shop', name: 'web' }
const gateway = {
  cluster: 'east',
  group: 'networking.istio.io',
  version: 'v1',
  kind: 'Gateway',
  namespace: 'shop',
  name: 'front',
}
const fix = { code: 'serve-port', params: { port: 80 }, patches: [] }
const finding = {
  code: 'gateway.port-not-served',
  severity: 'warning',
  ref: gateway,
  pointer: '/spec/servers/0/port/number',
  params: { port: 80, selector: 'istio=gateway', services: 'web' },
  evidence: [ref],
  aliases: ['IST0162'],
  fixes: [fix],
  istio: 'accepts',
  docs: 'https://istio.io/latest/docs/reference/config/analysis/ist0162/',
}
const muted = { ...finding, mute: { by: 'orbweaver.dev/mute', reason: 'comes on Monday', until: '2999-01-01' } }
const counts = {
  severities: { rejected: 0, error: 0, warning: 3, info: 0 },
  codes: [{ code: finding.code, severity: 'warning', count: 3 }],
  kinds: [{ kind: 'Gateway', count: 3 }],
  namespaces: [{ namespace: 'shop', count: 3 }],
  muted: 2,
}
const page = (items: object[], clusters: string[] = [], everything = true) => ({
  items,
  total: items.length,
  counts,
  everything,
  clusters: clusters.map((cluster) => ({ cluster, state: 'fresh' })),
})
const answers: Answers = {
  'GET /session': () => session,
  'GET /meshes/prod/findings': ({ search }) => page([search.get('muted') === 'only' ? muted : finding]),
  'POST /plans': () => problem(422, 'plan.invalid', { reasons: [] }),
}
const show = (search = '') => open(<FindingsPage />, `/meshes/prod/findings${search}`, '/meshes/$mesh/findings')

beforeEach(() => localStorage.clear())
afterEach(() => vi.unstubAllGlobals())

it('opens a finding to what it means, why, and its ways out; each is a plan', async () => {
  const calls = serve(answers)
  await show()
  // Who comes for one finding sees it at once.
  expect(await screen.findByText('accepts it and acts on it')).toBeDefined()
  expect(screen.getByText('spec.servers[0].port.number')).toBeDefined()
  const evidence = screen.getByRole('link', { name: /shop\/web/ })
  expect(evidence.getAttribute('href')).toBe('/meshes/prod/objects/east/Service.v1/shop/web')
  expect(screen.getByRole('link', { name: /Istio’s documentation/ }).getAttribute('href')).toBe(finding.docs)
  expect(screen.getByRole('link', { name: 'About this code' }).getAttribute('href')).toBe(
    '/help/findings?search=gateway.port-not-served',
  )
  await userEvent.click(screen.getByRole('button', { name: 'Review this fix: Open port 80 on the Service' }))
  const { code, pointer } = finding
  await waitFor(() =>
    expect(calls.find(({ path }) => path === '/plans')?.body).toEqual({
      intent: { type: 'objects.fix', mesh: 'prod', finding: { code, ref: gateway, pointer }, fix },
    }),
  )
})

it('mutes with a reason, and asks for none that is empty', async () => {
  const calls = serve(answers)
  await show()
  await userEvent.click(await screen.findByRole('button', { name: 'Mute' }))
  await screen.findByText('Mute a finding', {}, { timeout: 10_000 })
  await userEvent.click(screen.getByRole('button', { name: 'Review' }))
  expect(await screen.findByText('This is needed')).toBeDefined()
  await userEvent.type(screen.getByLabelText(/^Reason/), 'comes on Monday')
  await userEvent.click(screen.getByRole('button', { name: 'Review' }))
  await waitFor(() =>
    expect(calls.find(({ path }) => path === '/plans')?.body).toEqual({
      intent: { type: 'objects.mute', mesh: 'prod', ref: gateway, code: finding.code, reason: 'comes on Monday' },
    }),
  )
})

it('shows muted ones on demand, with why and until when, and takes the mute back', async () => {
  const calls = serve(answers)
  await show()
  await userEvent.click(await screen.findByRole('button', { name: /^Muted/ }))
  await waitFor(() => expect(calls.at(-1)?.search.get('muted')).toBe('only'))
  expect(await screen.findByText(/“comes on Monday” until 2999-01-01/)).toBeDefined()
  await userEvent.click(screen.getByRole('button', { name: 'Unmute' }))
  await waitFor(() =>
    expect(calls.find(({ path }) => path === '/plans')?.body).toEqual({
      intent: { type: 'objects.unmute', mesh: 'prod', ref: gateway, code: finding.code },
    }),
  )
})

it('narrows by severity, and by code tells what each is about and where', async () => {
  const calls = serve(answers)
  await show('?view=codes&namespace=shop')
  await userEvent.click(await screen.findByRole('button', { name: /^Warning/ }))
  await waitFor(() => expect(decodeURIComponent(calls.at(-1)?.search.toString() ?? '')).toContain('severities'))
  expect(await screen.findByText('No Service leads to port … of the gateway')).toBeDefined()
  expect((await screen.findByRole('link', { name: 'Show all 3 findings' })).getAttribute('href')).toBe(
    '/meshes/prod/findings?severities=warning&namespace=shop&codes=gateway.port-not-served',
  )
  expect(await screen.findByRole('link', { name: /shop\/front/ })).toBeDefined()
})

it('opens one row at a time, and closes it again', async () => {
  const other = { ...finding, ref: { ...gateway, name: 'back' } }
  serve({ ...answers, 'GET /meshes/prod/findings': () => page([finding, other]) })
  await show()
  const [first, second] = await screen.findAllByRole('button', { name: /^Show more about it/ })
  await userEvent.click(first ?? document.body)
  await userEvent.click(second ?? document.body)
  expect(screen.getAllByText('accepts it and acts on it')).toHaveLength(1)
  await userEvent.click(screen.getByRole('button', { name: /^Show less/ }))
  expect(screen.queryByText('accepts it and acts on it')).toBeNull()
})

it('narrows by cluster where there are several, and shows one that an address names', async () => {
  const calls = serve({ ...answers, 'GET /meshes/prod/findings': () => page([finding], ['east', 'west']) })
  await show('?cluster=east')
  const choice = await screen.findByRole('combobox', { name: 'Cluster' })
  expect(await screen.findByText('east', { selector: '.ant-select *' })).toBeDefined()
  await userEvent.click(choice)
  await userEvent.click(await screen.findByTitle('west'))
  await waitFor(() => expect(calls.at(-1)?.search.get('cluster')).toBe('west'))
})

it.each([
  [true, /nothing is wrong in this mesh\.$/],
  [false, /nothing is wrong in the parts of this mesh that you may see\.$/],
])('says of how much it is that nothing is found: %s', async (everything, hint) => {
  serve({ ...answers, 'GET /meshes/prod/findings': () => page([], [], everything) })
  await show()
  expect(await screen.findByText(hint)).toBeDefined()
})

it('says how something would be muted where nothing is', async () => {
  serve({ ...answers, 'GET /meshes/prod/findings': () => page([]) })
  await show('?muted=only')
  expect(await screen.findByText('Nothing is muted')).toBeDefined()
})

it('of one object only can be left again, and the search has the focus then', async () => {
  serve(answers)
  await show('?name=front')
  await userEvent.click(await screen.findByRole('button', { name: /^About front only/ }))
  await waitFor(() => expect(screen.queryByRole('button', { name: /^About front only/ })).toBeNull())
  expect(document.activeElement).toBe(screen.getByRole('searchbox'))
})
