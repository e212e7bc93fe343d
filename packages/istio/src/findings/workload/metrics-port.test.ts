import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object } from '../../samples.ts'
import { type Case, faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const said = (objects: KubernetesObject[], settings: Case['settings'] = {}) => {
  expect(faultsOfFixes({ objects, settings })).toEqual([])
  return findingsOf({ objects, settings })
    .filter(({ code }) => code === 'workload.metrics-port')
    .map(({ ref, pointer, fixes }) => [ref.kind, pointer, ...fixes.map(({ code }) => code)].join(' '))
}
const shop = (labels: Record<string, string> = { 'istio-injection': 'enabled' }) => namespace('shop', labels)
const spec = { containers: [{ name: 'app', image: 'app:1' }] }
type Said = Record<string, string>
const workload = (annotations: Said, kind = 'Deployment', labels: Said = {}) =>
  object(kind, 'web', {
    namespace: 'shop',
    spec: { template: { metadata: { labels: { app: 'web', ...labels }, annotations }, spec } },
  })
const taken = { 'prometheus.io/port': '15090' }
const at = '/spec/template/metadata/annotations/prometheus.io~1port drop-annotation'

describe('the port of metrics of Pods that are to be injected', () => {
  it.each(['Deployment', 'StatefulSet', 'DaemonSet'])('is told of a %s', (kind) => {
    expect(said([shop(), workload(taken, kind)])).toEqual([`${kind} ${at}`])
  })
  it('is one of the application', () => {
    expect(said([shop(), workload({ 'prometheus.io/port': '8080' })])).toEqual([])
    expect(said([shop(), workload({ 'prometheus.io/port': 'metrics' })])).toEqual([`Deployment ${at}`])
    expect(said([shop(), workload({})])).toEqual([])
  })
  it('is asked about where a label of the namespace or of the Pods asks for a proxy', () => {
    expect(said([shop({ 'istio.io/rev': 'v1' }), workload(taken)])).toHaveLength(1)
    expect(said([shop({}), workload(taken, 'Deployment', { 'istio.io/rev': 'v1' })])).toHaveLength(1)
    expect(said([shop({}), workload(taken, 'Deployment', { 'sidecar.istio.io/inject': 'true' })])).toHaveLength(1)
    expect(said([shop({}), workload(taken)])).toEqual([])
    expect(said([workload(taken)])).toEqual([])
    expect(said([shop({ 'istio-injection': 'disabled', 'istio.io/rev': 'v1' }), workload(taken)])).toEqual([])
    const off = { 'sidecar.istio.io/inject': 'false' }
    for (const labels of [{ 'istio-injection': 'enabled' }, { 'istio.io/rev': 'v1' }])
      expect(said([shop(labels), workload(taken, 'Deployment', off)])).toEqual([])
  })
  it('is not asked about of a proxy that is written down, whatever else says so', () => {
    const containers = [{ name: 'istio-proxy', image: 'proxyv2:1' }]
    const made = (annotations: Said, labels: Said = {}) => ({
      ...workload(annotations),
      spec: { template: { metadata: { labels, annotations }, spec: { containers } } },
    })
    expect(said([shop({}), made(taken)])).toEqual([])
    expect(said([shop(), made({ ...taken, 'sidecar.istio.io/inject': 'false' })])).toEqual([])
    expect(said([shop({}), made(taken, { 'sidecar.istio.io/inject': 'true' })])).toHaveLength(1)
    expect(said([shop(), made(taken, { 'sidecar.istio.io/inject': 'odd' })])).toHaveLength(1)
    expect(said([shop({}), made(taken, { 'sidecar.istio.io/inject': 'odd' })])).toEqual([])
  })
  it('is not looked at where metrics are not merged', () => {
    expect(said([shop(), workload(taken)], { config: { enablePrometheusMerge: false } })).toEqual([])
    const asks = { ...taken, 'prometheus.istio.io/merge-metrics': 'true' }
    expect(said([shop(), workload(asks)], { config: { enablePrometheusMerge: false } })).toHaveLength(1)
  })
  it('may be that of the agent, wherever the mesh puts it', () => {
    const agent = { config: { defaultConfig: { statusPort: 9020 } } }
    expect(said([shop(), workload({ 'prometheus.io/port': '9020' })], agent)).toEqual([])
    expect(said([shop(), workload({ 'prometheus.io/port': '15020' })], agent)).toHaveLength(1)
    const targets = { 'prometheus.istio.io/scrape-targets': '9020:/metrics' }
    expect(said([shop(), workload(targets)], agent)).toHaveLength(1)
  })
  it('is told of a Pod in a file, and of none that is there', () => {
    const made = object('Pod', 'web-1', { namespace: 'shop', annotations: taken, spec })
    expect(said([shop(), made])).toEqual(['Pod /metadata/annotations/prometheus.io~1port drop-annotation'])
    expect(said([shop(), { ...made, metadata: { ...made.metadata, uid: 'u' } }])).toEqual([])
  })
})
