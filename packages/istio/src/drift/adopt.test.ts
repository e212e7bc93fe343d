import type { Json } from '@orbweaver/contracts/json'
import { type KubernetesObject, refKey, refOf } from '@orbweaver/contracts/kubernetes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blueprint } from '../blueprints/blueprint.ts'
import { unread } from '../blueprints/samples.ts'
import type { Observed } from '../blueprints/stage.ts'
import { applyPaths } from '../diff/touched.ts'
import { isMesh, type Mesh, readMesh } from '../meshes/mesh.ts'
import { object } from '../samples.ts'
import { clusterView } from '../world/view.ts'
import { adopt, adoptAll } from './adopt.ts'
import { type Difference, differences, type Ground } from './differences.ts'

const apart: Observed = new Map([
  ['east', unread('n1')],
  ['west', unread('n2')],
])

const managed: KubernetesObject = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'shop' },
  spec: {
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlane: {
      cluster: 'east',
      replicas: 2,
      entrance: { type: 'Address', address: '10.0.0.1', annotations: {} },
    },
    members: [{ cluster: 'west', values: { a: 'b' } }],
    networks: { eastWestGateways: [{ cluster: 'west', replicas: 2, annotations: { lb: 'internal' } }] },
    settings: {
      governance: { outboundTrafficPolicy: 'REGISTRY_ONLY', retries: { retryOn: ['5xx'] } },
      system: { accessLog: { enabled: true } },
      sidecar: { discoveryIsolation: true, terminationDrainDuration: '1m' },
    },
    values: { pilot: { env: { A: 'b' } } },
  },
}
const dedicated: KubernetesObject = {
  ...managed,
  spec: { kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'east' }, settings: {}, values: {} },
}

function meshOf(object: KubernetesObject): Mesh {
  const mesh = readMesh(object)
  return isMesh(mesh) ? mesh : expect.fail('no mesh')
}

/** Clusters that hold what a mesh asks for, some of it edited by somebody, and some of it gone. */
function clusters(object: KubernetesObject, edits: Edit[], observed: Observed = apart): Ground {
  const held = new Map<string, KubernetesObject>()
  for (const { cluster, objects } of blueprint(meshOf(object), observed)) {
    for (const each of objects) held.set(refKey(refOf(cluster, each)), each)
  }
  for (const { kind, name, cluster, pointer, value } of edits) {
    for (const [key, each] of held) {
      if (each.kind !== kind || each.metadata.name !== name || !key.startsWith(`${cluster}/`)) continue
      if (pointer === undefined) held.delete(key)
      else held.set(key, applyPaths(each, [value === undefined ? { pointer } : { pointer, after: value }]))
    }
  }
  const look: Ground['look'] = (cluster, asked) => ({
    live: held.get(refKey(refOf(cluster, asked))),
    whole: asked.kind !== 'Deployment',
  })
  return { observed, look }
}

type Edit = { kind: string; name: string; cluster: string; pointer?: string; value?: Json }
const istio = (pointer: string, value?: Json): Edit => ({
  kind: 'Istio',
  name: 'shop',
  cluster: 'east',
  pointer: `/spec${pointer}`,
  ...(value !== undefined && { value }),
})
const member = (pointer: string, value?: Json): Edit => ({ ...istio(pointer, value), cluster: 'west' })

function adoptedBy(object: KubernetesObject, edits: Edit[], observed?: Observed) {
  const ground = clusters(object, edits, observed)
  const found = differences(meshOf(object), ground)
  const [first] = found
  return { ground, found, adopted: first === undefined ? undefined : adopt(object, first, ground) }
}

