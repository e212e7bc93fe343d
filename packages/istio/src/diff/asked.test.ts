import { describe, expect, it } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { object } from '../samples.ts'
import { differing } from './asked.ts'

const live = (fields: JsonRecord, more: Parameters<typeof object>[2] = {}, manager = 'orbweaver-mesh') => {
  const made = object('Istio', 'shop', more)
  return {
    ...made,
    metadata: { ...made.metadata, managedFields: [{ manager, operation: 'Apply', fieldsV1: fields }] },
  }
}
const asked = (more: Parameters<typeof object>[2] = {}) => object('Istio', 'shop', more)

describe('differing', () => {
  it('tells what is lacking, in lists place by place, and nothing that others added', () => {
    const given = live({}, { spec: { version: 'v1.30.3', other: 1, list: [{ a: 1, b: 2 }], long: [1, 2] } })
    expect(differing(given, asked({ spec: { version: 'v1.30.3', list: [{ a: 1 }] } }))).toEqual([])
    expect(differing(given, asked({ spec: { version: 'v1.31.0', list: [{ a: 2 }], long: [1] } }))).toEqual([
      '/spec/version',
      '/spec/list/0/a',
      '/spec/long',
    ])
    expect(differing(given, asked({ spec: { 'a/b': {}, 'c/d': { e: 1 } } }))).toEqual(['/spec/c~1d'])
  })

  const owns = {
    'f:metadata': { 'f:labels': { 'f:topology.istio.io/network': {}, 'f:orbweaver.dev/mesh': {} } },
    'f:spec': { 'f:values': { 'f:meshConfig': { 'f:accessLogFile': {} } }, 'f:webhooks': { 'k:{"name":"x"}': {} } },
  }
  const labels = { 'topology.istio.io/network': 'n1', 'orbweaver.dev/mesh': 'shop', 'their/own': 'x' }
  const spec = { values: { meshConfig: { accessLogFile: '/dev/stdout', theirs: 1 } }, webhooks: [{ name: 'x' }] }

  it('tells what a blueprint put there and asks for no more', () => {
    const given = live(owns, { labels, spec })
    expect(differing(given, asked({ labels, spec }))).toEqual([])
    expect(
      differing(given, asked({ labels: { 'orbweaver.dev/mesh': 'shop' }, spec: { values: { meshConfig: {} } } })),
    ).toEqual([
      '/metadata/labels/topology.istio.io~1network',
      '/spec/values/meshConfig/accessLogFile',
      '/spec/webhooks',
      '/spec/values/meshConfig/theirs',
    ])
  })

  it('leaves to others what is theirs, and asks nothing of what is gone', () => {
    const wanted = asked({ labels: { 'orbweaver.dev/mesh': 'shop' } })
    expect(differing(live(owns, { labels, spec }, 'kubectl'), wanted)).toEqual([])
    expect(differing(live(owns, { labels: { 'orbweaver.dev/mesh': 'shop' } }), wanted)).toEqual([])
  })

  it("tells what others put among an Istio's values, as high as it is theirs alone", () => {
    const values = { global: { hub: 'docker.io' }, pilot: { env: {} } }
    const theirs = {
      global: { hub: 'docker.io', logging: { level: 'x' } },
      pilot: { env: { A: 'b' } },
      empty: { a: {} },
    }
    expect(differing(live({}, { spec: { values: theirs } }), asked({ spec: { values } }))).toEqual([
      '/spec/values/global/logging',
      '/spec/values/pilot/env/A',
    ])
  })

  it('takes amounts for what they are, and tells resources that nobody asked for', () => {
    const gateway = (resources: JsonRecord) =>
      object('Deployment', 'gateway', {
        spec: { template: { spec: { containers: [{ name: 'istio-proxy', resources }] } } },
      })
    const limits = { cpu: '1000m', memory: '1Gi' }
    expect(differing(gateway({ limits: { cpu: '1', memory: '1024Mi' } }), gateway({ limits }))).toEqual([])
    expect(
      differing(gateway({ limits, requests: { cpu: '2' } }), gateway({ limits: { ...limits, cpu: '2' } })),
    ).toEqual([
      '/spec/template/spec/containers/0/resources/limits/cpu',
      '/spec/template/spec/containers/0/resources/requests',
    ])
    expect(differing(gateway({ limits }), gateway({}))).toEqual(['/spec/template/spec/containers/0/resources'])
    expect(differing(gateway({}), gateway({}))).toEqual([])
  })
})
