import { describe, expect, it } from 'vitest'
import { paths } from '../../paths.ts'
import { fitting } from '../search/use-entries.ts'
import { readNext } from '../sign-in-page.tsx'
import { trailOf } from './breadcrumb.tsx'
import { currentItem, fleetItems, meshItems, meshOf } from './navigation.ts'

describe('the rail', () => {
  it('marks the word whose page, or a page below it, is shown', () => {
    const items = [...fleetItems, ...meshItems('prod')]
    const word = (pathname: string) => currentItem(items, pathname)?.to
    expect(word('/')).toBe('/')
    expect(word('/history/chg-1')).toBe('/history')
    expect(word('/meshes/prod')).toBe('/meshes/prod')
    expect(word('/meshes/prod/objects/east/a/b/c')).toBe('/meshes/prod/objects')
    expect(word(paths.explainCall('prod'))).toBe('/meshes/prod/explain')
    expect(word('/meshes/production')).toBe('/meshes')
  })

  it('knows the mesh an address is inside of', () => {
    expect(meshOf(paths.sidecars('prod'))).toBe('prod')
    expect(meshOf(paths.meshes())).toBeUndefined()
  })

  it('has one key a place', () => {
    const keys = fleetItems.map((item) => item.key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('the breadcrumb', () => {
  it('leads to the pages above', () => {
    expect(trailOf('/meshes/prod/objects/east').map((each) => each.to)).toEqual([
      '/meshes',
      '/meshes/prod',
      '/meshes/prod/objects',
    ])
    expect(trailOf(paths.meshCreate())).toEqual([{ segment: 'meshes', to: '/meshes' }])
    expect(trailOf('/')).toEqual([])
  })
})

describe('the search', () => {
  it('wants every word typed, in any order and case', () => {
    expect(fitting('HIST')({ label: 'History', note: undefined })).toBe(true)
    expect(fitting('prod side')({ label: 'Sidecars', note: 'prod' })).toBe(true)
    expect(fitting('prod gate')({ label: 'Sidecars', note: 'prod' })).toBe(false)
    expect(fitting('  ')({ label: 'Sidecars', note: undefined })).toBe(true)
  })
})

describe('where to go after signing in', () => {
  it.each([
    ['/meshes?page=2', '/meshes?page=2'],
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['/\\evil.example', '/'],
    [undefined, '/'],
  ])('%s → %s', (next, expected) => {
    expect(readNext(next === undefined ? {} : { next }).next).toBe(expected)
  })
})
