import { listAt, textAt } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import type { ApiServer } from '../api-server.ts'
import { ask, testServer } from '../testing/server.ts'

const rbac = 'rbac.authorization.k8s.io/v1'
const review = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'

/** A ClusterRole with one rule, bound to alice. */
function grant(server: ApiServer, name: string, rule: Record<string, string[]>): void {
  server.store.put({ apiVersion: rbac, kind: 'ClusterRole', metadata: { name }, rules: [rule] })
  server.store.put({
    apiVersion: rbac,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { kind: 'ClusterRole', name },
    subjects: [alice],
  })
}

const alice = { kind: 'User', name: 'alice' }

describe('rights', () => {
  it('are refused in the real words', async () => {
    const server = await testServer()
    const one = await ask(server, '/apis/apps/v1/namespaces/x/deployments/web', { token: 'alice' })
    expect(one.body).toMatchObject({
      code: 403,
      message:
        'deployments.apps "web" is forbidden: User "alice" cannot get resource "deployments" in API group "apps" in the namespace "x"',
      details: { name: 'web', group: 'apps', kind: 'deployments' },
    })
    const all = await ask(server, '/api/v1/pods', { token: '' })
    expect(textAt(all.body, 'message')).toBe(
      'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope',
    )
    expect((await ask(server, '/api/v1/pods', { token: 'wrong' })).body).toMatchObject({
      code: 401,
      reason: 'Unauthorized',
      message: 'Unauthorized',
    })
    const path = await ask(server, '/metrics', { token: 'alice' })
    expect(textAt(path.body, 'message')).toBe('forbidden: User "alice" cannot get path "/metrics"')
    expect((await ask(server, '/version', { token: '' })).status).toBe(200)
  })

  it('follow roles in a namespace, and reviews say why', async () => {
    const server = await testServer()
    const metadata = { name: 'reader', namespace: 'default' }
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }]
    server.store.put({ apiVersion: rbac, kind: 'Role', metadata, rules })
    const roleRef = { kind: 'Role', name: 'reader' }
    server.store.put({ apiVersion: rbac, kind: 'RoleBinding', metadata, roleRef, subjects: [alice] })
    expect((await ask(server, '/api/v1/namespaces/default/pods', { token: 'alice' })).status).toBe(200)
    expect((await ask(server, '/api/v1/pods', { token: 'alice' })).status).toBe(403)
    const resourceAttributes = { verb: 'get', resource: 'pods', namespace: 'default' }
    const said = await ask(server, review, { token: 'alice', body: { spec: { resourceAttributes } } })
    expect(said.body).toMatchObject({
      status: {
        allowed: true,
        reason: 'RBAC: allowed by RoleBinding "reader/default" of Role "reader" to User "alice"',
      },
    })
    const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews'
    const known = await ask(server, path, { token: 'alice', body: { spec: { namespace: 'default' } } })
    expect(listAt(known.body, 'status', 'resourceRules')).toContainEqual({
      verbs: ['get', 'list'],
      apiGroups: [''],
      resources: ['pods'],
    })
  })

  it('aggregate roles by label', async () => {
    const server = await testServer()
    const labels = { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' }
    const rules = [{ apiGroups: ['networking.istio.io'], resources: ['*'], verbs: ['get'] }]
    server.store.put({ apiVersion: rbac, kind: 'ClusterRole', metadata: { name: 'istio-view', labels }, rules })
    await server.settled()
    const view = server.store.get({ apiVersion: rbac, kind: 'ClusterRole', name: 'view' })
    expect(listAt(view, 'rules')).toContainEqual(rules[0])
  })
})

describe('impersonation', () => {
  const self = '/apis/authentication.k8s.io/v1/selfsubjectreviews'

  it('needs the right for each part and keeps groups apart', async () => {
    const server = await testServer()
    const headers = { 'Impersonate-User': 'bob', 'Impersonate-Group': ['devs', 'a,b'], 'Impersonate-Extra-scope': 'x' }
    const who = await ask(server, self, { headers, body: {} })
    expect(who.body).toMatchObject({
      status: {
        userInfo: { username: 'bob', groups: ['devs', 'a,b', 'system:authenticated'], extra: { scope: ['x'] } },
      },
    })
    grant(server, 'front', { apiGroups: [''], resources: ['users'], verbs: ['impersonate'] })
    const plain = { 'Impersonate-User': 'bob' }
    expect((await ask(server, self, { token: 'alice', headers: plain, body: {} })).status).toBe(201)
    const refused = await ask(server, self, {
      token: 'alice',
      headers: { ...plain, 'Impersonate-Group': 'ops' },
      body: {},
    })
    expect(refused.status).toBe(403)
    expect(textAt(refused.body, 'message')).toContain('cannot impersonate resource "groups"')
  })

  it('may be allowed for a request and a user alone', async () => {
    const server = await testServer()
    const headers = { 'Impersonate-User': 'bob' }
    const asAlice = () => ask(server, self, { token: 'alice', headers, body: {} })
    expect(textAt((await asAlice()).body, 'message')).toBe(
      'selfsubjectreviews.authentication.k8s.io is forbidden: User "alice" cannot impersonate-on:user-info:create resource "selfsubjectreviews" in API group "authentication.k8s.io" at the cluster scope',
    )
    const apiGroups = ['authentication.k8s.io']
    grant(server, 'on', { apiGroups, resources: ['selfsubjectreviews'], verbs: ['impersonate-on:user-info:create'] })
    grant(server, 'who', { apiGroups, resources: ['users'], verbs: ['impersonate:user-info'], resourceNames: ['bob'] })
    expect((await asAlice()).status).toBe(201)
    const others = await ask(server, '/api/v1/pods', { token: 'alice', headers })
    expect(textAt(others.body, 'message')).toContain('cannot impersonate-on:user-info:list resource "pods"')
  })
})
