import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { namespace, object } from '../../samples.ts'
import { type Case, findingsOf } from '../fixes/cases.ts'

const code = 'namespace.proxy-image'
const said = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) =>
  findingsOf({ objects, ...more }).flatMap((each) =>
    each.code === code ? [`${each.ref.name}: ${each.params['pods']}`] : [],
  )

const injector = (values: unknown, name = 'istio-sidecar-injector'): KubernetesObject => ({
  ...object('ConfigMap', name, { namespace: 'istio-system' }),
  data: { values: typeof values === 'string' ? values : JSON.stringify(values) },
})
const global = (more: JsonRecord = {}) => ({ global: { hub: 'hub', tag: '1', proxy: { image: 'proxyv2' }, ...more } })
const shop = namespace('shop', { 'istio-injection': 'enabled' })
type Meta = Parameters<typeof object>[2]
const pod = (image: string, meta: Meta = {}, field = 'containers') =>
  object('Pod', 'web', { namespace: 'shop', ...meta, spec: { [field]: [{ name: 'istio-proxy', image }] } })
const other = ['shop: web']

describe('the image that is injected now', () => {
  it.each<[unknown, string, string[]]>([
    [global(), 'hub/proxyv2:1', []],
    [global(), 'hub/proxyv2:2', other],
    [global(), 'hub/proxyv2:1-', []],
    [global(), 'hub/proxyv2:1-distroless', other],
    [global({ proxy: { image: 'mirror/proxy:9' } }), 'mirror/proxy:9', []],
    [global({ tag: null }), 'hub/proxyv2:', []],
    [{}, '/:', []],
    [{ global: null }, '/:', []],
    [global({ tag: 1 }), '', []],
    [global({ tag: 1 }), 'hub/proxyv2:1', other],
    ['no JSON', '', []],
    ['no JSON', 'hub/proxyv2:1', other],
  ])('%j and %s', (values, image, expected) => {
    expect(said([injector(values), shop, pod(image)])).toEqual(expected)
  })
  it('is looked at where namespaces ask for a sidecar', () => {
    const at = (labels: Record<string, string>, name = 'istio-sidecar-injector') =>
      said([injector(global(), name), namespace('shop', labels), pod('old')])
    expect(at({ 'istio.io/rev': 'default' })).toEqual(other)
    expect(at({ 'istio.io/rev': '' })).toEqual(other)
    expect(at({ 'istio.io/rev': 'v1' })).toEqual([])
    expect(at({ 'istio.io/rev': 'v1' }, 'istio-sidecar-injector-v1')).toEqual(other)
    expect(at({ 'istio.io/rev': 'v1', 'istio-injection': 'enabled' }, 'istio-sidecar-injector-v1')).toEqual(other)
    expect(at({ 'istio-injection': 'disabled' })).toEqual([])
    expect(at({})).toEqual([])
    expect(at({ 'istio-injection': 'enabled' }, 'other')).toEqual([])
  })
  it('is known, and not chosen by the Pod itself', () => {
    const nothing = { ...injector(''), data: {} }
    expect(said([nothing, shop, pod('old')])).toEqual([])
    expect(said([shop, pod('old')])).toEqual([])
    const chosen = (value: string) => pod('old', { annotations: { 'sidecar.istio.io/proxyImage': value } })
    expect(said([injector(global()), shop, chosen('old')])).toEqual([])
    expect(said([injector(global()), shop, chosen('')])).toEqual(other)
    expect(said([injector(global()), shop, pod('old', {}, 'initContainers')])).toEqual(other)
    const plain = object('Pod', 'web', { namespace: 'shop', spec: { containers: [{ name: 'app', image: 'old' }] } })
    expect(said([injector(global()), shop, plain])).toEqual([])
  })
})

describe('the type of an image', () => {
  const distroless = 'hub/proxyv2:1-distroless'
  const config = (imageType: string, at: string, selector?: JsonRecord) =>
    object('ProxyConfig', `p-${imageType}`, {
      namespace: at,
      spec: { image: { imageType }, ...(selector === undefined ? {} : { selector: { matchLabels: selector } }) },
    })
  const of = (image: string, configs: KubernetesObject[], more: Omit<Case, 'objects'> & { meta?: Meta } = {}) =>
    said([injector(global()), shop, pod(image, { labels: { app: 'web' }, ...more.meta }), ...configs], more).length ===
    0
  const mesh = (imageType: string) => ({ settings: { config: { defaultConfig: { image: { imageType } } } } })
  it('is said of the mesh, of namespaces and of Pods', () => {
    expect(of(distroless, [])).toBe(false)
    expect(of(distroless, [], mesh('distroless'))).toBe(true)
    expect(of(distroless, [config('distroless', 'istio-system')])).toBe(true)
    expect(of(distroless, [config('distroless', 'shop')])).toBe(true)
    expect(of(distroless, [config('distroless', 'other')])).toBe(false)
    expect(of(distroless, [config('distroless', 'shop', { app: 'web' })])).toBe(true)
    expect(of(distroless, [config('distroless', 'shop', { app: 'api' })])).toBe(false)
  })
  it('is the narrowest one', () => {
    expect(of(distroless, [config('debug', 'istio-system')], mesh('distroless'))).toBe(false)
    expect(of(distroless, [config('debug', 'istio-system'), config('distroless', 'shop')])).toBe(true)
    expect(of(distroless, [config('debug', 'shop'), config('distroless', 'shop', { app: 'web' })])).toBe(true)
    expect(of(distroless, [config('distroless', 'shop'), config('', 'shop', { app: 'web' })])).toBe(true)
    expect(of('hub/proxyv2:1-', [config('distroless', 'shop'), config('default', 'shop', { app: 'web' })])).toBe(true)
  })
  it('is said by an annotation, where somebody can read it', () => {
    const annotated = (text: string, configs: KubernetesObject[] = []) =>
      of(distroless, configs, { meta: { annotations: { 'proxy.istio.io/config': text } } })
    expect(annotated('image: { imageType: distroless }')).toBe(true)
    expect(annotated('image:\n  imageType: debug', [config('distroless', 'shop')])).toBe(false)
    expect(annotated('{', [config('distroless', 'shop')])).toBe(true)
    expect(annotated('concurrency: 2', [config('distroless', 'shop')])).toBe(true)
  })
})
