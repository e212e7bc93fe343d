import type { AccessCall } from '@orbweaver/contracts/explain-access'
import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { access } from './explain.ts'
import { call, policy, refTo, service, shop, tokens, worldOf } from './samples.ts'

const host = 'asker.auth.svc.cluster.local'
const http = { name: 'web', envoyExtAuthzHttp: { service: host, port: 80 } }
const grpc = { name: 'rpc', envoyExtAuthzGrpc: { service: `auth/${host}`, port: 80 } }
const asker = service('asker', [{ name: 'http', port: 80 }], { namespace: 'auth' })
const custom = (provider: string, more: JsonRecord = {}, meta = {}) =>
  policy(
    `c-${provider}`,
    {
      action: 'CUSTOM',
      provider: { name: provider },
      rules: [{ to: [{ operation: { paths: ['/admin*'] } }] }],
      ...more,
    },
    meta,
  )

const ask = (
  objects: readonly KubernetesObject[],
  more: Partial<AccessCall> = {},
  providers: JsonRecord[] = [http, grpc],
) => access(worldOf([...shop, asker, ...objects], { extensionProviders: providers }), call({ path: '/admin', ...more }))

describe('CUSTOM', () => {
  it('asks the provider about what its rules meet', () => {
    expect(ask([custom('web')])).toMatchObject({ verdict: 'asks-provider', providers: ['web'] })
    expect(ask([custom('web')], { path: '/' })).toMatchObject({ verdict: 'allowed', providers: [] })
  })
  it('asks nobody where another policy denies', () => {
    expect(ask([custom('web'), policy('d', { action: 'DENY', rules: [{}] })])).toMatchObject({
      verdict: 'denied',
      decidedBy: { ref: { name: 'd' } },
    })
    expect(ask([custom('web'), policy('a', { rules: [] })]).verdict).toBe('denied')
  })
  it('denies where the provider cannot be built before a token is looked at, and asks one before that', () => {
    const token = { claims: { iss: 'nobody' } }
    const checked = tokens('t', { jwtRules: [{ issuer: 'a' }] })
    expect(ask([custom('web'), checked], token, []).verdict).toBe('denied')
    expect(ask([custom('web'), checked], token).verdict).toBe('invalid-token')
    expect(ask([custom('web'), checked], { ...token, path: '/' }, []).verdict).toBe('invalid-token')
  })
  it('asks the last of several providers of one name, whatever that is', () => {
    const verdict = (...providers: JsonRecord[]) => ask([custom('web')], {}, providers).verdict
    const named = { ...http, name: 'web' }
    const other = { name: 'web', zipkin: { service: 'traces', port: 9411 } }
    expect(verdict(named, named)).toBe('asks-provider')
    expect(verdict(other, named)).toBe('asks-provider')
    expect(verdict(named, other)).toBe('denied')
  })
  it('denies where the provider cannot be built', () => {
    const bad = (providers: JsonRecord[]) => ask([custom('web')], {}, providers)
    expect(bad([])).toMatchObject({ verdict: 'denied', decidedBy: { ref: { name: 'c-web' } } })
    expect(bad([{ name: 'web', zipkin: {} }]).verdict).toBe('denied')
    expect(bad([{ ...http, envoyExtAuthzHttp: { service: 'nobody', port: 80 } }]).verdict).toBe('denied')
    expect(bad([{ ...http, envoyExtAuthzHttp: { service: host } }]).verdict).toBe('denied')
    expect(bad([{ ...http, envoyExtAuthzHttp: { service: host, port: 80, pathPrefix: 'x' } }]).verdict).toBe('denied')
    expect(ask([custom('web')], { path: '/' }, []).verdict).toBe('allowed')
    expect(ask([custom('Web')], {}, [{ ...http, name: 'Web' }]).verdict).toBe('denied')
  })
  it('denies where a workload has several providers', () => {
    expect(ask([custom('web'), custom('rpc')])).toMatchObject({
      verdict: 'denied',
      decidedBy: { ref: { name: 'c-rpc' } },
    })
  })
  it('of several providers names the policy of the first by name', () => {
    const named = (name: string, provider: string): KubernetesObject => {
      const made = custom(provider)
      return { ...made, metadata: { ...made.metadata, name } }
    }
    expect(ask([named('a', 'web'), named('b', 'rpc')]).decidedBy).toMatchObject({ ref: { name: 'b' } })
  })
  it('denies what one on trial meets, as Istio builds it', () => {
    expect(ask([custom('web', {}, { annotations: { 'istio.io/dry-run': 'true' } })]).verdict).toBe('denied')
  })
  it('asks about connections only by gRPC', () => {
    const tcp: Partial<AccessCall> = { protocol: 'tcp', to: { ref: refTo('Pod', 'api'), port: 9000 } }
    expect(ask([custom('web')], tcp).verdict).toBe('allowed')
    expect(ask([custom('rpc')], tcp).verdict).toBe('asks-provider')
  })
  it('does not see tokens', () => {
    const rules = [{ from: [{ source: { requestPrincipals: ['*'] } }] }]
    expect(ask([custom('web', { rules })], { claims: { iss: 'a', sub: 'b' } }).verdict).toBe('allowed')
  })
})
