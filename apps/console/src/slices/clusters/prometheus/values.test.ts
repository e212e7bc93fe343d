import { PrometheusSource } from '@orbweaver/contracts/fleet-objects'
import { describe, expect, it } from 'vitest'
import {
  prometheusLengths,
  prometheusOf,
  prometheusPatterns,
  prometheusValues,
  type PrometheusValues,
} from './values.ts'

const service: PrometheusSource = {
  service: { namespace: 'monitoring', name: 'prometheus', port: 9090 },
  path: '/prometheus',
}
const address: PrometheusSource = { url: 'https://metrics.example.com/a', tenant: 'east', clusterLabel: 'cluster' }

describe('where a Prometheus is', () => {
  it.each([undefined, service, address])('%j comes back from the form as it went in', (source) => {
    expect(prometheusOf(prometheusValues(source))).toEqual(source)
  })

  it('is one of the two, whatever was typed for the other', () => {
    const values = { ...prometheusValues(service), prometheusUrl: 'https://a.example' }
    expect(prometheusOf(values)).toEqual(service)
    expect(prometheusOf({ ...values, prometheus: 'url', prometheusPath: ' ' })).toEqual({ url: 'https://a.example' })
    expect(prometheusOf({ ...values, prometheus: 'none' })).toBeUndefined()
  })
})

type Field = keyof typeof prometheusPatterns
const cases: [Field, string][] = [
  ['prometheusNamespace', 'monitoring'],
  ['prometheusNamespace', 'Monitoring'],
  ['prometheusNamespace', 'a'.repeat(64)],
  ['prometheusService', 'prometheus-server'],
  ['prometheusService', 'prometheus.server'],
  ['prometheusPort', '9090'],
  ['prometheusPort', '65535'],
  ['prometheusPort', '65536'],
  ['prometheusPort', '0'],
  ['prometheusPort', '80a'],
  ['prometheusUrl', 'http://10.0.0.1:9090'],
  ['prometheusUrl', 'https://metrics.example.com/prometheus'],
  ['prometheusUrl', 'https://me:secret@metrics.example.com'],
  ['prometheusUrl', 'metrics.example.com'],
  ['prometheusUrl', 'https://metrics.example.com/?x=1'],
  ['prometheusPath', '/prometheus'],
  ['prometheusPath', 'prometheus'],
  ['prometheusPath', '/a?b'],
  ['prometheusPath', '/a/../b'],
  ['prometheusUrl', 'https://metrics.example.com/..'],
  ['prometheusTenant', 'team|east'],
  ['prometheusTenant', 'team east'],
  ['prometheusLabel', 'cluster_name'],
  ['prometheusLabel', 'cluster-name'],
]

it.each(cases)('the form takes for %s what the contract takes: %s', (field, text) => {
  const taken = prometheusPatterns[field].test(text) && text.length <= prometheusLengths[field]
  const values: PrometheusValues = {
    ...prometheusValues(field === 'prometheusUrl' ? address : service),
    [field]: text,
  }
  expect(taken).toBe(PrometheusSource.safeParse(prometheusOf(values)).success)
})
