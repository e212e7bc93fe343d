import { describe, expect, it } from 'vitest'
import { namespace, object } from '../samples.ts'
import { type ImportDocument, movedTo, portions, readImport } from './import.ts'

const mesh = {
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name: 'prod' },
  spec: {
    kind: 'Managed',
    version: 'v1.30.3',
    controlPlane: { cluster: 'east', namespace: 'istio-system' },
    members: [{ cluster: 'west', network: 'n2' }],
    deletionPolicy: 'Uninstall',
    repair: 4,
  },
}
const rule = object('VirtualService', 'search', { namespace: 'shop', spec: { hosts: ['search'] } })
const read = (...values: unknown[]) =>
  readImport(values.map((value): ImportDocument => ({ file: 'a.yaml', cluster: 'east', value })))
const codes = (...values: unknown[]) => read(...values).faults.map((each) => each.code)

describe('an import', () => {
  it('is one Mesh without what belonged to its hub, namespaces, and rules without what a server wrote', () => {
    const live = { ...rule, metadata: { ...rule.metadata, uid: 'u', resourceVersion: '7' }, status: {} }
    const found = read(mesh, live, namespace('shop', { 'istio-injection': 'enabled', team: 'a' }), null)
    expect(found.faults).toEqual([])
    expect(found.mesh?.spec).toEqual({
      kind: 'Managed',
      version: 'v1.30.3',
      controlPlane: { cluster: 'east', namespace: 'istio-system' },
      members: [{ cluster: 'west', network: 'n2' }],
    })
    expect(found.clusters).toEqual(['east', 'west'])
    expect(found.objects).toEqual([
      {
        cluster: 'east',
        object: {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } },
        },
      },
      { cluster: 'east', object: rule },
    ])
  })

  it('leaves out what the console makes from the Mesh, and what installs', () => {
    const own = object('Sidecar', 'default', { namespace: 'istio-system', labels: { 'orbweaver.dev/mesh': 'prod' } })
    const found = read(mesh, own, object('Istio', 'prod'))
    expect([found.leftOut, found.objects, found.faults]).toEqual([2, [], []])
  })

  it('refuses Secrets, other kinds, what has no namespace, what comes twice and what is no object', () => {
    const homeless = object('VirtualService', 'search', { spec: {} })
    expect(codes(mesh, object('Secret', 's', { namespace: 'shop' }))).toEqual(['meshes.import-secret'])
    expect(codes(mesh, object('Deployment', 'd', { namespace: 'shop' }))).toEqual(['meshes.import-kind'])
    expect(codes(mesh, homeless)).toEqual(['meshes.import-no-namespace'])
    expect(codes(mesh, rule, rule)).toEqual(['meshes.import-twice'])
    expect(codes(mesh, 'text', [1])).toEqual(['meshes.import-not-object', 'meshes.import-not-object'])
    expect(codes(rule)).toEqual(['meshes.import-no-mesh'])
    expect(codes(mesh, { ...mesh, metadata: { name: 'other' } })).toEqual(['meshes.import-two-meshes'])
  })

  it('moves to other clusters as a whole', () => {
    const moved = movedTo(read(mesh, rule), { east: 'tokyo' })
    expect(moved.mesh?.spec).toMatchObject({ controlPlane: { cluster: 'tokyo' }, members: [{ cluster: 'west' }] })
    expect(moved.objects.map((each) => each.cluster)).toEqual(['tokyo'])
  })

  it('is cut where a plan would be too large, and loses nothing', () => {
    const { objects } = read(
      mesh,
      ...Array.from({ length: 7 }, (_, index) => ({ ...rule, metadata: { name: `r${index}`, namespace: 'x' } })),
    )
    expect(portions(objects, { objects: 3, bytes: 100_000 }).map((each) => each.length)).toEqual([3, 3, 1])
    expect(portions(objects, { objects: 50, bytes: 1 }).flat()).toEqual(objects)
    expect(portions([])).toEqual([])
  })
})
