import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord, listAt, textAt } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { orbweaver, scratch } from './testing/command.ts'

const { folder, file } = scratch()

/** What lint says as JSON. */
async function linted(...words: string[]): Promise<unknown[]> {
  const { out } = await orbweaver('lint', '-o', 'json', ...words)
  const value: unknown = JSON.parse(out)
  if (!Array.isArray(value)) return expect.fail('no array')
  return value.map((each: unknown) => each)
}
/** Any text with this in it. */
const containing = (text: string): unknown => expect.stringContaining(text)
const codes = (found: unknown[]) => found.map((each) => textAt(each, 'code'))

const lost = (more = '') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: lost
  namespace: shop${more}
spec:
  hosts: [lost.example.com]
  http:
    - route:
        - destination: { host: nowhere }
`
const service = (name: string) => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`

describe('lint', () => {
  it('leaves alone what a folder holds beside objects, and refuses it where it is named', async () => {
    const values = file('chart/values.yaml', 'replicas: 2\n')
    file('rules/service.yaml', service('web'))
    expect((await orbweaver('lint', '-o', 'json', folder())).exit).not.toBe(2)
    expect(await orbweaver('lint', '-o', 'json', values)).toMatchObject({ exit: 2 })
  })

  it('leaves out data and templates of a folder, and refuses objects that cannot be read', async () => {
    file('service.yaml', service('web'))
    file('data/reviews.json', '{"rating": 5}\n{"rating": 4}')
    const [data, broken] = ['left out, as it is no object', 'cannot be read']
    expect(await orbweaver('lint', folder())).toMatchObject({ exit: 0, err: containing(data) })
    file('broken.yaml', `${service('api')}  [`)
    expect(await orbweaver('lint', folder())).toMatchObject({ exit: 2, err: containing(broken) })
  })

  it('is less sure of what rests on an object that is written several times', async () => {
    const rule = (subset: string) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web, namespace: shop }
spec: { host: web, subsets: [{ name: ${subset}, labels: { version: ${subset} } }] }
`
    const route = lost().replace('host: nowhere', 'host: web, subset: v2').replaceAll('lost.example.com', 'web')
    file('b/route.yaml', route)
    file('b/web.yaml', service('web'))
    file('b/rule.yaml', rule('v1'))
    const severities = async () => (await linted('--only', 'KIA1107', folder())).map((each) => textAt(each, 'severity'))
    expect(await severities()).toEqual(['error'])
    file('a/rule.yaml', rule('v2'))
    expect(await severities()).toEqual(['warning'])
    const { err } = await orbweaver('lint', folder())
    expect(err).toMatch(/^written differently .*: DestinationRule shop\/web \(.*b\/rule\.yaml:1:1\)$/m)
    file('a/rule.yaml', rule('v0'))
    expect(await severities()).toEqual(['error'])
    file('a/rule.yaml', rule('v1'))
    expect((await orbweaver('lint', folder())).err).toBe('')
  })

  it('tells what another version changes, from what runs or is said to run', async () => {
    const envoy = `apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: a, namespace: shop }
spec:
  priority: 1
  configPatches:
    - applyTo: CLUSTER
      match: { proxy: { proxyVersion: '^1\\.30' } }
      patch: { operation: MERGE, value: {} }
`
    const path = file('a.yaml', envoy)
    const only = ['--only', 'upgrade.patch-ends,upgrade.patch-begins']
    const to = async (...words: string[]) => codes(await linted(folder(), ...only, ...words))
    expect(await to()).toEqual([])
    expect(await to('--target-version', '1.31')).toEqual([])
    expect(await to('--target-version', '1.31', '--from-version', 'v1.30.3')).toEqual(['upgrade.patch-ends'])
    file(
      'istiod.yaml',
      `apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec: { template: { spec: { containers: [{ name: discovery, image: "istio/pilot:1.29.2" }] } } }
`,
    )
    expect(await to('--target-version', '1.30.1')).toEqual(['upgrade.patch-begins'])
    expect(await orbweaver('lint', path, '--target-version', 'newest')).toMatchObject({
      exit: 2,
      err: containing('1.31'),
    })
  })

  it('judges fields by the definitions that are there', async () => {
    const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: virtualservices.networking.istio.io }
spec:
  group: networking.istio.io
  names: { kind: VirtualService }
  versions:
    - name: v1
      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, x-kubernetes-preserve-unknown-fields: true } } } }
`
    const path = file('lost.yaml', lost().replace('spec:', 'spec:\n  later: 1'))
    const only = ['--only', 'schema.field-unknown']
    expect(codes(await linted(path, ...only))).toEqual(['schema.field-unknown'])
    expect(codes(await linted(path, file('crd.yaml', definition), ...only))).toEqual([])
    const bare = definition.replace(/schema: .*/, 'served: true')
    expect(codes(await linted(path, file('crd.yaml', bare), ...only))).toEqual(['schema.field-unknown'])
  })

  it('tells what is wrong where, as JSON', async () => {
    const path = file('rules/lost.yaml', lost())
    const [first] = (await linted(folder())).filter((each) => textAt(each, 'code') === 'virtualservice.host-not-found')
    expect(first).toMatchObject({
      severity: 'error',
      object: { cluster: 'default', group: 'networking.istio.io', version: 'v1', kind: 'VirtualService', name: 'lost' },
      path: '/spec/http/0/route/0/destination/host',
      line: 10,
      column: 26,
      file: path,
      message: containing('nowhere'),
    })
    expect(isRecord(first) && listAt(first, 'aliases')).toContain('IST0101')
  })

  it('tells what an API server would refuse or leave out', async () => {
    const path = file(
      'rules/wrong.yaml',
      lost().replace('hosts: [lost.example.com]', 'hosts: lost.example.com\n  htpp: []'),
    )
    const found = (await linted(path)).filter((each) => textAt(each, 'code')?.startsWith('schema.'))
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'schema.type-wrong', severity: 'rejected', path: '/spec/hosts', line: 7 }),
        expect.objectContaining({ code: 'schema.field-unknown', severity: 'warning', path: '/spec/htpp', line: 8 }),
      ]),
    )
  })

  it('says no more of an object in a version that nobody serves', async () => {
    const path = file('lost.yaml', lost().replace('networking.istio.io/v1', 'networking.istio.io/v2'))
    expect(codes(await linted(path))).toEqual(['schema.version-unserved'])
  })

  it.each([
    [[], 1],
    [['--fail-on', 'error'], 1],
    [['--fail-on', 'rejected'], 0],
    [['--skip', 'IST0101', '--skip', 'KIA1101'], 0],
    [['--skip', 'IST0101,virtualservice.other'], 0],
    [['--only', 'IST0101'], 1],
    [['--only', 'virtualservice.weight-sum'], 0],
    [['--no-such'], 2],
    [['--fail-on', 'never'], 2],
    [['--cluster', 'east'], 2],
    [['--mesh-config', '/nowhere/mesh.yaml'], 2],
    [['--kubeconfig', '/nowhere/config'], 2],
  ])('ends as %j asks', async (options, expected) => {
    const { exit, err } = await orbweaver('lint', file('lost.yaml', lost()), ...options)
    expect(exit).toBe(expected)
    expect(err === '').toBe(expected !== 2)
  })

  it('ends well where nothing is wrong, and badly where nothing was given or cannot be read', async () => {
    expect(await orbweaver('lint', file('web.yaml', service('web')))).toMatchObject({ exit: 0 })
    expect(await orbweaver('lint')).toMatchObject({ exit: 2, err: containing('nothing to look at') })
    expect(await orbweaver('lint', '/nowhere')).toMatchObject({ exit: 2, out: '', err: containing('/nowhere') })
    const broken = await orbweaver('lint', file('a.yaml', 'a: ['), file('lost.yaml', lost()))
    expect(broken).toMatchObject({ exit: 2, out: containing('nowhere') })
    expect(broken.err).toMatch(/a\.yaml:1:\d+: cannot be read/)
  })

  it('takes what is said last of an object, and names without a namespace for those of default', async () => {
    const first = file('1.yaml', lost())
    const second = file('2.yaml', lost().replace('nowhere', 'web'))
    file('3.yaml', service('web'))
    expect(codes(await linted('--only', 'IST0101', folder()))).toEqual([])
    expect(codes(await linted('--only', 'IST0101', second, first))).toEqual(['virtualservice.host-not-found'])
    const [found] = await linted('--only', 'IST0101', file('4.yaml', lost().replace('  namespace: shop\n', '')))
    expect(textAt(found, 'object', 'namespace')).toBe('default')
  })

  it('adds what Istio brings to files alone, unless it shall not', async () => {
    const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: web, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["a.example.com"] }]
