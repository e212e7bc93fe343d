import { describe, expect, it } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { clustersOf, isMesh, type Mesh, readMesh } from './mesh.ts'
import { defaultTagWebhookName, nameTooLong, revisionOf } from './names.ts'

const object = (spec: JsonRecord, name = 'shop') => ({
  apiVersion: 'orbweaver.dev/v1alpha1',
  kind: 'Mesh',
  metadata: { name },
  spec,
})

function mesh(spec: JsonRecord, name?: string): Mesh {
  const read = readMesh(object(spec, name))
  if (!isMesh(read)) throw new Error(JSON.stringify(read))
  return read
}

describe('readMesh', () => {
  it('fills in the defaults', () => {
    expect(mesh({ kind: 'Dedicated', version: 'v1.30.3', controlPlane: { cluster: 'hub' } })).toMatchObject({
      controlPlane: {
        namespace: 'istio-system',
        entrance: { type: 'LoadBalancer', annotations: {} },
        autoscaling: undefined,
      },
      members: [],
      deletionPolicy: 'Retain',
      repair: 0,
      deleting: false,
    })
  })

  it('reads all of it', () => {
    const spec = {
      kind: 'Managed',
      version: 'v1.30.3',
      displayName: 'Shop',
      deletionPolicy: 'Uninstall',
      repair: 2,
      controlPlane: {
        cluster: 'hub',
        namespace: 'mesh',
        entrance: { type: 'Address', address: '192.0.2.1', annotations: { a: 'b' } },
        autoscaling: { min: 2, max: 4 },
        size: 'S50P200',
        imageHub: 'registry.example.com/istio',
      },
      members: [{ cluster: 'east', network: 'n1' }, { cluster: 'west' }, { network: 'n2' }, 'odd'],
    }
    const read = mesh(spec)
    expect(read).toMatchObject({ displayName: 'Shop', deletionPolicy: 'Uninstall', repair: 2 })
    expect(read.controlPlane).toMatchObject({ autoscaling: { min: 2, max: 4 }, entrance: { address: '192.0.2.1' } })
    expect(read.members).toEqual([
      { cluster: 'east', network: 'n1', values: {} },
      { cluster: 'west', network: undefined, values: {} },
    ])
    expect(clustersOf(read)).toEqual(['hub', 'east', 'west'])
  })

  it.each([
    [{}, ['mesh-kind-unknown', 'mesh-without-cluster', 'mesh-without-version']],
    [{ kind: 'Ambient', controlPlane: { cluster: 'a' }, version: 'v1' }, ['mesh-kind-unknown']],
    [{ kind: 'Managed', controlPlane: { cluster: 'a' } }, ['mesh-without-version']],
  ])('says what is wrong with %j', (spec, codes) => {
    const read = readMesh(object(spec))
    expect(isMesh(read) ? [] : read.problems.map((each) => each.code)).toEqual(codes)
  })
})

describe('names', () => {
  const at = { controlPlane: { cluster: 'hub' } }
  it('takes the revision from the version, of an external mesh from what it adopted', () => {
    expect(revisionOf(mesh({ kind: 'Dedicated', version: 'v1.30.3', ...at }))).toBe('shop-v1-30-3')
    expect(revisionOf(mesh({ kind: 'External', controlPlane: { cluster: 'hub', revision: 'canary' } }))).toBe('canary')
    expect(revisionOf(mesh({ kind: 'External', ...at }))).toBe('default')
  })

  it('keeps the Helm release of a revision within 53 characters', () => {
    const long = (length: number, version: string) =>
      nameTooLong(mesh({ kind: 'Managed', version, ...at }, 'a'.repeat(length)))
    expect(long(38, 'v1.30.3')).toBe(false)
    expect(long(39, 'v1.30.3')).toBe(true)
    expect(long(38, 'v1.30.10')).toBe(true)
  })

  it('names the tag webhook as the chart does', () => {
    expect(defaultTagWebhookName('istio-system')).toBe('istio-revision-tag-default')
    expect(defaultTagWebhookName('mesh')).toBe('istio-revision-tag-default-mesh')
  })
})