describe('what a cluster has', () => {
  it.each<[string, Edit, string, Json | undefined]>([
    [
      'a setting',
      istio('/values/meshConfig/outboundTrafficPolicy/mode', 'ALLOW_ANY'),
      '/spec/settings/governance/outboundTrafficPolicy',
      'ALLOW_ANY',
    ],
    [
      'a flag that is written as a path',
      istio('/values/meshConfig/accessLogFile', ''),
      '/spec/settings/system/accessLog/enabled',
      false,
    ],
    [
      'a list that is written as a text',
      istio('/values/meshConfig/defaultHttpRetryPolicy/retryOn', 'reset,5xx'),
      '/spec/settings/governance/retries/retryOn',
      ['reset', '5xx'],
    ],
    [
      'a duration',
      istio('/values/meshConfig/defaultConfig/terminationDrainDuration', '30s'),
      '/spec/settings/sidecar/terminationDrainDuration',
      '30s',
    ],
    [
      'a setting that was taken out',
      istio('/values/meshConfig/outboundTrafficPolicy/mode'),
      '/spec/settings/governance/outboundTrafficPolicy',
      undefined,
    ],
    [
      'a setting of a value no form takes',
      istio('/values/meshConfig/accessLogFile', '/var/log/a'),
      '/spec/values/meshConfig/accessLogFile',
      '/var/log/a',
    ],
    ['a number of istiods', istio('/values/pilot/replicaCount', 3), '/spec/controlPlane/replicas', 3],
    ['any other value', istio('/values/pilot/env/A', 'c'), '/spec/values/pilot/env/A', 'c'],
    ['a value of a member', member('/values/a', 'c'), '/spec/members/0/values/a', 'c'],
    ['a value that a member has no more', member('/values/a'), '/spec/members/0/values/a', undefined],
    [
      'how many gateways there are',
      { kind: 'Deployment', name: 'istio-eastwestgateway', cluster: 'west', pointer: '/spec/replicas', value: 5 },
      '/spec/networks/eastWestGateways/0/replicas',
      5,
    ],
    [
      'a value that the Mesh does not mention',
      istio('/values/pilot/cpu', { a: 1 }),
      '/spec/values/pilot/cpu',
      { a: 1 },
    ],
    ['such a value of a member', member('/values/more/x', 'y'), '/spec/members/0/values/more', { x: 'y' }],
    [
      'what a gateway may use, of which the Mesh says nothing',
      {
        kind: 'Deployment',
        name: 'istio-eastwestgateway',
        cluster: 'west',
        pointer: '/spec/template/spec/containers/0/resources',
        value: { limits: { memory: '1Gi' } },
      },
      '/spec/networks/eastWestGateways/0/resources',
      { limits: { memory: '1Gi' } },
    ],
    [
      'what a gateway may use, which the Mesh does not mention at all',
      {
        kind: 'Deployment',
        name: 'istio-eastwestgateway',
        cluster: 'east',
        pointer: '/spec/template/spec/containers/0/resources',
        value: { requests: { cpu: '200m' } },
      },
      '/spec/networks/eastWestGateways/1',
      { cluster: 'east', resources: { requests: { cpu: '200m' } } },
    ],
    [
      'an annotation of a gateway',
      {
        kind: 'Service',
        name: 'istio-eastwestgateway',
        cluster: 'west',
        pointer: '/metadata/annotations/lb',
        value: 'public',
      },
      '/spec/networks/eastWestGateways/0/annotations/lb',
      'public',
    ],
    [
      'that no isolation is there',
      { kind: 'Sidecar', name: 'default', cluster: 'east' },
      '/spec/settings/sidecar/discoveryIsolation',
      undefined,
    ],
    [
      'that services are not exposed',
      { kind: 'Gateway', name: 'cross-network-gateway', cluster: 'east' },
      '/spec/networks/exposeServices',
      false,
    ],
  ])('can be said by a Mesh: %s', (_, edit, ...[pointer, value]) => {
    const { adopted, found, ground } = adoptedBy(managed, [edit])
    expect(found).toHaveLength(1)
    expect(adopted?.pointer).toBe(pointer)
    const after = adopted?.object ?? expect.fail('not adopted')
    const said = pointer
      .slice(1)
      .split('/')
      .map((step) => (/^\d+$/.test(step) ? Number(step) : step))
    expect(
      said.reduce<unknown>((at, step) => (at === undefined ? undefined : Reflect.get(Object(at), step)), after),
    ).toEqual(value)
    expect(differences(meshOf(after), ground)).toEqual([])
  })

  it.each<[string, Edit]>([
    ['the name of a cluster', istio('/values/global/multiCluster/clusterName', 'else')],
    ['the network', istio('/values/global/network', 'else')],
    ['that members are served', istio('/values/pilot/env/EXTERNAL_ISTIOD', 'false')],
    ['the strategy of Sail', istio('/updateStrategy/type', 'InPlace')],
    ['the namespace', istio('/namespace', 'elsewhere')],
    ['the profile', istio('/profile', 'ambient')],
    ['a mesh ID that the members do not have', istio('/values/global/meshID', 'other')],
    ['a version that the members do not have', istio('/version', 'v1.30.4')],
    ['where members find istiod', member('/values/global/remotePilotAddress', '10.0.0.9')],
    [
      'a label of a namespace',
      {
        kind: 'Namespace',
        name: 'istio-system',
        cluster: 'east',
        pointer: '/metadata/labels/topology.istio.io~1network',
        value: 'n9',
      },
    ],
    ['that the control plane is gone', { kind: 'Istio', name: 'shop', cluster: 'east' }],
    [
      'a webhook',
      {
        kind: 'MutatingWebhookConfiguration',
        name: 'istio-revision-tag-default',
        cluster: 'west',
        pointer: '/webhooks',
        value: [],
      },
    ],
  ])('can not be said by a Mesh: %s', (_, edit) => {
    const { adopted, found } = adoptedBy(managed, [edit])
    expect(found).toHaveLength(1)
    expect(adopted).toBeUndefined()
  })

  it('has another version, or mesh ID, where all of the mesh has', () => {
    const name = 'shop-v1-30-3'
    const spec = { targetRef: { kind: 'IstioRevision', name } }
    const living = [object('IstioRevision', name), object('IstioRevisionTag', 'default', { spec })]
    const view = clusterView('east', living)
    const seen = new Map([['east', { ...unread(), view }]])
    for (const [edit, pointer] of [
      [istio('/version', 'v1.30.4'), '/spec/version'],
      [istio('/values/global/meshID', 'other'), '/spec/settings/system/meshId'],
    ] as const) {
      const { ground, adopted } = adoptedBy(dedicated, [edit], seen)
      expect(adopted?.pointer).toBe(pointer)
      expect(differences(meshOf(adopted?.object ?? dedicated), ground)).toEqual([])
    }
  })
})

