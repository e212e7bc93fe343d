import { describe, expect, it } from 'vitest'
import { simulate } from '../injection/simulate.ts'
import { injectionWorld } from '../injection/world.ts'
import { meshOf, namespace, pod } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { defaultTagWebhook } from './default-webhook.ts'

const webhook = (injectByDefault: boolean) =>
  defaultTagWebhook(
    meshOf({ kind: 'Managed', settings: { sidecar: { injectByDefault } } }),
    'east',
    '/inject/cluster/east/net/n1',
  )

function by(labels: Record<string, string>, podLabels: Record<string, string> = {}, injectByDefault = false) {
  const view = clusterView('east', [namespace('app', labels), webhook(injectByDefault)])
  return simulate(injectionWorld(view), pod('a', 'app', { labels: podLabels })).by?.webhook.replace(
    '.sidecar-injector.istio.io',
    '',
  )
}

describe('the default webhook of a member', () => {
  it('answers what Sail’s default tag answers', () => {
    expect(by({ 'istio-injection': 'enabled' })).toBe('namespace')
    expect(by({ 'istio.io/rev': 'default' })).toBe('rev.namespace')
    expect(by({}, { 'istio.io/rev': 'default' })).toBe('rev.object')
    expect(by({}, { 'sidecar.istio.io/inject': 'true' })).toBe('object')
    expect(by({ 'istio-injection': 'disabled' }, { 'sidecar.istio.io/inject': 'true' })).toBeUndefined()
  })

  it('injects where nothing is said only with the global switch', () => {
    expect(by({})).toBeUndefined()
    expect(by({}, {}, true)).toBe('auto')
  })

  it('leaves caBundle to istiod, which finds it by its revision label', () => {
    expect(JSON.stringify(webhook(true))).not.toContain('caBundle')
    expect(webhook(false)).toMatchObject({ metadata: { labels: { 'istio.io/rev': 'shop-v1-30-3' } } })
  })

  it('is named after its namespace where that is not istio-system', () => {
    const mesh = meshOf({ kind: 'Managed', controlPlane: { cluster: 'hub', namespace: 'mesh' } })
    expect(defaultTagWebhook(mesh, 'east', '/inject').metadata.name).toBe('istio-revision-tag-default-mesh')
  })
})
