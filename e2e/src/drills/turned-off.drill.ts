import { listAt, recordAt, textAt } from '@orbweaver/contracts/json'
import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { KubeError } from '@orbweaver/kube/error'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../harness/person.ts'
import { type Stage, setStage } from '../harness/stage.ts'
import { planned, settled } from './scenarios.ts'
import { smallWorld } from './small-world.ts'

let stage: Stage
let ada: Person

beforeAll(async () => {
  stage = await setStage(smallWorld(2))
  ada = await stage.person('ada')
}, 60_000)
afterAll(() => stage.stop())

const at = { namespace: 'istio-system' }
const spec = (network: string, settings: object, entrance: object = { type: 'LoadBalancer' }) => ({
  kind: 'Managed',
  version: 'v1.30.3',
  controlPlane: { cluster: 'member-1', entrance },
  members: [{ cluster: 'member-2', network }],
  settings,
})
const change = (type: 'meshes.create' | 'meshes.update', given: object) => ({ type, name: 'fleet', spec: given })

/** What a plan says it would delete, as `cluster stage Kind/name`. */
async function deletions(intent: object): Promise<string[]> {
  const { body } = await ada.post('/plans', { intent })
  return listAt(body, 'derived')
    .filter((each) => textAt(each, 'op') === 'delete')
    .map((each) => {
      const ref = recordAt(each, 'ref')
      return `${textAt(ref, 'cluster')} ${textAt(each, 'stage')} ${textAt(ref, 'kind')}/${textAt(ref, 'name')}`
    })
}

async function carryOut(intent: object): Promise<void> {
  await (await planned(ada, intent))()
  await settled(stage.fleet)
}

const isThere = async (cluster: string, resource: (typeof kinds)['pods'], name: string): Promise<boolean> => {
  const target = resource.namespaced ? { ...at, name } : { name }
  const found = await stage.fleet
    .admin(cluster)
    .get(resource, target)
    .catch((error: unknown) => {
      if (error instanceof KubeError && error.code === 'not_found') return undefined
      throw error
    })
  return found !== undefined
}

describe('what is turned off', () => {
  const isolated = { sidecar: { discoveryIsolation: true }, system: { accessLog: { enabled: true } } }

  it('was there before', { timeout: 90_000 }, async () => {
    await carryOut(change('meshes.create', spec('network-2', isolated)))
    const theirs = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Sidecar',
      metadata: { ...at, name: 'theirs' },
      spec: { egress: [{ hosts: ['./*'] }] },
    }
    await stage.fleet.admin('member-1').create(kinds.sidecars, theirs)
    expect(await isThere('member-1', kinds.sidecars, 'default')).toBe(true)
    expect(await isThere('member-1', kinds.istioGateways, 'cross-network-gateway')).toBe(true)
    expect(await isThere('member-2', kinds.services, 'istio-eastwestgateway')).toBe(true)
  })

  it('is planned as deletions, and goes: isolation, a setting, and the gateways of a second network', {
    timeout: 90_000,
  }, async () => {
    const intent = change('meshes.update', spec('network-1', {}))
    const gateway = (cluster: string, ...more: string[]) =>
      [
        'ServiceAccount/istio-eastwestgateway-service-account',
        ...more,
        'Deployment/istio-eastwestgateway',
        'Service/istio-eastwestgateway',
      ].map((each) => `${cluster} remove-east-west ${each}`)
    expect(await deletions(intent)).toEqual([
      'member-1 remove-discovery-scope Sidecar/default',
      ...gateway('member-1', 'Gateway/cross-network-gateway'),
      ...gateway('member-2'),
    ])
    await carryOut(intent)
    expect(await isThere('member-1', kinds.sidecars, 'default')).toBe(false)
    expect(await isThere('member-1', kinds.sidecars, 'theirs')).toBe(true)
    expect(await isThere('member-1', kinds.istioGateways, 'cross-network-gateway')).toBe(false)
    for (const cluster of ['member-1', 'member-2']) {
      expect(await isThere(cluster, kinds.services, 'istio-eastwestgateway')).toBe(false)
      expect(await isThere(cluster, kinds.serviceAccounts, 'istio-eastwestgateway-service-account')).toBe(false)
      const home = await stage.fleet.admin(cluster).get(kinds.namespaces, { name: 'istio-system' })
      expect(labelsOf(home)['topology.istio.io/network']).toBe('network-1')
    }
    const istio = await stage.fleet.admin('member-1').get(kinds.istios, { name: 'fleet' })
    expect(recordAt(istio, 'spec', 'values', 'meshConfig')).toEqual({})
  })

  it('is the entrance’s load balancer once an address was given', { timeout: 90_000 }, async () => {
    const intent = change('meshes.update', spec('network-1', {}, { type: 'Address', address: '10.9.9.9' }))
    expect(await deletions(intent)).toEqual(['member-1 remove-entrance Service/istiod-fleet-v1-30-3-entrance'])
  })
})
