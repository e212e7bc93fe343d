import { describe, expect, it } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { istiod, meshOf, namespace, object } from '../samples.ts'
import { facts, run } from './samples.ts'

const members = [{ cluster: 'east', network: 'n1' }]
const managed = (spec: JsonRecord, ...objects: Parameters<typeof facts>[2][]) =>
  run({ kind: 'Managed', members, ...spec }, [facts('hub'), facts('east', {}, ...objects)]).filter((each) =>
    each.id.startsWith('identity.'),
  )
const config = (mesh: JsonRecord) =>
  Object.assign(object('ConfigMap', 'istio-v1', { namespace: 'istio-system', labels: { 'istio.io/rev': 'v1' } }), {
    data: { mesh: JSON.stringify(mesh) },
  })
const other = (clusterId: string) => istiod('v1', { env: [{ name: 'CLUSTER_ID', value: clusterId }] })

describe('another control plane in a cluster', () => {
  it('may call it what it likes, but not what another of the mesh is called', () => {
    expect(managed({}, other('Kubernetes')).map((each) => each.id)).toEqual(['identity.ok', 'identity.ok'])
    expect(managed({}, other('hub'))).toMatchObject([
      {
        id: 'identity.cluster-name-taken',
        severity: 'warning',
        cluster: 'east',
        params: { revision: 'v1', found: 'hub' },
        evidence: [{ ref: { kind: 'Deployment', name: 'istiod-v1' }, value: 'hub' }],
      },
      { id: 'identity.ok', cluster: 'hub' },
    ])
  })
  it('is told where its trust domain is another', () => {
    const [told] = managed({}, other('east'), config({ trustDomain: 'edge.local' }))
    expect(told).toMatchObject({
      id: 'identity.other-trust-domain',
      params: { found: 'edge.local', wanted: 'cluster.local' },
      evidence: [{ ref: { kind: 'ConfigMap', name: 'istio-v1' } }],
    })
    const settings = { system: { trustDomain: 'edge.local' } }
    const same = managed({ settings }, other('east'), config({ trustDomain: 'edge.local' }))
    expect(same.map((each) => each.id)).toEqual(['identity.ok', 'identity.ok'])
  })
  it('is told where it takes the cluster to be on another network', () => {
    const home = namespace('istio-system', { 'topology.istio.io/network': 'far' })
    expect(managed({}, other('east'), home)[0]).toMatchObject({
      id: 'identity.other-network',
      params: { found: 'far', wanted: 'n1' },
    })
  })
})

it('tells another mesh of the same ID', () => {
  const meshes = [
    meshOf({ kind: 'Dedicated', controlPlane: { cluster: 'far' }, settings: { system: { meshId: 'shop' } } }, 'old'),
  ]
  const told = run({ kind: 'Dedicated' }, [facts('hub')], { meshes }).find(
    (each) => each.id === 'identity.mesh-id-taken',
  )
  expect(told).toMatchObject({ severity: 'warning', params: { meshId: 'shop', mesh: 'old' } })
})

it('tells by what name an external mesh calls its cluster', () => {
  const spec = { kind: 'External', version: undefined, controlPlane: { cluster: 'hub', revision: 'v1' } }
  const named = (clusterId: string) => run(spec, [facts('hub', {}, other(clusterId))])
  expect(named('Kubernetes').find((each) => each.id === 'identity.other-name')).toMatchObject({
    severity: 'info',
    params: { found: 'Kubernetes' },
  })
  expect(named('hub').some((each) => each.id.startsWith('identity.'))).toBe(false)
})
