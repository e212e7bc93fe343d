import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, webhooks } from '../../samples.ts'
import { told } from '../fixes/told.ts'

const codes = /^workload\.(inject-|annotation-unseen|opted-out|host-network|revision-ignored|image-auto)/
const tag = webhooks('tag', { revision: 'v1', tag: 'default', isDefault: true })
const shop = namespace('shop', { 'istio-injection': 'enabled' })
const free = namespace('shop', { 'istio-injection': 'disabled' })
const key = 'sidecar.istio.io/inject'
type Made = {
  labels?: Record<string, string>
  annotations?: Record<string, string>
  spec?: JsonRecord
  kind?: string
  at?: string
}
const workload = ({ labels = {}, annotations, spec = {}, kind = 'Deployment', at = 'shop' }: Made) =>
  object(kind, 'web', {
    namespace: at,
    spec: {
      template: {
        metadata: { labels: { app: 'web', ...labels }, ...(annotations && { annotations }) },
        spec: { containers: [{ name: 'app', image: 'a' }], ...spec },
      },
    },
  })
const of = (home: KubernetesObject, made: Made, ...more: KubernetesObject[]) =>
  told(codes, { objects: [home, ...(more.length > 0 ? more : [tag]), workload(made)] })
const label = '/spec/template/metadata/labels/sidecar.istio.io~1inject'
const annotation = '/spec/template/metadata/annotations/sidecar.istio.io~1inject'

describe('values', () => {
  it.each<[KubernetesObject, string, string[]]>([
    [shop, 'true', []],
    [shop, 'yes', [`warning inject-value ${label} (plain-value)`]],
    [shop, 'no', [`warning inject-value ${label}`]],
    [free, 'no', [`warning inject-value ${label} (plain-value)`]],
    [free, 'False', [`warning inject-value ${label} (plain-value)`]],
    [free, 'odd', [`warning inject-value ${label}`]],
  ])('label %#', (home, value, expected) => {
    expect(of(home, { labels: { [key]: value } })).toEqual(expected)
  })
  it.each<[KubernetesObject, string, string[]]>([
    [shop, 'no', [`warning inject-value ${annotation}`]],
    [shop, 'yes', [`warning inject-value ${annotation}`]],
    [free, 'no', [`warning inject-value ${annotation} (plain-value)`]],
    [free, 'false', []],
  ])('annotation %#', (home, value, expected) => {
    expect(of(home, { annotations: { [key]: value } })).toEqual(expected)
  })
})

describe('of a CronJob', () => {
  const nightly = (metadata: JsonRecord) =>
    object('CronJob', 'nightly', {
      namespace: 'shop',
      spec: { jobTemplate: { spec: { template: { metadata, spec: { containers: [{ name: 'app', image: 'a' }] } } } } },
    })
  const ofIt = (home: KubernetesObject, metadata: JsonRecord) =>
    told(codes, { objects: [home, tag, nightly(metadata)] })

  it('stand where its template is', () => {
    const [labels, annotations] = [label, annotation].map((each) => each.replace('/spec', '/spec/jobTemplate/spec'))
    expect(ofIt(shop, { labels: { [key]: 'yes' } })).toEqual([`warning inject-value ${labels} (plain-value)`])
    expect(ofIt(shop, { labels: { [key]: 'false' } })).toEqual([`info opted-out ${labels}`])
    expect(ofIt(namespace('shop'), { annotations: { [key]: 'true' } })).toEqual([
      `warning annotation-unseen ${annotations} (by-label)`,
    ])
  })
})

describe('label and annotation', () => {
  it('say the same', () => {
    const differ = [`warning inject-contradiction ${annotation} (label-alone)`]
    expect(of(shop, { labels: { [key]: 'true' }, annotations: { [key]: 'false' } })).toEqual(differ)
    expect(of(shop, { labels: { [key]: 'true' }, annotations: { [key]: 'true' } })).toEqual([])
  })
  it('are not the same to webhooks', () => {
    const bare = namespace('shop')
    const unseen = [`warning annotation-unseen ${annotation} (by-label)`]
    expect(of(bare, { annotations: { [key]: 'true' } })).toEqual(unseen)
    expect(of(bare, { annotations: { [key]: 'true' } }, webhooks('v1', { revision: 'v1' }))).toEqual([])
    expect(of(shop, { annotations: { [key]: 'true' } })).toEqual([])
    expect(of(bare, { labels: { [key]: 'true' }, annotations: { [key]: 'true' } })).toEqual([])
    expect(of(bare, {})).toEqual([])
    expect(of(free, { annotations: { [key]: 'true' } })).toEqual([])
  })
})

describe('what the namespace asks', () => {
  it('is declined', () => {
    expect(of(shop, { labels: { [key]: 'false' } })).toEqual([`info opted-out ${label}`])
    expect(of(shop, { annotations: { [key]: 'false' } })).toEqual([`info opted-out ${annotation}`])
    expect(of(free, { labels: { [key]: 'false' } })).toEqual([])
    expect(of(shop, { labels: { [key]: 'false' }, kind: 'StatefulSet' })).toEqual([`info opted-out ${label}`])
    expect(of(shop, { labels: { [key]: 'false' }, kind: 'DaemonSet' })).toEqual([`info opted-out ${label}`])
    const system = namespace('istio-system', { 'istio-injection': 'enabled' })
    expect(of(system, { labels: { [key]: 'false' }, at: 'istio-system' })).toEqual([])
  })
  it('is not given on the network of the node', () => {
    const host = { spec: { hostNetwork: true } }
    const at = '/spec/template/spec/hostNetwork'
    expect(of(shop, host)).toEqual([`info host-network ${at} (say-so)`])
    expect(of(shop, { ...host, labels: { [key]: 'false' } })).toEqual([])
    expect(of(free, host)).toEqual([])
    expect(of(shop, { spec: { hostNetwork: false } })).toEqual([])
  })
  it('decides over revisions', () => {
    const at = '/spec/template/metadata/labels/istio.io~1rev'
    const ignored = [`warning revision-ignored ${at} (drop-revision)`]
    expect(of(shop, { labels: { 'istio.io/rev': 'v2' } })).toEqual(ignored)
    expect(of(shop, { labels: { 'istio.io/rev': 'v1' } })).toEqual([])
    expect(of(shop, { labels: { 'istio.io/rev': 'default' } })).toEqual([])
    expect(of(free, { labels: { 'istio.io/rev': 'v2' } })).toEqual([])
  })
})

it('image: auto is filled in where the label asks for it', () => {
  const auto = { spec: { containers: [{ name: 'istio-proxy', image: 'auto' }] } }
  const at = '/spec/template/spec/containers/0/image'
  expect(of(namespace('shop'), auto)).toEqual([`warning image-auto ${at} (by-label)`])
  expect(of(free, auto)).toEqual([`warning image-auto ${at}`])
})
