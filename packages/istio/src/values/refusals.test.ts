import type { JsonRecord } from '@orbweaver/contracts/json'
import { expect, it } from 'vitest'
import { meshOf } from '../samples.ts'
import { valueNotes, valueRefusals } from './refusals.ts'
import { loadValues } from './schema.ts'

const all = await loadValues()
const mesh = (values: JsonRecord, version = 'v1.30.3', members: JsonRecord[] = []) =>
  meshOf({ kind: 'Managed', version, controlPlane: { cluster: 'hub' }, values, members })

it('says what is wrong with the values of a new mesh, and in which cluster', () => {
  const members = [
    {
      cluster: 'east',
      values: { global: { network: 'a' }, sidecarInjectorWebhook: { enableNamespacesByDefault: null } },
    },
  ]
  expect(
    valueRefusals(all, undefined, mesh({ meshConfig: { acessLogFile: '' }, pilot: { what: 1 } }, 'v1.30.3', members)),
  ).toEqual([
    {
      code: 'meshes.value-unfit.unknown-near',
      params: { path: 'meshConfig.acessLogFile', minor: '1.30', nearest: 'meshConfig.accessLogFile', cluster: 'hub' },
    },
    { code: 'meshes.value-unfit.unknown', params: { path: 'pilot.what', minor: '1.30', cluster: 'hub' } },
    { code: 'meshes.value-owned.network', params: { path: 'global.network', cluster: 'east' } },
  ])
})

it('holds nothing against a change that was wrong before, until the version moves', () => {
  const before = mesh({ meshConfig: { nope: 1 }, pilot: { taint: { name: 'a' } } })
  expect(valueRefusals(all, before, { ...before, displayName: 'other' })).toEqual([])
  const older = valueRefusals(all, before, { ...before, version: 'v1.29.6' })
  expect(older.map(({ params }) => params.path)).toEqual(['meshConfig.nope', 'pilot.taint.name'])
})

it('asks nothing of values of a version that is not known, but who decides them', () => {
  expect(valueRefusals(all, undefined, mesh({ nope: 1, revision: 'a' }, 'v1.32.0-alpha.527f8d6c'))).toEqual([
    { code: 'meshes.value-owned.version', params: { path: 'revision', cluster: 'hub' } },
  ])
})

it('tells of values that mean something else in another minor', () => {
  const before = mesh(
    { meshConfig: { outboundTrafficPolicy: { mode: 'ALLOW_ANY' } }, pilot: { taint: { name: 'a' } } },
    'v1.29.6',
  )
  expect(valueNotes(all, before, { ...before, version: 'v1.29.1' })).toEqual([])
  expect(valueNotes(all, before, { ...before, version: 'v1.30.3' })).toEqual([])
})
