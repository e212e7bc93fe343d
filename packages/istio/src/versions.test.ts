import { expect, it } from 'vitest'
import { compareVersions, isPinned, readVersion, revisionName, supportOf } from './versions.ts'

it.each([
  ['v1.30.3', { major: 1, minor: 30, patch: 3 }],
  ['1.30', { major: 1, minor: 30, patch: undefined }],
  ['v1.34.2+k3s1', { major: 1, minor: 34, patch: 2 }],
  ['1.33+', { major: 1, minor: 33, patch: undefined }],
  ['v1.36.0-gke.100', { major: 1, minor: 36, patch: 0 }],
  ['v1.30-latest', { major: 1, minor: 30, patch: undefined }],
  ['master', undefined],
  ['', undefined],
])('reads %s', (text, version) => {
  expect(readVersion(text)).toEqual(version)
})

it('knows what each Istio asks of Kubernetes', () => {
  expect(supportOf('v1.30.3')).toMatchObject({ hard: 32 })
  expect(supportOf('1.29.1')).toMatchObject({ hard: 30, tested: [31, 35] })
  expect(supportOf('v9.9.9')).toBeUndefined()
  expect(supportOf('master')).toBeUndefined()
})

it('takes only full versions for pinned', () => {
  expect(['v1.30.3', 'v1.31.0-beta.1'].every(isPinned)).toBe(true)
  expect(['v1.30-latest', 'master', 'v1.30'].some(isPinned)).toBe(false)
})

it('sorts newest first, releases before their candidates, names last', () => {
  const sorted = ['master', 'v1.30.3', 'v1.31.0-rc.0', 'v1.29.6', 'v1.31.0', 'v1.30.10', 'latest', 'v1.30'].toSorted(
    compareVersions,
  )
  expect(sorted).toEqual(['v1.31.0', 'v1.31.0-rc.0', 'v1.30.10', 'v1.30.3', 'v1.30', 'v1.29.6', 'latest', 'master'])
})

it('names revisions as Sail does', () => {
  expect(revisionName('shop', 'v1.30.3')).toBe('shop-v1-30-3')
})
