import { describe, expect, it } from 'vitest'
import { clustersIn, consequences, forbids, governable, inOrder, versionChoices } from './choice.ts'
import { newDraft } from './draft.ts'
import { toValues } from './values.ts'

const empty = toValues(newDraft('Dedicated'))
const istio = (namespace: string, revision: string, mesh?: string) => ({
  namespace,
  revision,
  installer: 'helm',
  ...(mesh === undefined ? {} : { mesh }),
})

describe('consequences', () => {
  it('proposes the newest version, and keeps one that the cluster installs too', () => {
    const choice = { name: 'east', versions: ['v1.30.3', 'v1.29.2'], istio: [] }
    expect(consequences('Dedicated', [choice], empty)).toEqual({ version: 'v1.30.3' })
    expect(consequences('Managed', [choice], { ...empty, version: 'v1.29.2' })).toEqual({ version: 'v1.29.2' })
    expect(consequences('Dedicated', [choice], { ...empty, version: 'v1.20.0' })).toEqual({ version: 'v1.30.3' })
  })

  it('proposes no candidate while there is a release', () => {
    const choice = { name: 'east', versions: ['v1.31.0-beta.1', 'v1.30.3'], istio: [] }
    expect(consequences('Dedicated', [choice], empty)).toEqual({ version: 'v1.30.3' })
    const candidate = { ...choice, versions: ['v1.31.0-beta.1'] }
    expect(consequences('Dedicated', [candidate], empty)).toEqual({ version: 'v1.31.0-beta.1' })
  })

  it('adopts the only control plane that nobody governs, in an external mesh alone', () => {
    const one = { name: 'west', versions: [], istio: [istio('a', 'x', 'shop'), istio('istio-system', 'default')] }
    expect(consequences('External', [one], empty)).toEqual({ found: 'istio-system/default' })
    const two = { ...one, istio: [istio('a', 'x'), istio('b', 'y')] }
    expect(consequences('External', [two], empty)).toEqual({ found: '' })
    expect(consequences('External', [two], { ...empty, found: 'b/y' })).toEqual({ found: 'b/y' })
    expect(consequences('External', [two], { ...empty, found: 'c/z' })).toEqual({ found: '' })
    const away = { ...istio('a', 'x'), remote: true }
    expect(consequences('External', [{ ...two, istio: [away, istio('b', 'y')] }], empty)).toEqual({ found: 'b/y' })
    expect(consequences('Dedicated', [{ ...one, versions: ['v1.30.3'] }], empty)).toEqual({ version: 'v1.30.3' })
  })
})

const on = (name: string, kubernetesVersion: string, versions = ['v1.31.0-beta.1', 'v1.30.3', 'v1.29.2']) => ({
  name,
  kubernetesVersion,
  versions,
  istio: [],
})

describe('versions', () => {
  const shown = (...clusters: ReturnType<typeof on>[]) =>
    versionChoices(clusters).map((each) => [
      each.version,
      [each.recommended && 'recommended', each.forbidden && 'forbidden', each.against?.code].filter(Boolean).join(' '),
    ])

  it('that the Kubernetes of any cluster named forbids stay, with the reason; one is recommended', () => {
    expect(shown(on('east', 'v1.34.1'))).toEqual([
      ['v1.31.0-beta.1', ''],
      ['v1.30.3', 'recommended'],
      ['v1.29.2', ''],
    ])
    const older = on('old', 'v1.31.2', [])
    expect(shown(on('east', 'v1.34.1'), older)).toEqual([
      ['v1.31.0-beta.1', 'forbidden check.kubernetes.too-old'],
      ['v1.30.3', 'forbidden check.kubernetes.too-old'],
      ['v1.29.2', 'recommended'],
    ])
    expect(versionChoices([on('east', 'v1.34.1'), older])[1]?.against?.params).toMatchObject({ cluster: 'old' })
    expect(shown()).toEqual([])
  })

  it('follow a cluster that is chosen: a forbidden one is not kept', () => {
    const old = on('old', 'v1.31.2')
    expect(consequences('Dedicated', [old], { ...empty, version: 'v1.30.3' })).toEqual({ version: 'v1.29.2' })
    expect(consequences('Dedicated', [on('older', 'v1.20.0', ['v1.30.3'])], empty)).toEqual({ version: 'v1.30.3' })
    expect(forbids(old, 'v1.30.3')).toMatchObject({ code: 'check.kubernetes.too-old' })
    expect(forbids(old, 'v1.29.2')).toBeUndefined()
  })

  it('are asked of the clusters that a draft names', () => {
    const all = [on('east', 'v1.34.1'), on('old', 'v1.31.2')]
    const spec = { controlPlane: { cluster: 'old' }, members: [{ cluster: 'east' }, { cluster: 'gone' }] }
    expect(clustersIn(all, spec).map(({ name }) => name)).toEqual(['old', 'east'])
    expect(clustersIn(undefined, spec)).toEqual([])
  })
})

it('an external mesh may govern what is beside it in its namespace and is nobody else’s', () => {
  const away = { ...istio('a', 'remote'), remote: true }
  const all = [istio('a', 'x'), istio('a', 'y', 'mine'), istio('a', 'z', 'shop'), istio('b', 'x'), away]
  const choice = { name: 'west', versions: [], istio: all, unavailable: { code: 'meshes.cluster_taken', params: {} } }
  const offered = governable(choice, { mesh: 'mine', found: 'a/gone' })
  expect(offered.map(({ namespace, revision }) => [namespace, revision])).toEqual([
    ['a', 'x'],
    ['a', 'y'],
  ])
})

it('lists what can be chosen first', () => {
  const unavailable = { code: 'meshes.cluster_taken', params: { mesh: 'shop' } }
  const rows = [
    { name: 'a', versions: [], istio: [], unavailable },
    { name: 'c', versions: [], istio: [] },
    { name: 'b', versions: [], istio: [] },
  ]
  expect(inOrder(rows).map((each) => each.name)).toEqual(['b', 'c', 'a'])
})
