import { describe, expect, it } from 'vitest'
import { pod } from '../samples.ts'
import { readProxy } from './proxy.ts'

const plain = (annotations: Record<string, string>, containers: { name: string; image?: string }[] = []) =>
  pod('a', 'shop', { annotations, spec: { containers, initContainers: [] } })

describe('readProxy', () => {
  it('sees a native sidecar among the init containers', () => {
    expect(readProxy(pod('a', 'shop', { by: 'v1', proxy: '1.30.3-distroless' }))).toEqual({
      kind: 'sidecar',
      revision: 'v1',
      version: '1.30.3',
      native: true,
    })
  })

  it('sees a sidecar among the containers', () => {
    const annotations = { 'istio.io/rev': 'v1', 'sidecar.istio.io/status': '{}' }
    const containers = [{ name: 'istio-proxy', image: 'istio/proxyv2:1.27.0' }]
    expect(readProxy(plain(annotations, containers))).toMatchObject({
      kind: 'sidecar',
      version: '1.27.0',
      native: false,
    })
  })

  it.each([
    ['{"revision":"canary"}', 'canary'],
    ['{"revision":""}', 'default'],
    ['{}', 'default'],
    ['not json', 'default'],
  ])('falls back to the revision in the status %s', (status, revision) => {
    expect(readProxy(plain({ 'sidecar.istio.io/status': status }))).toMatchObject({
      revision,
      version: undefined,
      native: false,
    })
  })

  it('takes the label for a wish only', () => {
    expect(readProxy(pod('a', 'shop', { labels: { 'istio.io/rev': 'v1' } }))).toEqual({ kind: 'none' })
  })

  it('tells a gateway by its template', () => {
    const annotations = {
      'inject.istio.io/templates': 'gateway',
      'sidecar.istio.io/status': '{}',
      'istio.io/rev': 'v1',
    }
    expect(readProxy(plain(annotations))).toMatchObject({ kind: 'gateway', revision: 'v1' })
  })

  it('tells gateways that istiod manages, and waypoints among them', () => {
    const labels = (managed: string) => ({ 'gateway.istio.io/managed': managed })
    const spec = { containers: [{ name: 'istio-proxy', image: 'proxyv2:1.31.0' }] }
    const gateway = pod('a', 'shop', {
      labels: labels('istio.io-gateway-controller'),
      annotations: { 'istio.io/rev': 'v1' },
      spec,
    })
    expect(readProxy(gateway)).toEqual({ kind: 'managed-gateway', waypoint: false, revision: 'v1', version: '1.31.0' })
    expect(readProxy(pod('a', 'shop', { labels: labels('istio.io-mesh-controller') }))).toMatchObject({
      waypoint: true,
    })
  })

  it('sees ambient, the sidecar winning over it', () => {
    expect(readProxy(plain({ 'ambient.istio.io/redirection': 'enabled' }))).toEqual({ kind: 'ambient', ready: true })
    expect(readProxy(plain({ 'ambient.istio.io/redirection': 'pending' }))).toEqual({ kind: 'ambient', ready: false })
    expect(readProxy(plain({ 'ambient.istio.io/redirection': 'odd' }))).toEqual({ kind: 'none' })
    const both = { 'ambient.istio.io/redirection': 'enabled', 'sidecar.istio.io/status': '{}' }
    expect(readProxy(plain(both))).toMatchObject({ kind: 'sidecar' })
  })

  it('does not take an init container that ends for a sidecar', () => {
    const spec = { initContainers: [{ name: 'istio-proxy', image: 'proxyv2:1.30.3' }] }
    expect(readProxy(pod('a', 'shop', { annotations: { 'sidecar.istio.io/status': '{}' }, spec }))).toMatchObject({
      version: undefined,
    })
  })
})
