import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod, webhooks } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const ofLabels = /^namespace\./
const of = (labels: Record<string, string>, ...objects: KubernetesObject[]) =>
  told(ofLabels, { objects: [namespace('shop', labels), ...objects] })
const tag = webhooks('a-tag', { revision: 'v1', tag: 'default', isDefault: true })
const v2 = webhooks('b-v2', { revision: 'v2' })
const deployed = object('Deployment', 'web', { namespace: 'shop' })
const running = (by?: string) => pod('web-1', 'shop', { owner: ['Deployment', 'web'], ...(by !== undefined && { by }) })
const written = (labels: Record<string, string>, ...objects: KubernetesObject[]) =>
  findingsOf({ objects: [namespace('shop', labels), ...objects] })
    .filter(({ code }) => ofLabels.test(code))
    .flatMap(({ fixes }) => fixes.map(({ params }) => `${String(params['labels'])} -${String(params['gone'])}`))
const at = '/metadata/labels'

describe('ways out of labels', () => {
  it('that contradict each other', () => {
    const conflict = `warning injection-conflict ${at}`
    expect(of({ 'istio-injection': 'enabled', 'istio.io/rev': 'v2' }, tag)).toEqual([`${conflict} (one-label)`])
    expect(of({ 'istio-injection': 'disabled', 'istio.io/rev': 'v2' }, tag)).toEqual([`${conflict} (one-label)`])
    expect(of({ 'istio-injection': 'enabled', 'istio.io/rev': 'v2' })).toEqual([`${conflict} (stay-outside)`])
    expect(of({ 'istio-injection': 'odd', 'istio.io/rev': 'v2' }, tag)).toEqual([`${conflict} (stay-outside)`])
  })
  it('that block', () => {
    const blocked = `warning injection-blocked ${at}/istio-injection`
    expect(of({ 'istio-injection': 'off' }, tag)).toEqual([`${blocked} (stay-outside)`])
    expect(of({ 'istio-injection': 'Enabled' }, tag)).toEqual([`${blocked} (answered)`])
    expect(of({ 'istio-injection': 'true' }, tag)).toEqual([`${blocked} (answered)`])
    expect(of({ 'istio-injection': 'true' })).toEqual([`${blocked} (stay-outside)`])
    expect(of({ 'istio-injection': 'true' }, tag, deployed, running())).toEqual([`${blocked} (stay-outside)`])
  })
  it('that nobody answers', () => {
    const noDefault = `error default-unserved ${at}/istio-injection`
    expect(of({ 'istio-injection': 'enabled' }, v2)).toEqual([`${noDefault} (answered)`])
    expect(written({ 'istio-injection': 'enabled' }, v2)).toEqual(['istio.io/rev=v2 -istio-injection'])
    expect(of({ 'istio-injection': 'enabled' }, v2, deployed, running())).toEqual([noDefault])
    expect(of({ 'istio-injection': 'enabled' }, v2, deployed, running('v2'))).toEqual([`${noDefault} (answered)`])
    const noRevision = `error revision-unserved ${at}/istio.io~1rev`
    expect(of({ 'istio.io/rev': 'gone' }, tag)).toEqual([`${noRevision} (answered)`])
    expect(written({ 'istio.io/rev': 'gone' }, tag)).toEqual(['istio-injection=enabled -istio.io/rev'])
    expect(written({ 'istio.io/rev': 'V2' }, tag, v2)).toEqual(['istio.io/rev=v2 -istio.io/rev'])
    expect(of({ 'istio.io/rev': 'gone' }, v2, webhooks('c-v3', { revision: 'v3' }))).toEqual([noRevision])
  })
  it('that nobody is known to answer', () => {
    const alone = [namespace('shop', { 'istio-injection': 'enabled' }), namespace('pay', { 'istio.io/rev': 'v2' })]
    const unserved = ['error default-unserved', 'error revision-unserved']
    const all = (more: Partial<Case>) =>
      told(/^namespace\./, { objects: alone, ...more }).map((each) => each.slice(0, each.indexOf(' /')))
    expect(all({})).toEqual([])
    expect(all({ version: '1.30.3' }).toSorted()).toEqual(unserved)
    const service = (app: string) => object('Service', 'istiod', { namespace: 'istio-system', labels: { app } })
    expect(all({ objects: [...alone, service('istiod')] }).toSorted()).toEqual(unserved)
    expect(all({ objects: [...alone, service('other')] })).toEqual([])
    expect(all({ objects: [namespace('shop', { 'istio-injection': 'on' })] })).toEqual(['warning injection-blocked'])
  })
  it('that two answer', () => {
    const twice = `error injected-twice ${at}`
    const other = webhooks('c', { revision: 'v2', tag: 'default', isDefault: true })
    expect(of({ 'istio-injection': 'enabled' }, tag, other)).toEqual([twice])
    const again = webhooks('c', { revision: 'v1', isDefault: true })
    expect(of({ 'istio-injection': 'enabled' }, tag, again)).toEqual([])
    const named = webhooks('c', { revision: 'v2', isDefault: true })
    expect(of({ 'istio-injection': 'enabled' }, tag, named)).toEqual([`${twice} (answered)`])
  })
  it('that say nothing', () => {
    expect(of({}, tag)).toEqual(['info not-injected  (stay-outside)'])
    expect(written({}, tag)).toEqual(['istio-injection=disabled -'])
    expect(told(ofLabels, { objects: [object('Namespace', 'shop')] })).toEqual(['info not-injected  (stay-outside)'])
    const injector = Object.assign(object('ConfigMap', 'istio-sidecar-injector', { namespace: 'istio-system' }), {
      data: { values: '{"sidecarInjectorWebhook":{"enableNamespacesByDefault":true}}' },
    })
    expect(of({}, tag, injector)).toEqual(['info injected-by-default  (say-so)'])
    expect(of({}, injector)).toEqual(['info injected-by-default  (stay-outside)'])
  })
  it('that say nothing where the mesh itself runs', () => {
    const asks = ['info not-injected  (stay-outside)']
    const labelled = (labels: Record<string, string>, kind = 'Deployment') =>
      object(kind, Object.values(labels).join('-'), { namespace: 'shop', spec: { template: { metadata: { labels } } } })
    const marks: [key: string, value: string][] = [
      ['app', 'istiod'],
      ['app', 'ztunnel'],
      ['k8s-app', 'istio-cni-node'],
      ['name', 'istio-operator'],
      ['control-plane', 'sail-operator'],
      ['control-plane', 'servicemesh-operator3'],
    ]
    for (const [key, value] of marks) {
      expect(of({}, labelled({ [key]: value }))).toEqual([])
      expect(of({}, labelled({ [key]: value }, 'DaemonSet'))).toEqual([])
      expect(of({}, labelled({ [key]: `${value}-of-another` }))).toEqual(asks)
      expect(of({}, pod('one', 'shop', { labels: { [key]: value } }))).toEqual([])
    }
    const operator = labelled({ 'control-plane': 'sail-operator' })
    expect(of({}, operator, labelled({ app: 'web' }))).toEqual(asks)
    expect(of({}, operator, labelled({ app: 'web' }, 'StatefulSet'))).toEqual(asks)
    expect(of({}, operator, pod('web', 'shop'))).toEqual(asks)
    expect(of({}, operator, pod('web', 'other'))).toEqual([])
    expect(of({}, operator, labelled({ 'sidecar.istio.io/inject': 'true' }))).toEqual([])
    const annotated = pod('edge', 'shop', { annotations: { 'sidecar.istio.io/inject': 'false' } })
    expect(of({}, operator, annotated)).toEqual([])
    expect(of({}, annotated)).toEqual(asks)
    expect(of({}, Object.assign(operator, { metadata: { name: 'operator', namespace: 'other' } }))).toEqual(asks)
    expect(of({ 'app.kubernetes.io/part-of': 'orbweaver' })).toEqual([])
    expect(of({ 'app.kubernetes.io/part-of': 'shop' })).toEqual(asks)
  })
  it('that say nothing where the mesh itself runs and everything is taken in', () => {
    const injector = Object.assign(object('ConfigMap', 'istio-sidecar-injector', { namespace: 'istio-system' }), {
      data: { values: '{"sidecarInjectorWebhook":{"enableNamespacesByDefault":true}}' },
    })
    const operator = pod('one', 'shop', { labels: { 'control-plane': 'sail-operator' } })
    expect(of({}, injector, operator)).toEqual(['info injected-by-default  (stay-outside)'])
  })
  it('that ask for sidecars and for ambient', () => {
    const mixed = { 'istio-injection': 'enabled', 'istio.io/dataplane-mode': 'ambient' }
    expect(of(mixed, tag)).toEqual([`warning sidecar-and-ambient ${at} (one-label)`])
  })
})
