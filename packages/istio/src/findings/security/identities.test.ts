import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const shop = namespace('shop')
const byNamespace = { from: [{ source: { namespaces: ['shop'] } }] }
const policy = (action: string, ...rules: JsonRecord[]) =>
  object('AuthorizationPolicy', 'a', { namespace: 'shop', spec: { action, rules } })

describe('the mode by which identities come back', () => {
  const off = (at = 'shop', spec: JsonRecord = {}) =>
    object('PeerAuthentication', 'm', { namespace: at, spec: { ...spec, mtls: { mode: 'DISABLE' } } })
  const inside = pod('w', 'shop', { labels: { app: 'web' }, by: 'default' })
  const modes = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
    findingsOf({ objects: [shop, policy('ALLOW', byNamespace), ...objects], ...more })
      .filter(({ code }) => code === 'authorizationpolicy.needs-mtls')
      .flatMap(({ fixes }) => fixes.map(({ params }) => params['mode']))
  it('is STRICT where nobody is kept out by it', () => {
    expect(modes([off(), inside])).toEqual(['STRICT'])
    expect(modes([off('istio-system'), inside])).toEqual(['STRICT'])
    expect(modes([off()])).toEqual(['PERMISSIVE'])
    expect(modes([off(), inside, pod('bare', 'far')])).toEqual(['PERMISSIVE'])
    const mutual = object('DestinationRule', 'd', {
      namespace: 'istio-system',
      spec: { host: '*.local', trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } } },
    })
    expect(modes([off(), inside, mutual])).toEqual(['STRICT'])
    expect(modes([off(), inside, mutual], { settings: { autoMtls: false } })).toEqual([])
    expect(modes([off(), inside], { settings: { autoMtls: false } })).toEqual([])
  })
})

describe('callers without an identity', () => {
  const passed = (...rules: JsonRecord[]) => told(/\.plain-text-passes$/, { objects: [shop, policy('DENY', ...rules)] })
  const of = (source: JsonRecord) => ({ from: [{ source }] })
  const passes = (place = '0') => [`warning plain-text-passes /spec/rules/0/from/${place}/source (deny-strangers)`]
  it('are stopped by what every identity is left out of', () => {
    expect(passed(byNamespace, of({ notNamespaces: ['shop'], notPrincipals: ['x'] }))).toEqual([])
    expect(passed(byNamespace, of({ notIpBlocks: ['10.0.0.1'] }))).toEqual(passes())
    expect(passed(of({ namespaces: ['shop'], notNamespaces: ['far'] }))).toEqual(passes())
    expect(passed(byNamespace, of({ notNamespaces: ['shop'], namespaces: ['far'] }))).toEqual(passes())
  })
  it('pass by the first source that asks for one', () => {
    const sources = (...all: JsonRecord[]) => ({ from: all.map((source) => ({ source })) })
    expect(passed(sources({ ipBlocks: ['10.0.0.1'] }, { namespaces: ['shop'] }))).toEqual(passes('1'))
    const partly = {
      ...sources({ notNamespaces: ['x'] }, { namespaces: ['shop'] }),
      to: [{ operation: { ports: ['1'] } }],
    }
    expect(passed(partly)).toEqual(passes('1'))
  })
})
