import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod, webhooks } from '../../samples.ts'
import { findingsOf } from '../fixes/cases.ts'
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
    expect(of({ 'istio-injection': 'enabled' })).toEqual([noDefault])
    expect(of({ 'istio-injection': 'enabled' }, v2, deployed, running())).toEqual([noDefault])
    expect(of({ 'istio-injection': 'enabled' }, v2, deployed, running('v2'))).toEqual([`${noDefault} (answered)`])
    const noRevision = `error revision-unserved ${at}/istio.io~1rev`
    expect(of({ 'istio.io/rev': 'gone' }, tag)).toEqual([`${noRevision} (answered)`])
    expect(written({ 'istio.io/rev': 'gone' }, tag)).toEqual(['istio-injection=enabled -istio.io/rev'])
    expect(written({ 'istio.io/rev': 'V2' }, tag, v2)).toEqual(['istio.io/rev=v2 -istio.io/rev'])
    expect(of({ 'istio.io/rev': 'gone' }, v2, webhooks('c-v3', { revision: 'v3' }))).toEqual([noRevision])
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
  it('that ask for sidecars and for ambient', () => {
    const mixed = { 'istio-injection': 'enabled', 'istio.io/dataplane-mode': 'ambient' }
    expect(of(mixed, tag)).toEqual([`warning sidecar-and-ambient ${at} (one-label)`])
  })
})
