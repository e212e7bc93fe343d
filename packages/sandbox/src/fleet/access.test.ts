import { createKubeClient } from '@orbweaver/kube/connect'
import { parseKubeconfig } from '@orbweaver/kube/kubeconfig'
import * as kinds from '@orbweaver/kube/resources'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Fleet } from '../fleet.ts'
import { namespace } from '../worlds/objects.ts'
import { startTestFleet } from './fleet-under-test.ts'

let fleet: Fleet
beforeAll(async () => {
  fleet = await startTestFleet(1, (world) => ({
    ...world,
    members: world.members.map((each) => ({ ...each, registered: true })),
  }))
}, 60_000)
afterAll(() => fleet.stop())

function consoleClient(name: string) {
  const parsed = parseKubeconfig(fleet.kubeconfig)
  const context = parsed.ok ? parsed.contexts.find((each) => each.name === name) : undefined
  if (!context?.ok) throw new Error(`no context ${name}`)
  return createKubeClient({ cluster: name, connection: context.connection })
}

test('the console is a ServiceAccount that may read a member and not write namespaces away', async () => {
  const client = consoleClient('member-1')
  expect((await client.list(kinds.pods)).items.length).toBeGreaterThan(0)
  await expect(client.remove(kinds.namespaces, { name: 'default' })).rejects.toMatchObject({ code: 'forbidden' })
  await client.close()
})

test('it acts as people, with their rights', async () => {
  const client = consoleClient('member-1')
  const ada = client.as({ user: 'ada', groups: ['fleet-admins'] })
  await ada.create(kinds.namespaces, namespace('made-by-ada'))
  const vic = client.as({ user: 'vic', groups: ['fleet-viewers'] })
  expect((await vic.list(kinds.namespaces)).items.map((each) => each.metadata.name)).toContain('made-by-ada')
  await expect(vic.create(kinds.namespaces, namespace('made-by-vic'))).rejects.toMatchObject({ code: 'forbidden' })
  const nils = client.as({ user: 'nils', groups: ['bookinfo-team'] })
  await expect(nils.list(kinds.namespaces)).rejects.toMatchObject({ code: 'forbidden' })
  expect((await nils.list(kinds.pods, { namespace: 'default' })).items).toEqual([])
  await client.close()
})

test('a registered member has its credentials in the hub, readable by the console alone', async () => {
  const client = consoleClient('hub')
  const record = await client.get(kinds.fleetClusters, { name: 'member-1' })
  expect(record.spec).toMatchObject({ credentialsSecretName: 'cluster-member-1', network: 'network-1' })
  const target = { namespace: 'orbweaver-system', name: 'cluster-member-1' }
  expect((await client.get(kinds.secrets, target)).type).toBe('orbweaver.dev/kubeconfig')
  const ada = client.as({ user: 'ada', groups: ['fleet-admins'] })
  await expect(ada.get(kinds.secrets, target)).rejects.toMatchObject({ code: 'forbidden' })
  await client.close()
})
