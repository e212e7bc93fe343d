import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { request } from 'node:https'
import { join } from 'node:path'
import { listAt, textAt } from '@orbweaver/contracts/json'
import type { KubeClient } from '@orbweaver/kube/client'
import { nodes, serviceAccounts } from '@orbweaver/kube/resources'
import { stringify } from 'yaml'
import { adminApi } from './api.ts'
import { applyAll } from './apply.ts'
import type { Built } from './build.ts'
import { caFileOf, type ClusterLayout, egressSocketOf, serverOf, tokensCsv } from './cluster-layout.ts'
import { apiserver, controllerManager, etcd, kwok, scheduler } from './cluster-parts.ts'
import { kwokCrds, memberObjects } from './manifests.ts'
import { kubeconfig } from './kubeconfig.ts'
import { nodesOf } from './nodes.ts'
import { type Part, type PartSpec, ready, startPart } from './parts.ts'
import type { RunDir } from './run-dir.ts'
import { readStages, stages } from './stages.ts'

const secretFile = (path: string, content: string): void => writeFileSync(path, content, { mode: 0o600 })

const writeInputs = (built: Built, layout: ClusterLayout): void => {
  mkdirSync(layout.dir, { recursive: true, mode: 0o700 })
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  secretFile(join(layout.dir, 'sa.key'), privateKey)
  secretFile(join(layout.dir, 'sa.pub'), publicKey)
  secretFile(join(layout.dir, 'tokens.csv'), tokensCsv(layout.accounts))
  secretFile(join(layout.dir, 'stages.yaml'), stages(readStages(join(built.kwok, 'stages'))))
  // Webhook and kubelet calls leave the API server through this socket: there is no Pod network.
  const connection = { proxyProtocol: 'HTTPConnect', transport: { uds: { udsName: egressSocketOf(layout) } } }
  const selector = { apiVersion: 'apiserver.k8s.io/v1beta1', kind: 'EgressSelectorConfiguration' }
  secretFile(
    join(layout.dir, 'egress.yaml'),
    stringify({ ...selector, egressSelections: [{ name: 'cluster', connection }] }),
  )
}

const writeKubeconfigs = (layout: ClusterLayout): void => {
  const ca = readFileSync(caFileOf(layout), 'utf8')
  for (const { user, token } of layout.accounts) {
    const context = { name: layout.name, server: serverOf(layout), ca, user, token }
    secretFile(join(layout.dir, `${user}.kubeconfig`), kubeconfig([context]))
  }
}

const answers = (url: string): Promise<boolean> =>
  new Promise((done) => {
    const call = get(url, { timeout: 1_000 }, (answer) => {
      answer.resume()
      done(answer.statusCode === 200)
    })
    call.on('timeout', () => call.destroy())
    call.on('error', () => done(false))
  })

const isReady = async (layout: ClusterLayout): Promise<boolean> => {
  const api = adminApi(layout)
  try {
    return (await api.raw('/readyz')).status === 200
  } finally {
    await api.close()
  }
}

/** A cluster that was started, with the processes that still have to show what they do. */
export type StartedCluster = { readonly layout: ClusterLayout } & Readonly<
  Record<'kwok' | 'controllerManager' | 'scheduler', Part>
>

/** From nothing to a cluster whose nodes are there; the fake kubelets and controllers may still be starting. */
export const startCluster = async (dir: RunDir, built: Built, layout: ClusterLayout): Promise<StartedCluster> => {
  writeInputs(built, layout)
  const start = (spec: PartSpec) => startPart(dir, spec)
  const store = start(etcd(built, layout))
  await ready(dir, store, { ask: () => answers(`http://127.0.0.1:${layout.ports.etcdClient}/health`), forMs: 20_000 })
  const server = start(apiserver(built, layout))
  await ready(dir, server, { ask: () => isReady(layout), forMs: 60_000 })
  writeKubeconfigs(layout)
  const api = adminApi(layout)
  try {
    const controllers = {
      controllerManager: start(controllerManager(built, layout)),
      scheduler: start(scheduler(built, layout)),
    }
    await applyAll(api, [...kwokCrds(built), ...(layout.meshes ? memberObjects(built) : [])])
    for (const node of nodesOf(layout)) await api.create(nodes, node)
    return { layout, ...controllers, kwok: start(kwok(built, layout)) }
  } finally {
    await api.close()
  }
}

const nodesAreReady = async (api: KubeClient): Promise<boolean> => {
  const { items } = await api.list(nodes)
  const isUp = (node: unknown) =>
    listAt(node, 'status', 'conditions').some(
      (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
    )
  return items.length > 0 && items.every(isUp)
}

/** Its certificate is its own; that it is the one on this port is what is asked. */
const isHealthy = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const options = {
      host: '127.0.0.1',
      port,
      path: '/healthz',
      rejectUnauthorized: false,
      timeout: 1_000,
      agent: false,
    }
    const call = request(options, (answer) => {
      answer.resume()
      done(answer.statusCode === 200)
    })
    call.on('timeout', () => call.destroy())
    call.on('error', () => done(false))
    call.end()
  })

/** Waits until Pods can run: the nodes are Ready, ServiceAccounts are made and somebody schedules. */
export const settle = async (dir: RunDir, started: StartedCluster): Promise<void> => {
  const { layout } = started
  const api = adminApi(layout)
  const account = { namespace: 'default', name: 'default' }
  const forMs = 30_000
  try {
    await Promise.all([
      ready(dir, started.kwok, { ask: () => nodesAreReady(api), forMs }),
      ready(dir, started.controllerManager, { ask: () => api.get(serviceAccounts, account).then(() => true), forMs }),
      ready(dir, started.scheduler, { ask: () => isHealthy(layout.ports.scheduler), forMs }),
    ])
  } finally {
    await api.close()
  }
}
