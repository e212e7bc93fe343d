import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, it } from 'vitest'
import { object, pod } from '../samples.ts'
import { kinds } from '../world/kinds.ts'
import { clusterView } from '../world/view.ts'
import { runningVersion } from './running-version.ts'

const istiod = (image: string, labels: Record<string, string> = {}, namespace = 'istio-system'): KubernetesObject =>
  object('Deployment', `istiod-${image}`, {
    namespace,
    labels: { app: 'istiod', ...labels },
    spec: { template: { spec: { containers: [{ name: 'discovery', image }] } } },
  })
const injected = (name: string, version: string, revision = 'default'): KubernetesObject => {
  const made = pod(name, 'shop', { annotations: { 'sidecar.istio.io/status': '{}', 'istio.io/rev': revision } })
  return { ...made, spec: { containers: [{ name: 'istio-proxy', image: `docker.io/istio/proxyv2:${version}` }] } }
}
const of = (objects: readonly KubernetesObject[], revision = 'default', more: readonly KubernetesObject[] = []) =>
  runningVersion(
    [objects, more].map((each, index) => clusterView(`c${index}`, each, Object.values(kinds))),
    { namespace: 'istio-system', revision },
  )

it('is that of the istiod of the revision', () => {
  const canary = istiod('istio/pilot:1.31.0', { 'istio.io/rev': 'canary' })
  expect(of([istiod('istio/pilot:1.29.4'), canary])).toBe('1.29.4')
  expect(of([istiod('istio/pilot:1.29.4'), canary], 'canary')).toBe('1.31.0')
  expect(of([istiod('istio/pilot:1.29.4', {}, 'other')])).toBeUndefined()
  expect(of([istiod('istio/pilot:latest')])).toBeUndefined()
})

it('is that of the newest proxy where istiod is elsewhere', () => {
  const proxies = [injected('a', '1.29.4'), injected('b', '1.30.1-distroless'), injected('c', '1.31.0', 'canary')]
  expect(of(proxies)).toBe('1.30.1')
  expect(of(proxies, 'canary')).toBe('1.31.0')
  expect(of(proxies, 'default', [injected('d', '1.30.2')])).toBe('1.30.2')
  expect(of([istiod('istio/pilot:1.29.4'), ...proxies])).toBe('1.29.4')
  expect(of([pod('a', 'shop')])).toBeUndefined()
})
