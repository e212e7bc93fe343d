import { forbidden } from '@orbweaver/contracts/missing-right'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { queries } from '../../api/api.ts'
import { open, problem, serve, session } from '../../testing.tsx'
// A chunk of its own: loaded here, so that no test waits for it.
import '../../app/plan/plan-drawer.tsx'
import { EditClusterPage } from './edit-page.tsx'
import { RegisterPage } from './register-page.tsx'
import { foundEast, tested } from './samples.ts'

afterEach(() => vi.unstubAllGlobals())

const manifest = { manifest: 'kind: ServiceAccount', commands: ['kubectl apply -f orbweaver-member.yaml'] }

const lacked = (verb: string) => ({
  cluster: 'hub',
  verb,
  group: 'orbweaver.dev',
  resource: 'fleetclusters',
  user: 'vic',
})

describe('who may not', () => {
  it('register is told what is missing, and given no form', async () => {
    serve({
      'GET /session': () => session,
      'GET /kubeconfig/contexts': () => problem(403, 'access.forbidden', lacked('create')),
    })
    await open(<RegisterPage />, '/new/cluster')
    const told = await screen.findByRole('region', { name: 'You may not register clusters' })
    expect(within(told).getByRole('list', { name: 'In cluster hub you lack' }).textContent).toBe(
      'create fleetclusters.orbweaver.dev',
    )
    expect(told.querySelector('pre')?.textContent).toContain('name: "vic"')
    expect(screen.queryByRole('textbox')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Register cluster' })).toBeNull()
  })

  it('edit is told so, and plans all the same', async () => {
    const calls = serve({
      'GET /session': () => session,
      'GET /clusters/east': () => ({ ...foundEast, editing: [forbidden(lacked('update'))] }),
      'GET /kubeconfig/contexts': () => problem(403, 'access.forbidden', lacked('create')),
      'POST /plans': () => problem(500, 'server.failed', { request: 'r' }),
    })
    await open(<EditClusterPage />, '/clusters/east/edit', '/clusters/$cluster/edit')
    const told = await screen.findByRole('region', { name: 'You may not save an edit of this cluster' })
    expect(told.textContent).toContain('update fleetclusters.orbweaver.dev')
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Replace the credentials' }).disabled).toBe(true)
    const region = screen.getByRole('textbox', { name: /^Region/ })
    await userEvent.click(region)
    await userEvent.paste('eu')
    await userEvent.click(screen.getByRole('button', { name: 'Show the plan' }))
    await waitFor(() => expect(calls.some((call) => call.path === '/plans')).toBe(true))
  })
})

describe('registering', () => {
  const secret = 'kind: Config # token-canary'

  it('waits for a test that passes, then plans exactly what was tested', async () => {
    const calls = serve({
      'GET /session': () => session,
      'GET /kubeconfig/contexts': () => ({ contexts: [] }),
      'GET /kubeconfig/manifest': () => manifest,
      'POST /kubeconfig/test': () => tested,
      'POST /plans': () => problem(500, 'server.failed', { request: 'r' }),
    })
    await open(<RegisterPage />, '/new/cluster')
    const register = await screen.findByRole('button', { name: 'Register cluster' })
    expect(register.hasAttribute('disabled')).toBe(true)
    await userEvent.click(screen.getByLabelText('Kubeconfig'))
    await userEvent.paste(secret)
    await userEvent.click(screen.getByRole('button', { name: 'Test connection' }))
    expect(await screen.findByText('Ready to be registered')).toBeTruthy()
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: /^Name/ }).value).toBe('east')
    expect(screen.getByRole('combobox', { name: 'Context' })).toBeTruthy()
    await userEvent.click(register)
    await waitFor(() => expect(calls.some((call) => call.path === '/plans')).toBe(true))
    expect(calls.find((call) => call.path === '/plans')?.body).toEqual({
      intent: {
        type: 'clusters.register',
        source: { kind: 'pasted', kubeconfig: secret },
        clusters: [{ name: 'east', spec: {}, context: 'prod/east' }],
      },
    })
    const keys = queries
      .getQueryCache()
      .getAll()
      .map((query) => JSON.stringify(query.queryKey))
    expect(keys.join('\n')).not.toContain('canary')
    expect(window.location.href + Object.values(localStorage).join(' ')).not.toContain('canary')
  })

  it('is possible where nobody knows which contexts the console has, which is said', async () => {
    const calls = serve({ 'GET /session': () => session, 'GET /kubeconfig/manifest': () => manifest })
    const asked = () => calls.filter(({ path }) => path === '/kubeconfig/contexts').length
    await open(<RegisterPage />, '/new/cluster')
    expect(await screen.findByText('Something failed inside the console.')).toBeTruthy()
    expect(screen.getByLabelText('Kubeconfig')).toBeTruthy()
    expect(asked()).toBe(1)
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(asked()).toBe(2))
    expect(screen.getByLabelText('Kubeconfig')).toBeTruthy()
  })

  it('forgets the test when other credentials are pasted', async () => {
    serve({
      'GET /kubeconfig/contexts': () => ({ contexts: [] }),
      'GET /kubeconfig/manifest': () => manifest,
      'POST /kubeconfig/test': () => tested,
    })
    await open(<RegisterPage />, '/new/cluster')
    await userEvent.click(await screen.findByLabelText('Kubeconfig'))
    await userEvent.paste(secret)
    await userEvent.click(screen.getByRole('button', { name: 'Test connection' }))
    await screen.findByText('Ready to be registered')
    await userEvent.type(screen.getByLabelText('Kubeconfig'), '#')
    expect(await screen.findByText('Not tested yet')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Register cluster' }).hasAttribute('disabled')).toBe(true)
  })

  it('reads a file that is chosen, and refuses one that is too large', async () => {
    serve({ 'GET /kubeconfig/contexts': () => ({ contexts: [] }), 'GET /kubeconfig/manifest': () => manifest })
    await open(<RegisterPage />, '/new/cluster')
    const upload = await screen.findByLabelText('Upload a file')
    await userEvent.upload(upload, new File([secret], 'config'))
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Kubeconfig' })
    await waitFor(() => expect(field.value).toBe(secret))
    await userEvent.upload(upload, new File(['x'.repeat(1_048_577)], 'large'))
    expect((await screen.findByRole('alert')).textContent).toContain('1 MiB')
    expect(field.value).toBe(secret)
  })

  it('answers a login command with an account to make instead', async () => {
    const params = { field: 'users[0].user.exec', command: 'aws', provider: 'eks' }
    serve({
      'GET /kubeconfig/contexts': () => ({ contexts: [] }),
      'GET /kubeconfig/manifest': () => manifest,
      'POST /kubeconfig/test': () => ({
        accepted: false,
        refusal: { code: 'kubeconfig.exec', params },
        warnings: [],
        contexts: ['eks'],
        checks: [],
        istio: [],
      }),
    })
    await open(<RegisterPage />, '/new/cluster')
    await userEvent.click(await screen.findByLabelText('Kubeconfig'))
    await userEvent.paste(secret)
    await userEvent.click(screen.getByRole('button', { name: 'Test connection' }))
    expect((await screen.findByRole('alert')).textContent).toContain('aws')
    expect(screen.getByText(/^EKS kubeconfigs log in/)).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Download manifest' }).getAttribute('download')).toBe(
      'orbweaver-member.yaml',
    )
    expect(screen.getByText('kubectl apply -f orbweaver-member.yaml')).toBeTruthy()
  })
})

