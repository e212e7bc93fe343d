import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { isDiscovered, parsed, settingsName } from './settings.ts'

const namespace = (labels: Record<string, string>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels },
})

test('a mesh without discoverySelectors takes in every namespace', () => {
  expect(isDiscovered(undefined, namespace({}))).toBe(true)
  expect(isDiscovered({ discoverySelectors: [] }, namespace({}))).toBe(true)
})

test('one of the discoverySelectors is enough', () => {
  const mesh = {
    discoverySelectors: [{ matchLabels: { mesh: 'yes' } }, { matchExpressions: [{ key: 'team', operator: 'Exists' }] }],
  }
  expect(isDiscovered(mesh, namespace({ mesh: 'yes' }))).toBe(true)
  expect(isDiscovered(mesh, namespace({ team: 'a' }))).toBe(true)
  expect(isDiscovered(mesh, namespace({ mesh: 'no' }))).toBe(false)
})

test('the revision is in the names of what it reads, and a key is YAML', () => {
  const identity = {
    namespace: 'n',
    deployment: 'd',
    clusterId: 'c',
    version: '1.30.3',
    external: false,
    environment: {},
  }
  expect(settingsName({ ...identity, revision: 'default' }, 'istio')).toBe('istio')
  expect(settingsName({ ...identity, revision: 'canary' }, 'istio')).toBe('istio-canary')
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'istio' }, data: { mesh: 'trustDomain: own' } }
  expect(parsed(map, 'mesh')).toEqual({ trustDomain: 'own' })
  expect(parsed(map, 'meshNetworks')).toBeUndefined()
})
