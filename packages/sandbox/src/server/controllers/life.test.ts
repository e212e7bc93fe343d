import { at, listAt, textAt } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import type { ApiServer } from '../api-server.ts'
import { ask, change, testServer } from '../testing/server.ts'

const maps = '/api/v1/namespaces/default/configmaps'

async function family(server: ApiServer): Promise<void> {
  const owner = await ask(server, maps, { body: { metadata: { name: 'owner' } } })
  const reference = { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: textAt(owner.body, 'metadata', 'uid') }
  const ownerReferences = [{ ...reference, blockOwnerDeletion: true }]
  await ask(server, maps, { body: { metadata: { name: 'child', ownerReferences } } })
  await server.settled()
}

async function remove(server: ApiServer, body: unknown): Promise<void> {
  await ask(server, `${maps}/owner`, { method: 'DELETE', body })
  await server.settled()
}

const statusOf = async (server: ApiServer, path: string): Promise<number> => (await ask(server, path)).status

describe('deletion', () => {
  it.each(['Background', 'Foreground'])('takes dependents along: %s', async (propagationPolicy) => {
    const server = await testServer()
    await family(server)
    await remove(server, { propagationPolicy })
    expect([await statusOf(server, `${maps}/owner`), await statusOf(server, `${maps}/child`)]).toEqual([404, 404])
  })

  it('leaves orphans without their owner', async () => {
    const server = await testServer()
    await family(server)
    await remove(server, { propagationPolicy: 'Orphan' })
    expect(await statusOf(server, `${maps}/owner`)).toBe(404)
    expect(at((await ask(server, `${maps}/child`)).body, 'metadata', 'ownerReferences')).toBeUndefined()
  })

  it('waits in the foreground for a dependent with a finalizer', async () => {
    const server = await testServer()
    await family(server)
    await change(server, `${maps}/child`, { type: 'merge', body: { metadata: { finalizers: ['a.dev/hold'] } } })
    await remove(server, { propagationPolicy: 'Foreground' })
    expect(listAt((await ask(server, `${maps}/owner`)).body, 'metadata', 'finalizers')).toEqual(['foregroundDeletion'])
    await change(server, `${maps}/child`, { type: 'merge', body: { metadata: { finalizers: null } } })
    await server.settled()
    expect(await statusOf(server, `${maps}/owner`)).toBe(404)
  })

  it('checks preconditions', async () => {
    const server = await testServer()
    await ask(server, maps, { body: { metadata: { name: 'owner' } } })
    const body = { preconditions: { uid: 'x' } }
    const refused = await ask(server, `${maps}/owner`, { method: 'DELETE', body })
    expect(refused.status).toBe(409)
    expect(textAt(refused.body, 'message')).toContain(
      'Operation cannot be fulfilled on ConfigMap "owner": the UID in the precondition (x) does not match the UID in record',
    )
  })
})

describe('namespaces', () => {
  it('empty themselves, say what holds them and go', async () => {
    const server = await testServer()
    const held = { name: 'held', finalizers: ['a.dev/hold'] }
    await ask(server, '/api/v1/namespaces', { body: { metadata: { name: 'shop' } } })
    await server.settled()
    expect(await statusOf(server, '/api/v1/namespaces/shop/serviceaccounts/default')).toBe(200)
    await ask(server, '/api/v1/namespaces/shop/configmaps', { body: { metadata: held } })
    await ask(server, '/api/v1/namespaces/shop', { method: 'DELETE' })
    await server.settled()
    const ending = await ask(server, '/api/v1/namespaces/shop')
    const condition = listAt(ending.body, 'status', 'conditions').find(
      (each) => textAt(each, 'type') === 'NamespaceFinalizersRemaining',
    )
    expect(textAt(condition, 'message')).toBe(
      'Some content in the namespace has finalizers remaining: a.dev/hold in 1 resource instances',
    )
    const late = await ask(server, '/api/v1/namespaces/shop/configmaps', { body: { metadata: { name: 'late' } } })
    expect(late.body).toMatchObject({ code: 403, details: { causes: [{ reason: 'NamespaceTerminating' }] } })
    const path = '/api/v1/namespaces/shop/configmaps/held'
    await change(server, path, { type: 'merge', body: { metadata: { finalizers: null } } })
    await server.settled()
    expect(await statusOf(server, '/api/v1/namespaces/shop')).toBe(404)
  })
})

describe('token Secrets', () => {
  it('are filled, let their account in, and die with it', async () => {
    const server = await testServer()
    const accounts = '/api/v1/namespaces/default/serviceaccounts'
    await ask(server, accounts, { body: { metadata: { name: 'robot' } } })
    const annotations = { 'kubernetes.io/service-account.name': 'robot' }
    const secret = { metadata: { name: 'key', annotations }, type: 'kubernetes.io/service-account-token' }
    await ask(server, '/api/v1/namespaces/default/secrets', { body: secret })
    await server.settled()
    const filled = await ask(server, '/api/v1/namespaces/default/secrets/key')
    const token = Buffer.from(textAt(filled.body, 'data', 'token') ?? '', 'base64').toString()
    expect(Buffer.from(textAt(filled.body, 'data', 'ca.crt') ?? '', 'base64').toString()).toBe(server.ca)
    const review = '/apis/authentication.k8s.io/v1/selfsubjectreviews'
    const who = await ask(server, review, { token, body: {} })
    expect(textAt(who.body, 'status', 'userInfo', 'username')).toBe('system:serviceaccount:default:robot')
    await ask(server, `${accounts}/robot`, { method: 'DELETE' })
    await server.settled()
    expect((await ask(server, review, { token, body: {} })).status).toBe(401)
  })
})
