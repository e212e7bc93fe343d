import type { Check } from '@orbweaver/contracts/clusters'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { makeRoot } from '@orbweaver/istio/certificates/make'
import { isMesh, type Mesh, readMesh } from '@orbweaver/istio/meshes/mesh'
import { seedGround } from '@orbweaver/sandbox/fleet/seed'
import { preflightText } from '@orbweaver/istio/preflight/text.en'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openFleet, type RunningFleet } from '../../kube/fleet.ts'
import { openViewer } from '../../kube/viewer.ts'
import { isBeingRead } from '../../reconciler/observe.ts'
import { bind, register, startHub, startMember, startMemberOf, type TestCluster } from '../../testing/clusters.ts'
import { controlPlane, node, ofNamespace, rootEnding } from '../../testing/fault-objects.ts'
import { type Fault, faults, type Place, spoilt } from '../../testing/faults.ts'
import { preflightOf } from './preflight.ts'

/** What preflight.test.ts does not plant in its one spoilt world, one fault at a time; both together are every row. */
let hub: TestCluster
const members = new Map<string, TestCluster>()
let fleet: RunningFleet

beforeAll(async () => {
  hub = await startHub()
  seedGround(hub, { istioKinds: true }, 'hub')
  const versions: [string, string | undefined][] = [
    ['east', undefined],
    ['west', undefined],
    ['plain', undefined],
    ['old', 'v1.27.3'],
    ['new', 'v1.39.0'],
  ]
  for (const [name, version] of versions) {
    const member = await (version === undefined ? startMember(name) : startMemberOf(version, name))
    members.set(name, member)
    const operator = { image: 'sail-operator:1.30', newestMinor: 30 }
    seedGround(member, { istioKinds: true, ...(name !== 'plain' && { operator }) }, 'member')
    register(hub, member, name === 'plain' ? {} : { network: 'n1' })
  }
  members.get('east')?.store.put(node('10.66.0.0/16'))
  members.get('west')?.store.put(node('10.77.0.0/16'))
  register(hub, { name: 'lost', connection: { server: 'http://127.0.0.1:9', token: 'any' } }, { network: 'n1' })
  for (const each of [hub, ...members.values()]) {
    bind(each, { user: 'ada', role: 'orbweaver-admin' })
    bind(each, { user: 'vic', role: 'orbweaver-viewer' })
  }
  fleet = openFleet({ hub: hub.connection, self: false, log: pino({ level: 'silent' }), offered: [] })
  await vi.waitFor(
    () => {
      for (const name of members.keys()) {
        const door = fleet.get(name)
        expect(door !== undefined && !isBeingRead(door)).toBe(true)
      }
    },
    { timeout: 30_000 },
  )
}, 60_000)
afterAll(async () => {
  fleet.close()
  await Promise.all([hub, ...members.values()].map((each) => each.close()))
})

function meshFor({ spec = {}, name = 'shop' }: Fault): Mesh {
  const usual = { kind: 'Managed', version: 'v1.30.3', ...controlPlane({}), members: [{ cluster: 'west' }] }
  const object = { apiVersion: 'orbweaver.dev/v1alpha1', kind: 'Mesh', metadata: { name }, spec: { ...usual, ...spec } }
  const mesh = readMesh(object)
  return isMesh(mesh) ? mesh : expect.fail(JSON.stringify(mesh.problems))
}

const storeOf = (place: Place) => (place === 'hub' ? hub : (members.get(place) ?? expect.fail(place))).store
const keyOf = ({ apiVersion, kind, metadata: { name, namespace } }: KubernetesObject) => ({
  apiVersion,
  kind,
  name,
  ...(namespace !== undefined && { namespace }),
})

/** Plants it, and hands over what takes it back. */
function planted({ plant, alter }: Fault): () => void {
  const [place, ...objects] = plant ?? ['east' as const]
  const undone: (() => void)[] = []
  for (const object of objects) {
    const store = storeOf(place)
    store.put(object)
    undone.push(() => store.remove(keyOf(object)))
  }
  if (alter !== undefined) {
    const store = storeOf(alter.in)
    const key = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: alter.definition }
    const live = store.get(key) ?? expect.fail(alter.definition)
    store.put(alter.change(live))
    undone.push(() => {
      store.remove(key)
      store.put({ apiVersion: live.apiVersion, kind: live.kind, metadata: { name: alter.definition }, spec: live.spec })
    })
  }
  return () => {
    for (const each of undone.toReversed()) each()
  }
}

