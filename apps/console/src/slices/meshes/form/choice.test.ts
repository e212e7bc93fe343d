import { describe, expect, it } from 'vitest'
import { consequences, governable, inOrder } from './choice.ts'
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
    expect(consequences('Dedicated', choice, empty)).toEqual({ version: 'v1.30.3' })
    expect(consequences('Managed', choice, { ...empty, version: 'v1.29.2' })).toEqual({ version: 'v1.29.2' })
    expect(consequences('Dedicated', choice, { ...empty, version: 'v1.20.0' })).toEqual({ version: 'v1.30.3' })
  })

  it('proposes no candidate while there is a release', () => {
    const choice = { name: 'east', versions: ['v1.31.0-beta.1', 'v1.30.3'], istio: [] }
    expect(consequences('Dedicated', choice, empty)).toEqual({ version: 'v1.30.3' })
    const candidate = { ...choice, versions: ['v1.31.0-beta.1'] }
    expect(consequences('Dedicated', candidate, empty)).toEqual({ version: 'v1.31.0-beta.1' })
  })

  it('adopts the only control plane that nobody governs, in an external mesh alone', () => {
    const one = { name: 'west', versions: [], istio: [istio('a', 'x', 'shop'), istio('istio-system', 'default')] }
    expect(consequences('External', one, empty)).toEqual({ found: 'istio-system/default' })
    const two = { ...one, istio: [istio('a', 'x'), istio('b', 'y')] }
    expect(consequences('External', two, empty)).toEqual({ found: '' })
    expect(consequences('External', two, { ...empty, found: 'b/y' })).toEqual({ found: 'b/y' })
    expect(consequences('External', two, { ...empty, found: 'c/z' })).toEqual({ found: '' })
    const away = { ...istio('a', 'x'), remote: true }
    expect(consequences('External', { ...two, istio: [away, istio('b', 'y')] }, empty)).toEqual({ found: 'b/y' })
    expect(consequences('Dedicated', { ...one, versions: ['v1.30.3'] }, empty)).toEqual({ version: 'v1.30.3' })
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