const value = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.integer(), { maxLength: 3 }),
)
const name = fc.constantFrom('a', 'b', 'meshConfig', 'pilot', 'global', 'accessLogFile', 'env', 'replicaCount', 'x~1y')
const edits = fc.array(
  fc.tuple(fc.constantFrom('east', 'west'), fc.array(name, { minLength: 1, maxLength: 3 }), fc.option(value)).map(
    ([cluster, path, given]): Edit => ({
      ...istio(`/values/${path.join('/')}`, given ?? undefined),
      cluster,
    }),
  ),
  { maxLength: 6 },
)

describe('adopting', () => {
  it('leaves nothing that differs but what no Mesh can say, and brings nothing new', () => {
    fc.assert(
      fc.property(fc.constantFrom(managed, dedicated), edits, (object, made) => {
        const ground = clusters(object, made)
        const before = differences(meshOf(object), ground)
        const can = (each: Difference) => adopt(object, each, ground) !== undefined
        const after = adoptAll(object, before, ground)
        const left = differences(meshOf(after), ground)
        const places = (all: Difference[]) => all.map(({ ref, pointer }) => `${ref.cluster} ${pointer}`)
        expect(places(left).filter((each) => !places(before).includes(each))).toEqual([])
        expect(places(left)).toEqual(places(before.filter((each) => !can(each))))
      }),
      { numRuns: 200, seed: 1 },
    )
  })
})
