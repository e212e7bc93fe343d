import { createHmac } from 'node:crypto'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { KubeClient } from '@orbweaver/kube/client'
import { createKubeClient } from '@orbweaver/kube/connect'
import { changes } from '@orbweaver/kube/resources'
import { pino } from 'pino'
import { executeDue } from '../changes/executor.ts'
import type { Keys } from '../changes/keys.ts'
import type { PreparedItem, Worked } from '../changes/prepared.ts'
import type { ChangeRecord } from '../changes/record.ts'
import { ownRecord } from '../changes/seal.ts'
import { storeChange } from '../changes/store.ts'
import type { ClusterDoor, Fleet } from '../kube/doors.ts'
import { startHub, type TestCluster } from './clusters.ts'

/** A write of the console's own account: to which object, and how long it was (bytes). */
type OwnWrite = { verb: 'create' | 'replace' | 'remove'; name: string; bytes: number }

export type ChangeHub = {
  server: TestCluster
  door: ClusterDoor
  fleet: Fleet
  keys: Keys
  writes: OwnWrite[]
  /** Asked before every write of the console's own: what it throws is how the write ends. */
  before: { write: (write: OwnWrite) => void }
  /** Changes and parts as they lie in the hub. */
  stored(): KubernetesObject[]
  close(): Promise<void>
}

/** A test is no load that an API server must be spared. */
const limits = { qps: 10_000, burst: 10_000, maxInFlight: 30 }
const kind = { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Change' }

/** A real API with the shipped definitions, and the doors of the change engine before it; people may do everything. */
export async function openChangeHub(): Promise<ChangeHub> {
  const server = await startHub()
  server.store.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'orbweaver-system' } })
  server.addUser({ token: 'people', name: 'ada', groups: ['system:masters'] })
  const own = createKubeClient({ cluster: 'hub', connection: server.connection, limits })
  const people = createKubeClient({ cluster: 'hub', connection: { server: server.url, token: 'people' }, limits })
  const writes: OwnWrite[] = []
  const before: ChangeHub['before'] = { write: () => undefined }
  const stored = () => server.store.list(kind)
  const door: ClusterDoor = {
    name: 'hub',
    server: server.url,
    ends: [],
    own: watched(own, writes, before),
    as: () => people,
    may: () => Promise.resolve(true),
    mayBe: () => Promise.resolve('yes'),
    nameOf: ({ user }) => user,
    mirror: {
      list: ({ plural }) => (plural === changes.plural ? stored() : []),
      get: ({ plural }, { name }) => (plural === changes.plural ? server.store.get({ ...kind, name }) : undefined),
      known: () => true,
      version: () => 0,
      truth: () => ({ cluster: 'hub', state: 'fresh' }),
      onChange: () => () => undefined,
    },
  }
  return {
    server,
    door,
    fleet: {
      hub: door,
      get: () => undefined,
      all: () => [door],
      prometheusCredentials: () => undefined,
      offered: () => [],
      unusable: () => [],
      onChange: () => () => undefined,
    },
    keys: { mac: (purpose, text) => Promise.resolve(createHmac('sha256', purpose).update(text).digest('hex')) },
    writes,
    before,
    stored,
    async close() {
      await Promise.all([own.close(), people.close()])
      await server.close()
    },
  }
}

function watched(own: KubeClient, writes: OwnWrite[], before: ChangeHub['before']): KubeClient {
  const note = (verb: OwnWrite['verb'], name: string, object?: object) => {
    const write = { verb, name, bytes: object === undefined ? 0 : Buffer.byteLength(JSON.stringify(object)) }
    before.write(write)
    writes.push(write)
  }
  return {
    ...own,
    async create(resource, object, options) {
      note('create', object.metadata.name, object)
      return own.create(resource, object, options)
    },
    async replace(resource, object, options) {
      note('replace', object.metadata.name, object)
      return own.replace(resource, object, options)
    },
    async remove(resource, target, options) {
      note('remove', target.name)
      return own.remove(resource, target, options)
    },
  }
}

/** A plan that makes so many namespaces, each with so many bytes in an annotation. */
export function namespacesPlan(count: number, bytes = 0): Worked {
  const items = Array.from({ length: count }, (_, index): PreparedItem => {
    const name = `made-${index + 1}`
    const metadata = { name, annotations: { filler: 'x'.repeat(bytes) } }
    return {
      id: `item-${index + 1}`,
      ref: { cluster: 'hub', group: '', version: 'v1', kind: 'Namespace', name },
      op: 'create',
      how: 'replace',
      by: 'person',
      touched: [],
      object: { apiVersion: 'v1', kind: 'Namespace', metadata },
      dryRun: { state: 'accepted', warnings: [] },
      blocked: [],
    }
  })
  return {
    items,
    intent: { type: 'clusters.prepare-hub' },
    plan: {
      fingerprint: 'agreed',
      title: { code: 'clusters.prepare-hub', params: { count } },
      items: [],
      derived: [],
      findings: { introduced: [], solved: [], remaining: [] },
      impact: { workloads: [], podsRestarting: 0, connectionsBreak: false, notes: [] },
      blocked: [],
      undoable: true,
      clusters: [],
    },
  }
}

export async function storeIn(
  { door, keys }: ChangeHub,
  worked: Worked,
  now = () => new Date(),
): Promise<ChangeRecord | undefined> {
  const wanted = { worked, actor: { user: 'ada', groups: [] }, reason: undefined, undoOf: undefined }
  const stored = await storeChange({ hub: door, keys, now }, wanted)
  return 'refused' in stored ? undefined : stored
}

/** One round of the executor of a replica that holds the Lease. */
export function executeIn({ fleet, keys }: ChangeHub): Promise<void> {
  const log = pino({ level: 'silent' })
  return executeDue({ fleet, keys, log, now: () => new Date(), mayWrite: () => true, holder: 'test' })
}

/** The Change as it lies in the hub now. */
export async function freshIn({ door, keys }: ChangeHub, { name }: ChangeRecord): Promise<ChangeRecord> {
  const record = await ownRecord({ hub: door, keys }, name)
  if (record === undefined) throw new Error('it is gone')
  return record
}