const asked = (fault: Fault) =>
  preflightOf({ fleet, viewer: openViewer(fleet, { user: fault.by ?? 'ada', groups: [] }) }, meshFor(fault), {
    creating: true,
  })

/** Rows that a mesh has as it is: nothing is to be mended for them to be there. */
const ofMesh = (fault: Fault): boolean => fault.plant === undefined && fault.alter === undefined

test.each(faults)('$row is told, with what it was seen in, and gone when it is mended', async (fault) => {
  const { row, at, severity, seen } = fault
  const found = (checks: readonly Check[]) => checks.filter(({ id, cluster }) => id === row && cluster === at)
  const mend = planted(fault)
  try {
    const told = await vi.waitFor(
      async () => {
        const checks = found(await asked(fault))
        expect(checks.map((each) => each.severity)).toEqual([severity])
        return checks[0]
      },
      { timeout: 10_000, interval: 50 },
    )
    if (seen !== undefined) expect(JSON.stringify(told?.evidence)).toContain(`"${seen}`)
    if (severity === 'blocking' || severity === 'warning') expect(told?.fix?.code ?? row).toMatch(/[a-z]/)
  } finally {
    mend()
  }
  if (!ofMesh(fault)) {
    await vi.waitFor(async () => expect(found(await asked(fault))).toEqual([]), { timeout: 10_000, interval: 50 })
  }
})

test.each([
  { days: 30, row: 'root.ends', severity: 'warning' },
  { days: -3, row: 'root.expired', severity: 'blocking' },
] as const)('$row is told with the certificate', async ({ days, row, severity }) => {
  const fault: Fault = { row, severity, at: 'east', plant: ['east', ofNamespace({}), await rootEnding(days)] }
  const mend = planted(fault)
  await vi.waitFor(async () => {
    const told = (await asked(fault)).find(({ id }) => id === row)
    expect(told).toMatchObject({ cluster: 'east', severity, fix: { code: 'change-root' } })
    expect(JSON.stringify(told?.evidence)).toContain('istio-ca-root-cert')
  })
  mend()
})

test('root.replaced is told where an earlier installation handed out another root than the mesh begins with', async () => {
  const fault: Fault = { row: 'root.replaced', severity: 'warning', at: 'east' }
  const mend = planted({ ...fault, plant: ['east', ofNamespace({}), await rootEnding(300)] })
  const { certificate } = await makeRoot({ organization: 'New', years: 1, now: new Date() })
  const asking = { fleet, viewer: openViewer(fleet, { user: 'ada', groups: [] }) }
  const rows = async (roots: string) =>
    (await preflightOf(asking, meshFor(fault), { creating: true, roots })).filter(({ id }) => id === fault.row)
  await vi.waitFor(async () => {
    expect(await rows(certificate)).toMatchObject([{ cluster: 'east', severity: 'warning' }])
  })
  mend()
  await vi.waitFor(async () => expect(await rows(certificate)).toEqual([]))
})

/** Nothing is wrong, or nothing is known. */
const calm =
  /^withheld|\.(yes|ok|none|found|works|private|will-be-made|absent|running|same|stated|assumed|proved|cni|unknown|unread|unreadable)$/

const ofRoots = ['root.ends', 'root.expired', 'root.replaced']

test('every row that warns or blocks is seen in one of the two worlds, or told by istiod or a Prometheus alone', () => {
  const rows = Object.entries(preflightText.check).flatMap(([topic, outcomes]) =>
    Object.keys(outcomes).map((each) => `${topic}.${each.replace(/_(one|other)$/, '')}`),
  )
  const seen = new Set([...faults.map(({ row }) => row), ...spoilt.map(([row]) => row), ...ofRoots])
  const unseen = [...new Set(rows)].filter((each) => !calm.test(each) && !seen.has(each))
  const ofPrometheus = ['prometheus.unnamed', 'prometheus.known', 'prometheus.empty', 'prometheus.silent']
  expect(unseen).toEqual(['peer-address.refuted', ...ofPrometheus])
})