describe('the form of a registered cluster', () => {
  /** At once, and left again: typing letter by letter says no more. */
  const fill = (field: HTMLElement, value: string) => {
    fireEvent.change(field, { target: { value } })
    fireEvent.blur(field)
  }
  const serveEast = (more: Parameters<typeof serve>[0]) =>
    serve({
      'GET /session': () => session,
      'GET /clusters/east': () => foundEast,
      'GET /kubeconfig/contexts': () => ({ contexts: [] }),
      'POST /plans': () => problem(500, 'server.failed', { request: 'r' }),
      ...more,
    })
  const planned = async (calls: ReturnType<typeof serve>, body: object) => {
    await userEvent.click(screen.getByRole('button', { name: 'Show the plan' }))
    await waitFor(() => expect(calls.find((call) => call.path === '/plans')?.body).toEqual(body))
  }

  it('plans what was changed, and nothing while nothing was', async () => {
    const calls = serveEast({})
    await open(<EditClusterPage />, '/clusters/east/edit', '/clusters/$cluster/edit')
    const address = await screen.findByLabelText(/^API server for other clusters/)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Show the plan' }).disabled).toBe(true)
    await userEvent.type(address, 'https://10.1.2.3:6443')
    const spec = { displayName: 'Factory east', peerAddress: 'https://10.1.2.3:6443' }
    await planned(calls, { intent: { type: 'clusters.edit', name: 'east', spec } })
  })

  it('takes a Service that was found to be a Prometheus by a press', async () => {
    const service = { namespace: 'monitoring', name: 'prometheus', port: 9090 }
    const capabilities = { hidden: [], prometheus: { candidates: [service] } }
    const calls = serveEast({
      'GET /clusters/east': () => ({ ...foundEast, capabilities }),
    })
    await open(<EditClusterPage />, '/clusters/east/edit', '/clusters/$cluster/edit')
    fireEvent.click(await screen.findByText('monitoring/prometheus:9090'))
    await planned(calls, {
      intent: { type: 'clusters.edit', name: 'east', spec: { displayName: 'Factory east', prometheus: { service } } },
    })
  })

  it('takes where the Prometheus is, once it is valid', async () => {
    const calls = serveEast({})
    await open(<EditClusterPage />, '/clusters/east/edit', '/clusters/$cluster/edit')
    await userEvent.click(await screen.findByRole('radio', { name: 'An address' }))
    const address = screen.getByRole('textbox', { name: /^Address/ })
    fill(address, 'metrics.example.com')
    expect(await screen.findByText(/^An http or https address/)).toBeTruthy()
    fill(address, 'https://metrics.example.com')
    fill(screen.getByLabelText(/^Tenant/), 'east')
    const prometheus = { url: 'https://metrics.example.com', tenant: 'east' }
    await planned(calls, {
      intent: { type: 'clusters.edit', name: 'east', spec: { displayName: 'Factory east', prometheus } },
    })
  })

  it('gives a Prometheus at an address its token, which the page does not keep', async () => {
    const url = 'https://metrics.example.com'
    const cluster = {
      ...foundEast.cluster,
      spec: { prometheus: { url } },
      prometheusHolds: ['token', 'certificate-authority'],
    }
    const calls = serveEast({ 'GET /clusters/east': () => ({ ...foundEast, cluster }) })
    await open(<EditClusterPage />, '/clusters/east/edit', '/clusters/$cluster/edit')
    expect(await screen.findByRole('radio', { name: 'As now: a token, an authority', checked: true })).toBeTruthy()
    await userEvent.click(screen.getByRole('radio', { name: 'A token' }))
    const token = screen.getByLabelText(/^Bearer token/)
    fill(token, 'two words')
    expect(await screen.findByText(/^Printable ASCII/)).toBeTruthy()
    fill(token, 'abc')
    await planned(calls, {
      intent: {
        type: 'clusters.edit',
        name: 'east',
        spec: { prometheus: { url } },
        prometheusCredentials: { token: 'abc' },
      },
    })
  })

  it('says that credentials are left behind when the address is another server, and asks for them', async () => {
    const cluster = {
      ...foundEast.cluster,
      spec: { prometheus: { url: 'https://a.example.com' } },
      prometheusHolds: ['token'],
    }
    const calls = serveEast({ 'GET /clusters/east': () => ({ ...foundEast, cluster }) })
    await open(<EditClusterPage />, '/clusters/east/edit', '/clusters/$cluster/edit')
    const address = await screen.findByLabelText(/^Address/)
    fill(address, 'https://a.example.com/moved')
    expect(screen.getByRole('radio', { name: 'As now: a token', checked: true })).toBeTruthy()
    fill(address, 'https://b.example.com')
    const left = 'As now: a token, for https://a.example.com alone'
    expect((await screen.findByRole<HTMLInputElement>('radio', { name: left })).disabled).toBe(true)
    expect(screen.getByText(/^What is there now is not sent to this address/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Show the plan' }))
    expect(await screen.findByText(/^Give the credentials for this address/)).toBeTruthy()
    expect(calls.some((call) => call.path === '/plans')).toBe(false)
    await userEvent.click(screen.getAllByRole('radio', { name: 'None' }).at(-1) ?? expect.fail('no choice'))
    await planned(calls, {
      intent: {
        type: 'clusters.edit',
        name: 'east',
        spec: { prometheus: { url: 'https://b.example.com' } },
        prometheusCredentials: null,
      },
    })
  })

  it('tests new credentials as those of this cluster before they are planned', async () => {
    const calls = serveEast({ 'POST /kubeconfig/test': () => tested })
    await open(<EditClusterPage />, '/clusters/east/edit', '/clusters/$cluster/edit')
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Replace the credentials' }))
    await userEvent.type(await screen.findByLabelText('Kubeconfig'), 'kind: Config')
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Show the plan' }).disabled).toBe(true)
    await userEvent.click(screen.getByRole('button', { name: 'Test connection' }))
    await screen.findByText('Ready to take over')
    const source = { kind: 'pasted', kubeconfig: 'kind: Config' }
    expect(calls.find((call) => call.path === '/kubeconfig/test')?.body).toEqual({ source, name: 'east' })
    await planned(calls, {
      intent: { type: 'clusters.edit', name: 'east', spec: { displayName: 'Factory east' }, source },
    })
  })
})
