import { describe, expect, it } from 'vitest'
import { consequences, inOrder } from './choice.ts'
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

it('lists what can be chosen first', () => {
  const unavailable = { code: 'meshes.cluster_taken', params: { mesh: 'shop' } }
  const rows = [
    { name: 'a', versions: [], istio: [], unavailable },
    { name: 'c', versions: [], istio: [] },
    { name: 'b', versions: [], istio: [] },
  ]
  expect(inOrder(rows).map((each) => each.name)).toEqual(['b', 'c', 'a'])
})
