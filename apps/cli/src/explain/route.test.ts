import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RouteExplanation } from '@orbweaver/contracts/explain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { run } from '../program.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orbweaver-route-'))
  writeFileSync(join(folder, 'shop.yaml'), shop)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const shop = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } } } }
---
apiVersion: v1
kind: Service
metadata: { name: reviews, namespace: shop }
spec: { clusterIP: 10.0.0.1, selector: { app: reviews }, ports: [{ name: http, port: 9080 }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec:
  hosts: [reviews, shop.example]
  gateways: [mesh, edge]
  http:
    - match: [{ uri: { prefix: /api } }]
      directResponse: { status: 418 }
    - route: [{ destination: { host: reviews, port: { number: 9080 } } }]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }]
`

const explain = (...words: string[]) => asking(folder, ...words)

async function asking(path: string, ...words: string[]) {
  let [out, err] = ['', '']
  const now = () => new Date('2026-11-29T12:00:00Z')
  const terminal = { out: (text: string) => (out += text), err: (text: string) => (err += text), now }
  const exit = await run(['explain', 'route', path, ...words], terminal)
  return { exit, out, err }
}

describe('explain route', () => {
  it('tells where a request goes, who decides, and why', async () => {
    const { exit, out } = await explain('--from', 'shop/web', '--url', 'http://reviews:9080/x')
    expect(exit).toBe(0)
    expect(out).toContain(
      'The request is sent where nothing can answer\n  100 % reviews.shop.svc.cluster.local:9080 - ',
    )
    expect(out).toContain('Decided by: VirtualService shop/reviews /spec/http/1')
    expect(out).toContain('Not taken: the path /x is not /api*')
    const chinese = await explain('--from', 'shop/web', '--url', 'http://reviews:9080/api', '--lang', 'zh')
    expect(chinese.out).toContain('代理自己返回 418')
  })
  it('goes through waypoints, and says which and why', async () => {
    const ambient = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient, istio.io/use-waypoint: wp } }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: wp, namespace: shop }
spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
`
    writeFileSync(join(folder, 'ambient.yaml'), ambient)
    const asked = ['--from', 'shop/web', '--url', 'http://reviews:9080/x']
    const { out } = await explain(...asked)
    expect(out).toContain('names the waypoint shop/wp: it decides what follows [Gateway shop/wp]')
    expect(out).toContain('Decided by: VirtualService shop/reviews /spec/http/1')
    expect((await explain(...asked, '--lang', 'zh')).out).toContain('指定了 waypoint shop/wp，由它决定后续')
  })
  it('tells programs the same', async () => {
    const { out } = await explain('--gateway', 'shop/edge', '--url', 'http://shop.example/api?a=b', '-o', 'json')
    const answer = RouteExplanation.parse(JSON.parse(out))
    expect(answer.outcome).toEqual({ kind: 'direct', status: 418 })
    expect(answer.decidedBy).toMatchObject({ ref: { name: 'reviews' }, pointer: '/spec/http/0' })
  })
  it('tells what a draft changes of it', async () => {
    const draft = join(folder, 'draft', 'reviews.yaml')
    mkdirSync(join(folder, 'draft'))
    writeFileSync(draft, shop.split('---\n')[2]?.replace('status: 418', 'status: 503') ?? '')
    const rest = join(folder, 'shop.yaml')
    const asked = ['--from', 'shop/web', '--url', 'http://reviews:9080/api', '--draft', draft]
    const { out } = await asking(rest, ...asked)
    expect(out).toMatch(/418[^]*\n---\n[^]*503/)
    const both: unknown = JSON.parse((await asking(rest, ...asked, '-o', 'json')).out)
    expect(both).toMatchObject({
      before: { outcome: { kind: 'direct', status: 418 } },
      after: { outcome: { kind: 'direct', status: 503 } },
    })
  })
  it.each([
    [['--from', 'shop/none', '--url', 'http://reviews'], 'there is no such object'],
    [['--from', 'shop/web', '--url', 'reviews'], 'wants http://HOST:PORT/PATH'],
    [['--from', 'shop/web', '--url', 'tcp://reviews'], 'wants http://HOST:PORT/PATH'],
    [['--from', 'shop/web', '--url', 'http://reviews:0'], 'port'],
    [['--url', 'http://reviews'], 'either --from or --gateway'],
    [['--from', 'shop/web', '--gateway', 'shop/edge', '--url', 'http://reviews'], 'either --from or --gateway'],
  ])('refuses %s', async (words, message) => {
    const { exit, err } = await explain(...words)
    expect([exit, err.includes(message)]).toEqual([2, true])
  })
})
