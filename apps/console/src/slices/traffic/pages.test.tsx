import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Answers, open, problem, serve, session } from '../../testing.tsx'
import { paths, refPath } from '../../paths.ts'
import { CallPage } from './call-page.tsx'
import { InjectionPage } from './injection-page.tsx'
import { RequestPage } from './request-page.tsx'
import { clusters, row, workload } from './samples.ts'

const rule = { ...workload('reviews'), group: 'networking.istio.io', kind: 'VirtualService' }
const destination = {
  weight: 90,
  host: 'reviews.shop.svc.cluster.local',
  port: 9080,
  subset: 'v1',
  cluster: 'outbound|9080|v1|reviews.shop.svc.cluster.local',
  endpoints: [
    { cluster: 'east', namespace: 'shop', pod: 'reviews-1', address: '10.0.0.7', port: 9080, ready: true },
    { cluster: 'east', namespace: 'shop', address: '', port: 9080, ready: false },
  ],
  resolution: 'listed',
}
const explanation = {
  outcome: {
    kind: 'fault',
    delay: { percentage: 5, duration: '3s' },
    abort: { percentage: 1, status: 503 },
    otherwise: {
      kind: 'routed',
      destinations: [
        destination,
        {
          ...destination,
          weight: 10,
          cluster: 'x',
          endpoints: [],
          fails: { code: 'subset-not-found', params: { host: 'reviews', subset: 'v3', status: 503 } },
        },
      ],
    },
  },
  decidedBy: { ref: rule, pointer: '/spec/http/0' },
  policies: [
    { name: 'timeout', value: '0s', by: null },
    { name: 'retries', value: { attempts: 2 }, by: { ref: rule, pointer: '/spec/http/0/retries' } },
    { name: 'tls', value: { mode: 'ISTIO_MUTUAL', auto: true, hbone: 1 }, by: null, cluster: 'a' },
    { name: 'tls', value: { mode: 'DISABLE', auto: true, why: 'no-hbone' }, by: null, cluster: 'b' },
  ],
  trail: [{ code: 'no-rule', params: { host: 'reviews' }, ref: rule }],
}

function answers(more: Answers): Answers {
  return {
    'GET /session': () => session,
    'GET /meshes/prod/sidecars/workloads': () => ({ items: [row('web'), row('reviews')], total: 2, clusters }),
    'GET /meshes/prod/sidecars/namespaces': () => ({ items: [], total: 0, clusters }),
    'GET /meshes/prod/objects': () => ({ items: [], total: 0, clusters }),
    ...more,
  }
}
const asked = { from: refPath(workload('web')), host: 'reviews', port: '9080' }
const request = (search = asked) => open(<RequestPage />, paths.explainRequest('prod', search), '/meshes/$mesh/explain')

beforeEach(() => localStorage.clear())
afterEach(() => vi.unstubAllGlobals())

