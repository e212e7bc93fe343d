import { listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { Connection } from '@orbweaver/kube/connection'
import { writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parse, stringify } from 'yaml'
import { openEngine } from '../../engine.ts'
import { type SignedInClient, signIn } from '../../testing/call.ts'
import { bind, register, role, startHub, startMember, type TestCluster } from '../../testing/clusters.ts'
import { atOnce, startTestServer, type TestServer } from '../../testing/server.ts'

const until = { timeout: 20_000, interval: 50 }
let hub: TestCluster
let members: TestCluster[]
let server: TestServer
let ada: SignedInClient
let vi_: SignedInClient

beforeAll(async () => {
  hub = await startHub()
  hub.store.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'orbweaver-system' } })
  members = await Promise.all(['east', 'west', 'north'].map(startMember))
  const rules = (verbs: string[]) => [{ apiGroups: ['orbweaver.dev'], resources: ['fleetclusters'], verbs }]
  role(hub, 'fleet-admin', rules(['get', 'list', 'create', 'update', 'delete']))
  role(hub, 'fleet-reader', rules(['get', 'list']))
  bind(hub, { user: 'ada', role: 'fleet-admin' })
  bind(hub, { user: 'vi', role: 'fleet-reader' })
  server = await startTestServer({
    hub: hub.connection,
    engine: (with_) => openEngine({ ...with_, holder: 'test', leaseSeconds: 3, readOnly: false }),
  })
  ada = await signIn(server.address, { mode: 'local', persona: 'admin' })
  vi_ = await signIn(server.address, { mode: 'local', persona: 'viewer' })
})
afterAll(async () => {
  await server.stop(atOnce)
  for (const each of [...members, hub]) await each.close()
})

const connectionOf = (name: string) => {
  const member = members.find((each) => each.name === name)
  if (member === undefined) throw new Error(`no ${name}`)
  return member.connection
}
const nowhere: Connection = { server: 'http://127.0.0.1:9', token: 'x' }

/** What a person has who works with several clusters: some of it is of no use to a console. */
function kubeconfig(more: { name: string; connection: Connection }[] = []): string {
  const usable = ['east', 'west'].map((name) => ({ name, connection: connectionOf(name) }))
  const document: unknown = parse(writeKubeconfig([...usable, ...more]))
  const entries = (key: string, entry: object) => [...listAt(document, key), entry]
  const cluster = { name: 'cloud', cluster: { server: 'https://cloud.invalid' } }
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'aws' }
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'east',
    clusters: entries('clusters', cluster),
    users: [...entries('users', { name: 'cloud', user: { exec } }), { name: 'files', user: { tokenFile: '/a' } }],
    contexts: [
      ...entries('contexts', { name: 'cloud', context: { cluster: 'cloud', user: 'cloud' } }),
      { name: 'files', context: { cluster: 'cloud', user: 'files' } },
    ],
  })
}

const pasted = (text = kubeconfig()) => ({ kind: 'pasted', kubeconfig: text })
const several = (clusters: { name: string; context: string }[], text?: string) => ({
  type: 'clusters.register',
  source: pasted(text),
  clusters: clusters.map((each) => ({ ...each, spec: { region: 'eu' } })),
})
const plan = (intent: object, who = ada) => who.write('/api/v1/plans', { body: { intent } })
const codes = (body: unknown, key = 'blocked') => listAt(body, key).map((each) => textAt(each, 'code'))

