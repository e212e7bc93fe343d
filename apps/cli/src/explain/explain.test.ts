import { describe, expect, it } from 'vitest'
import { orbweaver, scratch } from '../testing/command.ts'

const { file } = scratch()
const explain = (...words: string[]) => orbweaver('explain', ...words)

const workload = (name: string, port = 8080) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  template:
    metadata: { labels: { app: ${name} } }
    spec: { serviceAccountName: ${name}, containers: [{ name: app, ports: [{ containerPort: ${port} }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80, targetPort: ${port} }] }
---
`
const home = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
`
const onlyReads = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: reads, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, rules: [{ to: [{ operation: { methods: [GET] } }] }] }
`
const shop = () => file('shop.yaml', home + workload('web') + workload('api'))

const webToApi = (name: string, policy: string) =>
  ['access', shop(), file(name, policy), '--from', 'shop/web', '--to', 'shop/api:8080'] as const

describe('explain access', () => {
  it('tells who decides, and why', async () => {
    const draft = file('reads.yaml', onlyReads)
    const { out, exit } = await explain('access', shop(), draft, '--from', 'shop/web', '--to', 'service/shop/api:80')
    expect(exit).toBe(0)
    expect(out).toContain('Allowed\n  AuthorizationPolicy shop/reads /spec/rules/0')
    expect(out).toContain('Sidecar of api: Allowed')
    const chinese = await explain(
      'access',
      shop(),
      draft,
      '--from',
      'shop/web',
      '--to',
      'shop/api:8080',
      '--method',
      'POST',
      '--lang',
      'zh',
    )
    expect(chinese.out).toContain('拒绝')
  })
  it('tells of policies on trial in the words of the reader, and what was not read last', async () => {
    const trial = onlyReads.replace('namespace: shop', "namespace: shop, annotations: { 'istio.io/dry-run': 'true' }")
    const words = webToApi('trial.yaml', trial)
    const { out } = await explain(...words, '--lang', 'zh')
    expect(out).toContain('试运行的 ALLOW shop/reads 规则 1：命中')
    expect(out).toMatch(/按其标签和模板推断为：边车\n$/)
    expect((await explain(...words)).out).toContain('ALLOW (dry run) shop/reads, rule 1: met')
    const open = webToApi('reads.yaml', onlyReads)
    expect((await explain(...open, '--any', '--lang', 'zh')).out).toContain('规则 1：取决于请求方法')
  })
  it('answers programs, and fails where another answer was expected', async () => {
    const words = [...webToApi('reads.yaml', onlyReads), '-o', 'json']
    expect(JSON.parse((await explain(...words, '--method', 'POST')).out)).toMatchObject({
      verdict: 'denied',
      principal: 'cluster.local/ns/shop/sa/web',
    })
    expect((await explain(...words, '--method', 'POST', '--expect', 'allowed')).exit).toBe(1)
    expect((await explain(...words, '--expect', 'allowed')).exit).toBe(0)
    expect(JSON.parse((await explain(...words, '--any')).out)).toMatchObject({
      verdict: 'depends',
      depends: ['method'],
    })
  })
  it('takes identities, tokens and headers', async () => {
    const token = file(
      'token.yaml',
      `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: t, namespace: shop }
spec: { jwtRules: [{ issuer: a }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: p, namespace: shop }
spec: { rules: [{ from: [{ source: { requestPrincipals: [a/b], namespaces: [x] } }], when: [{ key: 'request.headers[x-a]', values: ['1'] }] }] }
`,
    )
    const words = [
      'access',
      shop(),
      token,
      '--principal',
      'cluster.local/ns/x/sa/y',
      '--to',
      'shop/api:8080',
      '-o',
      'json',
      '--header',
      'X-A: 1',
    ]
    expect(JSON.parse((await explain(...words)).out)).toMatchObject({ verdict: 'needs-token' })
    expect(JSON.parse((await explain(...words, '--claims', '{"iss":"a","sub":"b"}')).out)).toMatchObject({
      verdict: 'allowed',
    })
    expect(
      JSON.parse((await explain(...words, '--mtls', 'false', '--claims', '{"iss":"a","sub":"b"}')).out),
    ).toMatchObject({ verdict: 'needs-mtls' })
  })
  it('tells who may call, and what a draft changes', async () => {
    const draft = file('reads.yaml', onlyReads)
    expect((await explain('access', shop(), '--callers', 'shop/api')).out).toContain(
      'Deployment shop/web -> Deployment shop/api:8080  allowed',
    )
    expect((await explain('access', shop(), '--callees', 'shop/web')).out).toContain(
      '-> Deployment shop/api:8080  allowed',
    )
    const { out } = await explain('access', shop(), '--draft', draft)
    expect(out).toContain('- Deployment shop/web -> Deployment shop/api:8080  allowed')
    expect(out).toContain('+ Deployment shop/web -> Deployment shop/api:8080  depends (the method)')
    const one = await explain(
      'access',
      shop(),
      '--draft',
      draft,
      '--from',
      'shop/web',
      '--to',
      'shop/api:8080',
      '--method',
      'PUT',
      '-o',
      'json',
    )
    expect(JSON.parse(one.out)).toMatchObject({ before: { verdict: 'allowed' }, after: { verdict: 'denied' } })
  })
  it.each([
    [['--to', 'shop/nobody:80', '--from', 'shop/web'], 'there is no such object'],
    [['--to', 'shop/api', '--from', 'shop/web'], 'NAME:PORT'],
    [['--to', 'shop/api:80', '--from', 'thing/shop/web'], 'kind thing'],
    [['--to', 'shop/api:80', '--claims', '{'], 'JSON'],
    [['--to', 'shop/api:80', '--header', ':'], 'header'],
  ])('does not take %j', async (words, why) => {
    const { exit, err } = await explain('access', shop(), ...words)
    expect(exit).toBe(2)
    expect(err).toContain(why)
  })
})

describe('explain injection', () => {
  const hook = `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-sidecar-injector, labels: { istio.io/rev: default } }
webhooks:
  - name: namespace.sidecar-injector.istio.io
    rules: [{ operations: [CREATE], apiGroups: [''], apiVersions: [v1], resources: [pods] }]
    namespaceSelector: { matchExpressions: [{ key: istio-injection, operator: In, values: [enabled] }] }
    objectSelector: { matchExpressions: [{ key: sidecar.istio.io/inject, operator: NotIn, values: ['false'] }] }
`
  it('tells which webhook and label decide', async () => {
    const { out } = await explain('injection', shop(), file('hook.yaml', hook), '--of', 'namespace/shop')
    expect(out).toContain('A new Pod gets a sidecar\n  Namespace shop /metadata/labels/istio-injection')
    const answer: unknown = JSON.parse(
      (await explain('injection', shop(), file('hook.yaml', hook), '--of', 'shop/web', '-o', 'json')).out,
    )
    expect(answer).toMatchObject({
      outcome: 'injected',
      by: { config: 'istio-sidecar-injector' },
      ref: { kind: 'Deployment' },
    })
  })
  it('tells what a draft changes of it', async () => {
    const off = file('off.yaml', home.replace('enabled', 'disabled'))
    const files = [shop(), file('hook.yaml', hook), '--of', 'shop/web', '--draft', off]
    const { out } = await explain('injection', ...files)
    expect(out).toMatch(/^A new Pod gets a sidecar[^]*\n---\nA new Pod gets no sidecar/)
    const both: unknown = JSON.parse((await explain('injection', ...files, '-o', 'json')).out)
    expect(both).toMatchObject({ before: { outcome: 'injected' }, after: { outcome: 'not-injected' } })
  })
})
