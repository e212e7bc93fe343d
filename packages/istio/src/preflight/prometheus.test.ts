import { expect, test } from 'vitest'
import { prometheusCheck } from './prometheus.ts'

const service = { namespace: 'monitoring', name: 'prometheus', port: 9_090 }
const told = (more: Partial<Parameters<typeof prometheusCheck>[0]>) =>
  prometheusCheck({ cluster: 'east', named: { service }, answers: undefined, candidates: [], ...more })
const silent = (code: string, params: Record<string, string | number>) => ({ why: { code, params } })

test('nobody named one: what looks like one is shown', () => {
  expect(told({ named: undefined, candidates: [service] })).toMatchObject({
    id: 'prometheus.unnamed',
    severity: 'info',
    evidence: [{ ref: { cluster: 'east', kind: 'Service', namespace: 'monitoring' }, value: '9090' }],
    fix: { code: 'name-prometheus' },
  })
})

test.each([
  { answers: { version: '3.5.0', hasRequests: true }, id: 'prometheus.known', params: { version: '3.5.0' } },
  { answers: { version: undefined, hasRequests: true }, id: 'prometheus.found', params: {} },
  { answers: { version: '3.5.0', hasRequests: false }, id: 'prometheus.empty', params: {} },
  {
    answers: silent('metrics.refused', { status: 401 }),
    id: 'prometheus.silent',
    params: { what: 'metrics.refused', status: 401 },
  },
  { answers: silent('metrics.silent', { what: 'kube.tls' }), id: 'prometheus.silent', params: { what: 'kube.tls' } },
])('one that answers, or does not: $id', ({ answers, id, params }) => {
  expect(told({ answers })).toMatchObject({ id, params })
})

test('behind a Service there are commands that look at it', () => {
  const answers = silent('metrics.no_pod_ready', {})
  expect(told({ answers }).fix?.commands).toHaveLength(2)
  expect(told({ answers, named: { url: 'https://prometheus.example.com' } }).fix?.commands).toEqual([])
})
