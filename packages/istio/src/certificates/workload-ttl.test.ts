import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { usualTtlMs, workloadTtlMs } from './workload-ttl.ts'

function pod(container: string, env: Record<string, string>, native = false): KubernetesObject {
  const list = Object.entries(env).map(([name, value]) => ({ name, value }))
  const containers = [{ name: container, env: list }]
  const spec = native ? { containers: [{ name: 'app' }], initContainers: containers } : { containers }
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'n' }, spec }
}
const hour = 3_600_000
const proxy = (ttl: string) => pod('istio-proxy', { SECRET_TTL: ttl })
const istiod = (ttl: string) => pod('discovery', { DEFAULT_WORKLOAD_CERT_TTL: ttl })

test.each([
  ['72h', 72 * hour],
  ['1h30m', 1.5 * hour],
  ['90m', 1.5 * hour],
  ['.5h', 0.5 * hour],
  ['a day', usualTtlMs],
  ['', usualTtlMs],
  ['72', usualTtlMs],
])('a proxy that asks for %j holds it so long', (asked, wanted) => {
  expect(workloadTtlMs(proxy(asked), [])).toBe(wanted)
  expect(workloadTtlMs(pod('istio-proxy', { SECRET_TTL: asked }, true), [])).toBe(wanted)
})

test('one that says nothing asks for a day; one that asks for none gets what istiod gives, the longest of them', () => {
  expect(workloadTtlMs(pod('istio-proxy', {}), [istiod('72h')])).toBe(usualTtlMs)
  expect(workloadTtlMs(proxy('0'), [])).toBe(usualTtlMs)
  expect(workloadTtlMs(proxy('0'), [istiod('12h'), istiod('72h')])).toBe(72 * hour)
  expect(workloadTtlMs(proxy('-1h'), [istiod('72h')])).toBe(72 * hour)
})
