import { textAt } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import type { ApiServer } from '../api-server.ts'
import { ask, testServer } from '../testing/server.ts'

const group = 'rbac.authorization.k8s.io'
const base = `/apis/${group}/v1/namespaces/default`
const reads = { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }
const alice = { kind: 'User', name: 'alice' }

/** Alice may write roles and bindings of the default namespace, and what else is said. */
async function withAlice(...rules: object[]): Promise<ApiServer> {
  const server = await testServer()
  const writes = { apiGroups: [group], resources: ['roles', 'rolebindings'], verbs: ['create'] }
  await ask(server, `${base}/roles`, { body: { metadata: { name: 'own' }, rules: [writes, ...rules] } })
  const roleRef = { kind: 'Role', name: 'own' }
  await ask(server, `${base}/rolebindings`, { body: { metadata: { name: 'own' }, roleRef, subjects: [alice] } })
  return server
}

const makeRole = (server: ApiServer, name: string, rules: object[]) =>
  ask(server, `${base}/roles`, { token: 'alice', body: { metadata: { name }, rules } })

const bindView = (server: ApiServer) => {
  const roleRef = { apiGroup: group, kind: 'ClusterRole', name: 'view' }
  return ask(server, `${base}/rolebindings`, {
    token: 'alice',
    body: { metadata: { name: 'v' }, roleRef, subjects: [alice] },
  })
}

describe('roles', () => {
  it('hold no more than their maker does, and the refusal lists what is missing by thing', async () => {
    const server = await withAlice(reads)
    expect((await makeRole(server, 'same', [reads])).status).toBe(201)
    const more = [{ ...reads, resources: ['configmaps', 'secrets'], verbs: ['get', 'delete'] }]
    const refused = await makeRole(server, 'more', more)
    expect(refused.status).toBe(403)
    expect(textAt(refused.body, 'message')).toBe(
      [
        `roles.${group} "more" is forbidden: user "alice" (groups=["devs" "system:authenticated"]) is attempting to grant RBAC permissions not currently held:`,
        '{APIGroups:[""], Resources:["configmaps"], Verbs:["delete"]}',
        '{APIGroups:[""], Resources:["secrets"], Verbs:["get" "delete"]}',
      ].join('\n'),
    )
  })

  it('hold anything when their maker may escalate', async () => {
    const server = await withAlice({ apiGroups: [group], resources: ['roles'], verbs: ['escalate'] })
    expect((await makeRole(server, 'more', [{ ...reads, resources: ['*'] }])).status).toBe(201)
  })

  it('with a name are no cover for those without', async () => {
    const server = await withAlice({ ...reads, resourceNames: ['a'] })
    expect((await makeRole(server, 'named', [{ ...reads, resourceNames: ['a'] }])).status).toBe(201)
    expect((await makeRole(server, 'all', [reads])).status).toBe(403)
  })
})

describe('bindings', () => {
  it('need the rights of their role, or the right to bind it', async () => {
    expect((await bindView(await withAlice())).status).toBe(403)
    const may = { apiGroups: [group], resources: ['clusterroles'], verbs: ['bind'], resourceNames: ['view'] }
    expect((await bindView(await withAlice(may))).status).toBe(201)
  })
})
