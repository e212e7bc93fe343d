import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object, pod } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'
import { told } from '../fixes/told.ts'

const policy = (name: string, spec: JsonRecord, more: { at?: string; created?: string } = {}) =>
  object('PeerAuthentication', name, {
    namespace: more.at ?? 'shop',
    created: more.created ?? '2026-01-01T00:00:00Z',
    spec,
  })
const web = { selector: { matchLabels: { app: 'web' } } }
const strict = { mtls: { mode: 'STRICT' } }
const opened = (mode: string, more: JsonRecord = {}) =>
  policy('web', { ...web, portLevelMtls: { 8080: { mode } }, ...more })
const inside = pod('w', 'shop', { labels: { app: 'web' }, by: 'default' })
const of = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  told(/^peerauthentication\.port-(plain|permissive)$/, { objects: [namespace('shop'), ...objects], ...more })
const at = '/spec/portLevelMtls/8080/mode'
const plain = `info port-plain ${at} (other-mode)`
const permissive = `info port-permissive ${at} (other-mode)`

describe('ports that plain text gets into', () => {
  it('stand out where the policy is STRICT', () => {
    expect(of([opened('DISABLE', strict), inside])).toEqual([plain])
    expect(of([opened('PERMISSIVE', strict), inside])).toEqual([permissive])
    expect(of([opened('STRICT', strict), inside])).toEqual([])
    expect(of([opened('UNSET', strict), inside])).toEqual([])
    expect(of([opened('DISABLE', { mtls: { mode: 'PERMISSIVE' } }), inside])).toEqual([])
    expect(of([opened('DISABLE'), inside])).toEqual([])
  })
  it('stand out where the namespace or the mesh is STRICT', () => {
    const ofNamespace = policy('all', strict)
    const ofMesh = policy('mesh', strict, { at: 'istio-system' })
    expect(of([ofNamespace, opened('DISABLE'), inside])).toEqual([plain])
    expect(of([ofMesh, opened('PERMISSIVE'), inside])).toEqual([permissive])
    const left = (spec: JsonRecord, at = 'shop') =>
      findingsOf({
        objects: [
          namespace('shop'),
          policy('all', { mtls: { mode: 'PERMISSIVE' } }, { at }),
          policy('web', { ...web, ...spec }),
          inside,
        ],
      })
        .filter(({ code }) => code === 'peerauthentication.permissive-left')
        .map(({ fixes }) => fixes.length)
    const ports = (mode: string) => ({ portLevelMtls: { 8080: { mode } } })
    expect([left(ports('DISABLE')), left(ports('PERMISSIVE')), left(ports('DISABLE'), 'istio-system')]).toEqual([
      [0],
      [0],
      [0],
    ])
    expect([left(ports('STRICT')), left(ports('UNSET')), left({}), left(ports('DISABLE'), 'far')]).toEqual([
      [1],
      [1],
      [1],
      [1],
    ])
    expect(of([policy('all', strict, { at: 'far' }), opened('DISABLE'), inside])).toEqual([])
    expect(of([ofMesh, policy('all', { mtls: { mode: 'PERMISSIVE' } }), opened('DISABLE'), inside])).toEqual([])
    const own = findingsOf({ objects: [namespace('shop'), ofNamespace, opened('DISABLE', strict), inside] })
    const outer = findingsOf({ objects: [namespace('shop'), ofNamespace, opened('DISABLE'), inside] })
    const said = [own, outer].flatMap((all) =>
      all
        .filter(({ code }) => code === 'peerauthentication.port-plain')
        .map(({ params, evidence }) => [params, evidence.map(({ name }) => name)]),
    )
    expect(said).toEqual([
      [{ port: '8080', by: 'PeerAuthentication web' }, []],
      [{ port: '8080', by: 'PeerAuthentication all' }, ['all']],
    ])
  })
  it('are nothing where the policy does not count', () => {
    const elder = policy('elder', { ...web, mtls: { mode: 'STRICT' } }, { created: '2025-01-01T00:00:00Z' })
    expect(of([elder, opened('DISABLE'), inside])).toEqual([])
    expect(of([policy('web', { ...strict, portLevelMtls: { 8080: { mode: 'DISABLE' } } }), inside])).toEqual([])
    const inRoot = policy(
      'web',
      { ...web, ...strict, portLevelMtls: { 8080: { mode: 'DISABLE' } } },
      { at: 'istio-system' },
    )
    expect(of([inRoot, inside])).toEqual([])
    expect(of([inRoot, inside, policy('mesh', strict, { at: 'istio-system' })])).toEqual([])
  })
  it('are closed by a fix where nobody needs them', () => {
    const outside = pod('x', 'far')
    expect(of([opened('DISABLE', strict)])).toEqual([`info port-plain ${at}`])
    expect(of([opened('DISABLE', strict), inside, outside])).toEqual([`info port-plain ${at}`])
    expect(of([opened('DISABLE', strict), inside], { unread: ['east'] })).toEqual([`info port-plain ${at}`])
    const client = (mode: string) =>
      object('DestinationRule', 'd', {
        namespace: 'shop',
        spec: { host: 'a.example', trafficPolicy: { tls: { mode } } },
      })
    expect(of([opened('DISABLE', strict), inside, client('DISABLE')])).toEqual([`info port-plain ${at}`])
    expect(of([opened('DISABLE', strict), inside, client('ISTIO_MUTUAL')])).toEqual([plain])
  })
  it('are closed by ztunnel where no port is PERMISSIVE and the policy says nothing itself', () => {
    const home = namespace('shop', { 'istio.io/dataplane-mode': 'ambient' })
    const redirected = pod('w', 'shop', {
      labels: { app: 'web' },
      annotations: { 'ambient.istio.io/redirection': 'enabled' },
    })
    const ambient = (...objects: KubernetesObject[]) => of([home, redirected, ...objects])
    const ofNamespace = policy('all', strict)
    expect(ambient(ofNamespace, opened('DISABLE'))).toEqual([])
    expect(ambient(ofNamespace, opened('PERMISSIVE'))).toEqual([permissive])
    expect(ambient(ofNamespace, opened('DISABLE', strict))).toEqual([plain])
    const both = policy('web', { ...web, portLevelMtls: { 8080: { mode: 'DISABLE' }, 9090: { mode: 'PERMISSIVE' } } })
    expect(ambient(ofNamespace, both)).toEqual([
      'info port-permissive /spec/portLevelMtls/9090/mode (other-mode)',
      plain,
    ])
    expect(of([namespace('shop'), inside, ofNamespace, opened('DISABLE')])).toEqual([plain])
  })
})
