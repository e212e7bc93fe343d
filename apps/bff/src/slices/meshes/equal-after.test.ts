import { listAt, numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { deployments, pods } from '@orbweaver/kube/resources'
import { emptyWorld } from '@orbweaver/sandbox/worlds/empty'
import { helmIstio } from '@orbweaver/sandbox/worlds/helm-istio'
import { namespace, service, workload } from '@orbweaver/sandbox/worlds/objects'
import type { Persona, World } from '@orbweaver/sandbox/worlds/world'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SignedInClient } from '../../testing/call.ts'
import { differences, nameOf, type Snapshot, snapshot } from '../../testing/snapshot.ts'
import { startWholeConsole, until, type WholeConsole } from '../../testing/whole-console.ts'

const shop = [
  namespace('shop'),
  workload({ namespace: 'shop', name: 'web', image: 'web:1', port: 8080 }),
  service({ namespace: 'shop', name: 'web', port: 80, targetPort: 8080 }),
]
const clusters = ['member-1', 'member-2', 'member-3', 'member-4'] as const

async function world(): Promise<World> {
  const empty = emptyWorld()
  const theirs = await helmIstio({ version: 'v1.29.4', values: {} })
  return {
    ...empty,
    personas: [...empty.personas, ...empty.personas.filter(({ id }) => id === 'ada').map(withoutCleaning)],
    members: empty.members.map((each) => ({
      ...each,
      registered: true,
      stages: [...each.stages, shop, ...(each.name === 'member-4' ? [theirs] : [])],
    })),
  }
}

/** Makes and unmakes meshes, and has not what removes the rest. */
const withoutCleaning = (ada: Persona): Persona => ({
  ...ada,
  id: 'ann',
  user: 'ann',
  groups: [],
  binds: ada.binds.filter(({ role }) => role === 'orbweaver-admin'),
})

let whole: WholeConsole
let ada: SignedInClient
let before: ReadonlyMap<string, Snapshot>

const snapshots = () => new Map(['hub', ...clusters].map((name) => [name, snapshot(whole.member(name).server)]))

beforeAll(async () => {
  whole = await startWholeConsole(await world())
  ada = await whole.person('ada')
  await until(() => starting('member-4'))
  before = snapshots()
}, 120_000)
afterAll(() => whole.stop())

/** Nothing starts any more. */
async function starting(name: string): Promise<string> {
  const { admin } = whole.member(name)
  const { items } = await admin.list(deployments)
  const late = items.find((each) => numberAt(each, 'status', 'readyReplicas') === undefined)
  return late === undefined ? '' : late.metadata.name
}

const isInjected = async (name: string, wanted: boolean): Promise<string> => {
  const { items } = await whole.member(name).admin.list(pods, { namespace: 'shop' })
  const living = items.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
  const proxies = living.filter((each) => JSON.stringify(each.spec).includes('"istio-proxy"'))
  return living.length > 0 && proxies.length === (wanted ? living.length : 0)
    ? ''
    : `${proxies.length} proxies in ${name}`
}

async function inject(mesh: string, name: string, wanted: boolean): Promise<void> {
  const namespaces = [{ cluster: name, namespace: 'shop' }]
  const action = wanted ? 'enable' : 'clear'
  await whole.carryOut(ada, { type: 'sidecars.namespaces', mesh, namespaces, action, restart: true })
  await until(() => isInjected(name, wanted))
}

type Left = { code: string; ref: ObjectRef }

async function leftIn(name: string, by = ada): Promise<Left[]> {
  const { body } = await by.read(`/api/v1/clusters/${name}/leftovers`)
  expect(listAt(body, 'unread')).toEqual([])
  return listAt(body, 'stays').flatMap((stay) =>
    listAt(stay, 'objects').map((ref) => ({ code: textAt(stay, 'code') ?? '', ref: ObjectRef.parse(ref) })),
  )
}

const differing = (name: string): string[] =>
  differences(before.get(name) ?? new Map(), snapshot(whole.member(name).server))

/** Kubernetes fills every namespace with these, whoever makes it. */
const ofKubernetes = ['ConfigMap istio-system/kube-root-ca.crt', 'ServiceAccount istio-system/default']

