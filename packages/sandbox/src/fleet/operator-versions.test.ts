import { at, listAt } from '@orbweaver/contracts/json'
import { sailCrds } from '@orbweaver/schemas/sail'
import { expect, test } from 'vitest'
import { operatorVersions, withVersions } from './operator-versions.ts'

const PATH = [
  'spec',
  'versions',
  0,
  'schema',
  'openAPIV3Schema',
  'properties',
  'spec',
  'properties',
  'version',
] as const

test('an older operator knows older versions', () => {
  const versions = operatorVersions(30)
  const eol = (name: string): boolean | undefined => versions.find((each) => each.name === name)?.eol
  expect(eol('v1.31.0-beta.1')).toBeUndefined()
  expect(eol('v1.30.3')).toBe(false)
  expect(eol('v1.28.0')).toBe(false)
  expect(eol('v1.27.0')).toBe(true)
})

test('the enum of its CRD shrinks with it, default included', () => {
  const istio = sailCrds.find((each) => each.metadata.name === 'istios.sailoperator.io')
  if (istio === undefined) throw new Error('no Istio CRD')
  const crd = withVersions(istio, operatorVersions(30))
  expect(listAt(crd, ...PATH, 'enum')).not.toContain('v1.31.0-beta.1')
  expect(listAt(crd, ...PATH, 'enum')).toContain('v1.30.3')
  expect(listAt(crd, ...PATH, 'enum')).toContain(at(crd, ...PATH, 'default'))
})