describe('a kubeconfig of several contexts', () => {
  test('tells each, and why those cannot be taken that cannot', async () => {
    const { status, body, text } = await ada.write('/api/v1/kubeconfig/read', { body: { source: pasted() } })
    expect(status).toBe(200)
    const told = listAt(body, 'contexts').map((each) => [textAt(each, 'context'), textAt(each, 'refusal', 'code')])
    expect(told).toEqual([
      ['east', undefined],
      ['west', undefined],
      ['cloud', 'kubeconfig.exec'],
      ['files', 'kubeconfig.token_file'],
    ])
    expect(text).not.toContain('console-token')
  })

  test('is read for nobody who may not register, and planned for nobody either', async () => {
    const read = await vi_.write('/api/v1/kubeconfig/read', { body: { source: pasted() } })
    expect(read.status).toBe(403)
    const right = { cluster: 'hub', verb: 'create', group: 'orbweaver.dev', resource: 'fleetclusters', user: 'vi' }
    expect(recordAt(read.body, 'data')).toEqual(right)
    const { body } = await plan(several([{ name: 'east', context: 'east' }]), vi_)
    expect(textAt(body, 'data', 'reasons', 0, 'code')).toBe('plan.forbidden')
  })

  test('is registered by one change: what is not chosen, or cannot be taken, is left', async () => {
    const refused = await plan(several([{ name: 'cloud', context: 'cloud' }]))
    expect(refused.text).toContain('kubeconfig.exec')
    const both = [
      { name: 'east', context: 'east' },
      { name: 'west-1', context: 'west' },
    ]
    const intent = several(both)
    const planned = await plan(intent)
    expect(codes(planned.body)).toEqual([])
    const named = listAt(planned.body, 'items').map((each) => [
      textAt(each, 'ref', 'kind'),
      textAt(each, 'ref', 'name'),
    ])
    expect(named).toEqual([
      ['Secret', 'cluster-east'],
      ['FleetCluster', 'east'],
      ['Secret', 'cluster-west-1'],
      ['FleetCluster', 'west-1'],
    ])
    expect(planned.text).not.toContain('console-token')
    const fingerprint = textAt(planned.body, 'fingerprint')
    const change = await ada.write('/api/v1/changes', { body: { intent, fingerprint } })
    expect(change.status).toBeLessThan(300)
    await vi.waitFor(async () => {
      const { body } = await ada.read('/api/v1/clusters')
      const states = listAt(body, 'clusters').map((each) => [textAt(each, 'cluster'), textAt(each, 'state')])
      expect(states).toEqual([
        ['east', 'fresh'],
        ['west-1', 'fresh'],
      ])
    }, until)
    const editing = async (who: SignedInClient) => codes((await who.read('/api/v1/clusters/east')).body, 'editing')
    expect([await editing(ada), await editing(vi_)]).toEqual([[], ['plan.forbidden']])
    const undo = await plan({ type: 'history.undo', change: textAt(change.body, 'name') })
    const removed = listAt(undo.body, 'items').map((each) => [textAt(each, 'op'), textAt(each, 'ref', 'name')])
    expect(removed).toEqual([
      ['delete', 'east'],
      ['delete', 'cluster-east'],
      ['delete', 'west-1'],
      ['delete', 'cluster-west-1'],
    ])
  })

  test('says which of them stand in the way, and why', async () => {
    const uid = members[2]?.store.get({ apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' })?.metadata.uid ?? ''
    const north = { name: 'north', connection: connectionOf('north') }
    register(hub, { name: 'known', connection: nowhere })
    const record = hub.store.get({ apiVersion: 'orbweaver.dev/v1alpha1', kind: 'FleetCluster', name: 'known' })
    if (record === undefined) throw new Error('not registered')
    hub.store.put({ ...record, status: { uid } })
    const text = kubeconfig([north, { ...north, name: 'north-2' }, { name: 'dark', connection: nowhere }])
    const clusters = ['north', 'north-2', 'dark'].map((name) => ({ name, context: name }))
    await vi.waitFor(async () => {
      const { body } = await plan(several(clusters, text))
      const told = listAt(body, 'blocked').map((each) => [
        textAt(each, 'code'),
        textAt(each, 'params', 'cluster') ?? textAt(each, 'params', 'name'),
      ])
      expect(told).toEqual([
        ['check.cluster.registered-already', 'north'],
        ['check.cluster.registered-already', 'north-2'],
        ['check.reachable.no', 'dark'],
        ['clusters.same_twice', 'north-2'],
      ])
    }, until)
    const twice = await plan(
      several(
        [clusters[0], clusters[0]].flatMap((each) => each ?? []),
        text,
      ),
    )
    expect(twice.text).toContain('clusters.name_twice')
  })
})