/** Nothing differs but what the cluster's page lists; when that is removed, nothing but the bare namespace. */
async function equalButListed(name: string): Promise<void> {
  const listed = async () => (await leftIn(name)).filter(({ code }) => code !== 'custom-resource')
  await until(async () => {
    const named = (await listed()).map(({ ref }) => nameOf(ref.kind, ref))
    const differs = differing(name).filter((each) => !ofKubernetes.includes(each))
    const unlisted = differs.filter((each) => !named.includes(each))
    const untrue = named.filter((each) => !differs.includes(each))
    return [...unlisted.map((each) => `not listed: ${each}`), ...untrue.map((each) => `listed: ${each}`)].join('\n')
  })
  const codes = [...new Set((await listed()).map(({ code }) => code))]
  expect(codes).toContain('root-certificate')
  for (const code of codes) {
    const objects = (await listed()).filter((each) => each.code === code).map(({ ref }) => ref)
    await whole.carryOut(ada, { type: 'clusters.clean', name, objects })
  }
  await until(async () => (await listed()).map(({ ref }) => nameOf(ref.kind, ref)).join('\n'))
  expect(differing(name)).toEqual([...ofKubernetes, 'Namespace istio-system'].toSorted())
}

/** Who may not remove what is left is told which right is missing, and nothing of what they may not see. */
async function refused(name: string): Promise<void> {
  const ann = await whole.person('ann')
  const found = await leftIn(name, ada)
  const planned = async (code: string) => {
    const objects = found.filter((each) => each.code === code).map(({ ref }) => ref)
    return (await ann.write('/api/v1/plans', { body: { intent: { type: 'clusters.clean', name, objects } } })).body
  }
  for (const [code, resource] of [
    ['root-certificate', 'configmaps'],
    ['leader-election', 'leases'],
    ['custom-resource', 'customresourcedefinitions'],
  ] as const) {
    const params = listAt(await planned(code), 'blocked').map((each) => recordAt(each, 'params'))
    expect(params).toContainEqual(expect.objectContaining({ cluster: name, verb: 'delete', resource, user: 'ann' }))
  }
  expect(JSON.stringify(await planned('control-plane-secret'))).toContain('clusters.not_left_over')
  const { body } = await ann.read(`/api/v1/clusters/${name}/leftovers`)
  expect(JSON.stringify(listAt(body, 'stays'))).not.toContain('istio-ca-secret')
  expect(listAt(body, 'unread').map((each) => textAt(each, 'code'))).toEqual(['clusters.leftovers_forbidden'])
}

test('a dedicated mesh, made, changed, injected into and taken apart', { timeout: 200_000 }, async () => {
  const spec = (settings: object) => ({
    kind: 'Dedicated',
    version: 'v1.30.3',
    controlPlane: { cluster: 'member-1', replicas: 2 },
    settings,
  })
  await whole.carryOut(ada, { type: 'meshes.create', name: 'one', spec: spec({}) })
  const isolated = { sidecar: { discoveryIsolation: true }, system: { accessLog: { enabled: true } } }
  await whole.carryOut(ada, { type: 'meshes.update', name: 'one', spec: spec(isolated) })
  await inject('one', 'member-1', true)
  await inject('one', 'member-1', false)
  await whole.carryOut(ada, { type: 'meshes.delete', name: 'one', uninstall: true })
  await refused('member-1')
  await equalButListed('member-1')
  expect(differing('hub')).toEqual([])
})

test('a managed mesh of two networks, joined, left and taken apart', { timeout: 300_000 }, async () => {
  const spec = {
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlane: { cluster: 'member-1', entrance: { type: 'LoadBalancer' } },
    members: [{ cluster: 'member-2', network: 'network-1' }],
  }
  await whole.carryOut(ada, { type: 'meshes.create', name: 'many', spec })
  await whole.carryOut(ada, {
    type: 'meshes.join',
    name: 'many',
    members: [{ cluster: 'member-3', network: 'network-3' }],
    inject: [{ cluster: 'member-3', namespace: 'shop' }],
  })
  await inject('many', 'member-2', true)
  await inject('many', 'member-2', false)
  await inject('many', 'member-3', false)
  await whole.carryOut(ada, { type: 'meshes.leave', name: 'many', clusters: ['member-3'] })
  await equalButListed('member-3')
  await whole.carryOut(ada, { type: 'meshes.delete', name: 'many', uninstall: true })
  for (const name of ['member-2', 'member-1']) await equalButListed(name)
  expect(differing('hub')).toEqual([])
})

test('an external mesh, governed and let go', { timeout: 200_000 }, async () => {
  const spec = { kind: 'External', controlPlane: { cluster: 'member-4', revision: 'default' } }
  await whole.carryOut(ada, { type: 'meshes.create', name: 'theirs', spec })
  await inject('theirs', 'member-4', true)
  await inject('theirs', 'member-4', false)
  await whole.carryOut(ada, { type: 'meshes.delete', name: 'theirs', uninstall: false })
  await until(async () => differing('member-4').join('\n'))
  expect(await leftIn('member-4')).toEqual([])
  expect(differing('hub')).toEqual([])
})
