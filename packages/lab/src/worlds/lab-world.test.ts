import { describe, expect, it } from 'vitest'
import { labWorlds, worldNames } from './lab-world.ts'

describe.each(worldNames)('world %s', (name) => {
  const { istios, objects, teamNamespace } = labWorlds[name]
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace')

  it('brings the namespaces its objects lie in', () => {
    const there = new Set(['default', ...namespaces.map(({ metadata }) => metadata.name)])
    if (istios.length > 0) there.add('istio-system')
    expect(there).toContain(teamNamespace)
    const homeless = objects.filter(
      ({ kind, metadata }) => kind !== 'Namespace' && !there.has(metadata.namespace ?? ''),
    )
    expect(homeless).toEqual([])
  })

  it('labels namespaces for revisions and tags that are there', () => {
    const revisions = istios.flatMap(({ revision, tags }) => [revision, ...tags])
    const asked = namespaces.flatMap(({ metadata: { labels = {} } }) => {
      const rev = labels['istio.io/rev'] ?? (labels['istio-injection'] === 'enabled' ? 'default' : undefined)
      return rev === undefined ? [] : [rev]
    })
    expect(asked.filter((rev) => !revisions.includes(rev))).toEqual([])
    expect(new Set(revisions).size).toBe(revisions.length)
  })
})