describe('a request', () => {
  it('is asked by its address, and answered with where it goes, by whom, and why', async () => {
    const calls = serve(answers({ 'POST /meshes/prod/traffic/explain': () => ({ explanation, clusters }) }))
    await request()
    expect(await screen.findByText('A fault is injected')).toBeTruthy()
    expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
      request: {
        from: { kind: 'workload', ref: workload('web') },
        host: 'reviews',
        port: 9080,
        protocol: 'http',
        method: 'GET',
        path: '/',
        headers: {},
      },
    })
    for (const text of ['5 % wait 3s first', '1 % are answered with 503', '90 %', '1 of 2 ready', 'attempts: 2']) {
      expect(screen.getByText(text)).toBeTruthy()
    }
    expect(screen.getByText(/has no subset v3/)).toBeTruthy()
    for (const text of ['by itself', 'endpoints by HBONE: 1', 'no endpoint takes HBONE']) {
      expect(screen.getByText(text)).toBeTruthy()
    }
    expect(screen.queryByText(/auto: true/)).toBeNull()
    expect(screen.getByText('none').closest('tr')?.textContent).toContain('Timeout')
    expect(screen.getByText('spec.http[0].retries')).toBeTruthy()
    expect(screen.getByText('not shown to you')).toBeTruthy()
    expect(screen.getByText('No rule is for reviews')).toBeTruthy()
    expect(screen.getAllByRole('link', { name: /shop\/reviews/ })[0]?.getAttribute('href')).toContain('/objects/east/')
  })

  it('tells who decides next, and what is dialled in the place of a Pod on another network', async () => {
    const entrance = {
      ref: { ...rule, cluster: 'west', kind: 'Service', name: 'eastwest' },
      address: '192.0.2.1:15443',
    }
    const far = { ...destination.endpoints[0], cluster: 'west', gateways: [entrance, { ...entrance, address: '' }] }
    const waypoint = { ...rule, kind: 'Gateway', name: 'wp' }
    const outcome = { kind: 'routed', destinations: [{ ...destination, waypoint, endpoints: [far] }] }
    serve(
      answers({ 'POST /meshes/prod/traffic/explain': () => ({ explanation: { ...explanation, outcome }, clusters }) }),
    )
    await request()
    expect(await screen.findByText('The waypoint shop/wp decides what follows')).toBeTruthy()
    expect(screen.getByText('Dialled by the entrance of its network: 192.0.2.1:15443, not shown to you')).toBeTruthy()
  })

  it('is asked anew by the form, which keeps it in the address', async () => {
    const calls = serve(answers({ 'POST /meshes/prod/traffic/explain': () => ({ explanation, clusters }) }))
    await request()
    await userEvent.type(await screen.findByLabelText('Path'), '/api')
    await userEvent.click(screen.getByRole('button', { name: 'Explain' }))
    await waitFor(() => expect(JSON.stringify(calls.at(-1)?.body)).toContain('"path":"/api"'))
  })

  it('leaves the focus at the field from which it was asked', async () => {
    const calls = serve(answers({ 'POST /meshes/prod/traffic/explain': () => ({ explanation, clusters }) }))
    await request()
    const port = await screen.findByLabelText('Port')
    await userEvent.type(port, '{Backspace}1{Enter}')
    await waitFor(() => expect(JSON.stringify(calls.at(-1)?.body)).toContain('"port":9081'))
    expect(document.activeElement).toBe(screen.getByLabelText('Port'))
    expect(screen.getByRole('button', { name: 'Clear Workload' })).toBeTruthy()
  })

  it('that is not whole is not asked: the form says what is missing', async () => {
    const calls = serve(answers({}))
    await request({ ...asked, port: '99999' })
    expect(await screen.findByText('Say who asks for what')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Explain' }))
    expect(await screen.findByText('A number from 1 to 65535')).toBeTruthy()
    expect(calls.some(({ method }) => method === 'POST')).toBe(false)
  })

  it('with a line that is no header is not asked: the line is named', async () => {
    const calls = serve(answers({ 'POST /meshes/prod/traffic/explain': () => ({ explanation, clusters }) }))
    await request()
    await screen.findByText('A fault is injected')
    await userEvent.type(screen.getByLabelText(/^Headers/), 'end-user: ann\nx-canary')
    await userEvent.click(screen.getByRole('button', { name: 'Explain' }))
    expect(await screen.findByText('No header: x-canary')).toBeTruthy()
    expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it('of what the viewer may not see fails where the answer would be', async () => {
    serve(answers({ 'POST /meshes/prod/traffic/explain': () => problem(404, 'objects.not_found', { name: 'web' }) }))
    await request()
    expect(await screen.findByText(/web/, { selector: '[role=alert] *' })).toBeTruthy()
  })
})

it('a request at a cluster that cannot be read fails with the reason in words', async () => {
  const silent = { cluster: 'east', reason: 'kube.timeout', message: 'the cluster is unreachable' }
  serve(answers({ 'POST /meshes/prod/traffic/explain': () => problem(502, 'objects.unreadable', silent) }))
  await request()
  expect(await screen.findByText('its API server does not answer in time')).toBeTruthy()
  expect(screen.queryByText(/the cluster is unreachable/)).toBeNull()
})

describe('a call', () => {
  const place = { from: asked.from, to: refPath(workload('reviews')), port: '9080' }
  const policy = {
    ref: { ...rule, group: 'security.istio.io', kind: 'AuthorizationPolicy', name: 'deny' },
    pointer: '/spec/rules/0',
  }
  const call = {
    verdict: 'denied',
    decidedBy: policy,
    depends: ['path'],
    unknown: [],
    principal: 'cluster.local/ns/shop/sa/web',
    hops: [
      {
        at: 'sidecar',
        ref: workload('reviews'),
        layer: 'http',
        peer: 'STRICT',
        mtls: true,
        verdict: 'denied',
        decidedBy: policy,
        trail: [{ code: 'ends-denied', params: {} }],
      },
    ],
    trail: [],
    dryRun: [{ ...policy, action: 'DENY', matches: 'depends' }],
    providers: ['gate'],
    audits: [policy],
  }
  const cell = {
    from: { principal: null, cluster: 'east', namespace: 'shop', workloads: [workload('web')] },
    to: { ref: workload('reviews'), port: 9080 },
    verdict: 'allowed',
    decidedBy: null,
    depends: [],
  }

  it('is answered with the verdict, each place on the way, and who else may call', async () => {
    serve(
      answers({
        'POST /meshes/prod/security/explain': () => ({ explanation: call, clusters }),
        'POST /meshes/prod/security/reach': () => ({ cells: [cell], clusters }),
      }),
    )
    await open(<CallPage />, paths.explainCall('prod', place), '/meshes/$mesh/explain/call')
    expect(await screen.findByRole('heading', { name: /Sidecar of reviews/ })).toBeTruthy()
    for (const text of ['A DENY rule is met: denied', 'the path', 'gate', 'DENY: it depends', 'mutual TLS']) {
      expect(screen.getByText(text)).toBeTruthy()
    }
    const callers = await screen.findByRole('table', { name: 'Who may call reviews' })
    expect(within(callers).getByText('Allowed')).toBeTruthy()
    const link = within(callers).getByRole('link', { name: 'web' })
    expect(link.getAttribute('href')).toContain('port=9080')
  })

  it('tells what leads to the first place, and what is said after the last', async () => {
    const [hop] = call.hops
    const differs = { code: 'waypoint-canary-differs', params: { name: 'shop/next', weight: 20 } }
    const trail = [{ code: 'client-hbone', params: {} }, ...(hop?.trail ?? []), differs]
    const unknown = [{ code: 'expected', params: { name: 'web', carrier: 'sidecar' } }]
    serve(
      answers({
        'POST /meshes/prod/security/explain': () => ({ explanation: { ...call, trail, unknown }, clusters }),
        'POST /meshes/prod/security/reach': () => ({ cells: [], clusters }),
      }),
    )
    await open(<CallPage />, paths.explainCall('prod', place), '/meshes/$mesh/explain/call')
    expect(await screen.findByText('Ambient carries the connection in mutual TLS (HBONE)')).toBeTruthy()
    expect(screen.getAllByText('A DENY rule is met: denied')).toHaveLength(1)
    expect(screen.getByText(/^Of a hundred connections 20 go through the canary waypoint shop\/next/)).toBeTruthy()
    expect(screen.getByText(/its labels and template ask for: a sidecar$/)).toBeTruthy()
  })
})

describe('a call from outside', () => {
  it('is asked with the gateway that it arrives at, once its port is said', async () => {
    const edge = {
      cluster: 'east',
      group: 'networking.istio.io',
      version: 'v1',
      kind: 'Gateway',
      namespace: 'shop',
      name: 'edge',
    }
    const calls = serve(answers({}))
    const place = { ip: '203.0.113.7', to: refPath(workload('reviews')), port: '9080', through: refPath(edge) }
    await open(<CallPage />, paths.explainCall('prod', place), '/meshes/$mesh/explain/call')
    await userEvent.type(await screen.findByLabelText('Port of the gateway'), '443')
    await userEvent.click(screen.getByRole('button', { name: 'Explain' }))
    await waitFor(() => expect(JSON.stringify(calls.map(({ body }) => body))).toContain('"port":443'))
  })
})

describe('a sidecar', () => {
  it('is explained by webhooks and labels, with what would change it', async () => {
    const told = {
      ref: workload('web'),
      outcome: 'not-injected',
      by: null,
      decidedBy: { ref: workload('web'), pointer: '/spec/template/metadata/labels' },
      hooks: [
        {
          config: 'istio-sidecar-injector',
          webhook: 'namespace.sidecar-injector.istio.io',
          revision: 'default',
          tag: 'prod',
          matches: false,
          fails: [{ of: 'pod', condition: 'sidecar.istio.io/inject NotIn (false)', value: 'false' }],
        },
      ],
      trail: [{ code: 'pod-opted-out', params: {} }],
      state: { code: 'outside', params: {}, pendingRestart: false },
      changes: [
        { code: 'opt-in', params: { name: 'web', label: 'sidecar.istio.io/inject', value: 'true' }, patches: [] },
      ],
    }
    serve(answers({ 'POST /meshes/prod/sidecars/explain': () => ({ explanation: told, clusters }) }))
    await open(<InjectionPage />, paths.explainInjection('prod', { of: asked.from }), '/meshes/$mesh/explain/injection')
    for (const text of [
      'A new Pod gets no sidecar',
      'Not in the mesh',
      'default (prod)',
      'sidecar.istio.io/inject NotIn (false)',
      /Label the Pods of web/,
    ]) {
      expect(await screen.findByText(text)).toBeTruthy()
    }
    const condition = screen.getByText('sidecar.istio.io/inject NotIn (false)').parentElement
    expect(condition?.textContent).toBe('Pod label needed sidecar.istio.io/inject NotIn (false) · now false')
  })
})