`
    const path = file('gateway.yaml', gateway)
    const only = ['--only', 'gateway.selector-empty']
    expect(codes(await linted(path, ...only))).toEqual([])
    expect(codes(await linted(path, ...only, '--use-default-resources=false'))).toEqual(['gateway.selector-empty'])
    const off = file('mesh.conf', 'ingressControllerMode: "OFF"')
    expect(codes(await linted(path, ...only, '--mesh-config', off))).toEqual(['gateway.selector-empty'])
  })

  it('looks at several clusters: rules are those of the first, Services those of all', async () => {
    const hub = file('hub/lost.yaml', lost().replace('nowhere', 'web'))
    const east = file('east/web.yaml', service('web'))
    expect(codes(await linted('--only', 'IST0101', '--cluster', `hub=${hub}`))).toHaveLength(1)
    expect(codes(await linted('--only', 'IST0101', '--cluster', `hub=${hub}`, '--cluster', `east=${east}`))).toEqual([])
  })

  it('leaves out what is muted, until the day given', async () => {
    const muted = (by: string) => lost(`\n  annotations: { ${by} }`)
    const said = async (by: string) =>
      codes(await linted('--only', 'virtualservice.host-not-found', file('muted.yaml', muted(by))))
    expect(await said('other: x')).toHaveLength(1)
    expect(await said('galley.istio.io/analyze-suppress: "IST0107,IST0101"')).toEqual([])
    expect(await said('galley.istio.io/analyze-suppress: IST0107')).toHaveLength(1)
    expect(await said('kiali.io/ignore-validations: ""')).toEqual([])
    expect(await said('orbweaver.dev/mute: "virtualservice.host-not-found until=2026-11-29 comes on Monday"')).toEqual(
      [],
    )
    expect(await said('orbweaver.dev/mute: "virtualservice.host-not-found until=2026-11-28"')).toHaveLength(1)
  })

  it.each([
    ['text', 'lost.yaml:10:26: error VirtualService shop/lost: No service named nowhere'],
    ['sarif', '"startLine": 10'],
    ['github', ',line=10,col=26,title=No service named nowhere::VirtualService shop/lost'],
  ])('speaks %s', async (format, expected) => {
    const { out } = await orbweaver('lint', '-o', format, file('lost.yaml', lost()))
    expect(out).toContain(expected)
  })

  it('speaks Chinese', async () => {
    const { out } = await orbweaver('lint', '--lang', 'zh', file('lost.yaml', lost()))
    expect(out).toContain('nowhere')
    expect(out).toMatch(/\p{Script=Han}/u)
  })
})

it('helps, and says what it does not know', async () => {
  expect(await orbweaver('--help')).toMatchObject({ exit: 0, out: containing('lint') })
  expect(await orbweaver('dance')).toMatchObject({ exit: 2 })
})

describe('codes', () => {
  it('are what docs/findings.md says: after a change, pnpm --silent orbweaver codes > docs/findings.md', async () => {
    const { exit, out } = await orbweaver('codes')
    expect(exit).toBe(0)
    expect(readFileSync(join(import.meta.dirname, '../../../docs/findings.md'), 'utf8')).toBe(out)
  })
  it('have a sentence in both languages and no blank left open', async () => {
    const { out } = await orbweaver('codes')
    expect(out).not.toContain('{{')
    expect(out.match(/^### /gm)?.length).toBeGreaterThan(150)
    expect(out).toContain('### virtualservice.host-not-found')
    const told: unknown = JSON.parse((await orbweaver('codes', '-o', 'json')).out)
    const missing = (Array.isArray(told) ? told : []).filter(
      (each) => out.includes(`**${textAt(each, 'code')}**`) || (textAt(each, 'code') ?? '') === '',
    )
    expect(missing).toEqual([])
  })
})
