import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import autocannon from 'autocannon'
import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubeClient } from '@orbweaver/kube/client'
import { createKubeClient } from '@orbweaver/kube/connect'
import type { Connection } from '@orbweaver/kube/connection'
import { parseKubeconfig } from '@orbweaver/kube/kubeconfig'
import { configMaps } from '@orbweaver/kube/resources'
import type { Measure } from './budgets.ts'
import { launch, type Launched } from './launched.ts'

const CLUSTER = 'asia-1'
const NAMESPACE = 'market-0100'
const WRITES = 300
const PAGES = 25

/** The embedded fleet at its largest, with a console before it: how soon it is there, what it weighs, how quick it answers. */
export async function measureSandbox(seconds: number): Promise<Measure[]> {
  const launched = await launch({ fresh: false, world: 'large' })
  try {
    const connection = administrator(launched.adminKubeconfig)
    const client = createKubeClient({ cluster: CLUSTER, connection, limits: { qps: 100_000, burst: 100_000 } })
    const first = { name: 'world large to a usable console', value: launched.usableMs, budget: 15_000 }
    const measures: Measure[] = [{ ...first, unit: 'ms', timed: true }]
    measures.push(await rulesPage(launched))
    const target = { namespace: NAMESPACE, name: 'bench' }
    await client.create(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: target, data: { n: '0' } })
    for (const [name, path] of reads) measures.push(await rate(name, { connection, seconds, path }))
    measures.push(
      await rate('patch of one object', { connection, seconds, path: `${base}/configmaps/bench`, patch: true }),
    )
    measures.push(...(await watched(client)))
    const MB = (of: 'server' | 'sandbox'): number => launched.residentBytes(of) / 1_048_576
    measures.push({ name: 'memory of the sandbox', value: MB('sandbox'), unit: 'MB', timed: false })
    const sum = { name: 'memory of sandbox and server', value: MB('sandbox') + MB('server'), budget: 1_229 }
    measures.push({ ...sum, unit: 'MB', timed: false })
    await client.close()
    return measures
  } finally {
    await launched.stop()
  }
}

/** The largest page of rules of a mesh of 400 namespaces, each row with what it is about. The first answer judges the mesh. */
async function rulesPage({ ada }: Launched): Promise<Measure> {
  const took: number[] = []
  for (let count = 0; count <= PAGES; count += 1) {
    const sent = performance.now()
    const { status, body } = await ada.get('/meshes/east/objects?size=500')
    if (status !== 200 || listAt(body, 'items').length < 500)
      throw new Error(`an answer of ${status} is no page of rules`)
    if (count > 0) took.push(performance.now() - sent)
  }
  const value = took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0
  return { name: '500 rules of 400 namespaces with their subjects, median', value, unit: 'ms', timed: true }
}

const base = `/api/v1/namespaces/${NAMESPACE}`
const reads: [string, string][] = [
  ['get of one object', `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/cart-v1`],
  ['list of a namespace', `${base}/pods`],
  ['list of 500 of all Pods', '/api/v1/pods?limit=500'],
]

/** Plain HTTP on the same port: what is measured is the server and not the cost of TLS in this process. */
function administrator(kubeconfig: string): Connection {
  const parsed = parseKubeconfig(readFileSync(kubeconfig, 'utf8'))
  const context = parsed.ok ? parsed.contexts.find((each) => each.name === CLUSTER) : undefined
  if (context?.ok !== true) throw new Error(`${kubeconfig} has no context ${CLUSTER}`)
  const { server, token = '' } = context.connection
  return { server: server.replace('https:', 'http:'), token }
}

type Asked = { connection: Connection; seconds: number; path: string; patch?: boolean }

/** Requests a second, ten at a time. Each patch writes something new. */
async function rate(name: string, { connection, seconds, path, patch = false }: Asked): Promise<Measure> {
  let count = 0
  const next = (request: autocannon.Request): autocannon.Request => {
    count += 1
    return { ...request, body: JSON.stringify({ data: { n: String(count) } }) }
  }
  const headers = { authorization: `Bearer ${connection.token ?? ''}`, 'content-type': 'application/merge-patch+json' }
  const request = patch ? { method: 'PATCH' as const, path, headers, setupRequest: next } : { path, headers }
  const result = await autocannon({ url: connection.server, connections: 10, duration: seconds, requests: [request] })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${name}: ${result.non2xx + result.errors} were none`)
  return { name: `sandbox: ${name}`, value: result.requests.average, unit: '/s', timed: true }
}

/** From sending a write to seeing its event, one after another. */
async function watched(client: KubeClient): Promise<Measure[]> {
  const target = { namespace: NAMESPACE, name: 'bench' }
  const stop = new AbortController()
  const seen = new Map<string, (at: number) => void>()
  const open = new Promise<void>((resolve, reject) => {
    const follow = async (): Promise<void> => {
      const options = { namespace: NAMESPACE, signal: stop.signal, onOpen: resolve }
      for await (const event of client.watch(configMaps, options)) {
        if (event.type !== 'BOOKMARK') seen.get(textAt(event.object, 'data', 'w') ?? '')?.(performance.now())
      }
    }
    follow().catch((error: unknown) => {
      if (!stop.signal.aborted) reject(error)
    })
  })
  await open
  const took: number[] = []
  for (let count = 1; count <= WRITES; count += 1) {
    const arrived = new Promise<number>((resolve) => seen.set(String(count), resolve))
    const sent = performance.now()
    await client.patch(configMaps, target, { type: 'merge', body: { data: { w: String(count) } } })
    took.push((await arrived) - sent)
    seen.delete(String(count))
  }
  stop.abort()
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return [
    { name: 'sandbox: from a write to its event, median', value: at(0.5), unit: 'ms', timed: true },
    { name: 'sandbox: from a write to its event, p99', value: at(0.99), unit: 'ms', timed: true },
  ]
}
