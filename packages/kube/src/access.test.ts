import { describe, expect, it } from 'vitest'
import {
  type AccessRule,
  rulesAllow,
  selfSubjectAccessReview,
  selfSubjectReview,
  selfSubjectRulesReview,
  subjectAccessReview,
  tokenReview,
} from './access.ts'
import type { AccessQuestion } from './client.ts'
import { failureOf } from './testing/failure.ts'
import { bodyOf, clientOf, sendJson, serve } from './testing/server.ts'

const question = { verb: 'list', group: 'apps', resource: 'deployments', namespace: 'shop' }

/** Answers every review with this status, after hanging up so many times. */
async function reviewer(status: unknown, hangUps = 0) {
  const asked: unknown[] = []
  const server = await serve((request, response) => {
    void bodyOf(request).then((body) => {
      asked.push(body)
      if (asked.length <= hangUps) response.destroy()
      else sendJson(response, { kind: 'Review', status }, 201)
    })
  })
  return { client: clientOf(server), asked, server }
}

describe('access reviews', () => {
  it('ask for oneself', async () => {
    const { client, asked, server } = await reviewer({ allowed: true, reason: 'RBAC: allowed by role "x"' })
    const verdict = await selfSubjectAccessReview(client, { ...question, subresource: 'scale', name: 'web' })
    expect(verdict).toEqual({ allowed: true, reason: 'RBAC: allowed by role "x"' })
    expect(server.seen).toEqual(['POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews'])
    expect(asked[0]).toMatchObject({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { ...question, subresource: 'scale', name: 'web' } },
    })
  })

  it('ask for another, with the group that impersonation would add', async () => {
    const { client, asked, server } = await reviewer({ allowed: false, evaluationError: 'webhook did not answer' })
    const identity = { user: 'alice', groups: ['devs'], extra: { project: ['one'] } }
    const verdict = await subjectAccessReview(client, { identity, question })
    expect(verdict).toEqual({ allowed: false, error: 'webhook did not answer' })
    expect(server.seen).toEqual(['POST /apis/authorization.k8s.io/v1/subjectaccessreviews'])
    expect(asked[0]).toMatchObject({
      spec: {
        user: 'alice',
        groups: ['devs', 'system:authenticated'],
        extra: { project: ['one'] },
        resourceAttributes: question,
      },
    })
  })

  it('ask for paths that are no resources', async () => {
    const { client, asked } = await reviewer({ allowed: true })
    const identity = { user: 'alice', groups: [] }
    const path = { verb: 'get', path: '/metrics' }
    expect(await subjectAccessReview(client, { identity, question: path })).toEqual({ allowed: true })
    expect(asked[0]).toMatchObject({ spec: { user: 'alice', nonResourceAttributes: path } })
    expect(asked[0]).not.toHaveProperty('spec.resourceAttributes')
  })

  it('are repeated when the connection breaks: they store nothing', async () => {
    const { client, asked } = await reviewer({ allowed: true }, 2)
    expect(await selfSubjectAccessReview(client, question)).toEqual({ allowed: true })
    expect(asked).toHaveLength(3)
  })

  it.each([[undefined], [{}], [{ allowed: 'yes' }], ['x']])('take %j for no verdict', async (status) => {
    const { client } = await reviewer(status)
    expect(await failureOf(selfSubjectAccessReview(client, question))).toMatchObject({ code: 'bad_answer' })
  })
})

describe('rules reviews', () => {
  it('list what one may do in a namespace', async () => {
    const resourceRules = [
      { verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: ['web'] },
      { verbs: ['*'] },
    ]
    const { client, asked } = await reviewer({ resourceRules, nonResourceRules: [], incomplete: false })
    expect(await selfSubjectRulesReview(client, 'shop')).toEqual({
      incomplete: false,
      rules: [
        { verbs: ['get'], apiGroups: [''], resources: ['pods'], resourceNames: ['web'] },
        { verbs: ['*'], apiGroups: [], resources: [], resourceNames: [] },
      ],
    })
    expect(asked[0]).toMatchObject({ kind: 'SelfSubjectRulesReview', spec: { namespace: 'shop' } })
  })

  it.each([{ incomplete: true }, { incomplete: false, evaluationError: 'no webhook' }, {}])(
    'are incomplete with %j',
    async (status) => {
      const { client } = await reviewer(status)
      expect(await selfSubjectRulesReview(client, 'shop')).toEqual({ rules: [], incomplete: true })
    },
  )

  const rule = (fields: Partial<AccessRule>): AccessRule => ({
    verbs: ['list'],
    apiGroups: ['apps'],
    resources: ['deployments'],
    resourceNames: [],
    ...fields,
  })
  it.each<[string, Partial<AccessRule>, Partial<AccessQuestion>]>([
    ['the very thing', {}, {}],
    ['any verb', { verbs: ['*'] }, { verb: 'patch' }],
    ['any group', { apiGroups: ['*'] }, { group: '' }],
    ['any resource', { resources: ['*'] }, { resource: 'pods' }],
    ['a subresource that is named', { resources: ['deployments/scale'] }, { subresource: 'scale' }],
    ['a subresource of anything', { resources: ['*/scale'] }, { subresource: 'scale' }],
    ['a subresource of all', { resources: ['*'] }, { subresource: 'scale' }],
    ['one name', { resourceNames: ['web'] }, { name: 'web' }],
  ])('allow %s', (_, fields, asked) => {
    expect(rulesAllow({ rules: [rule(fields)] }, { ...question, ...asked })).toBe(true)
  })

  it.each<[string, Partial<AccessRule>, Partial<AccessQuestion>]>([
    ['another verb', {}, { verb: 'patch' }],
    ['another group', {}, { group: '' }],
    ['another resource', {}, { resource: 'pods' }],
    ['a subresource that is not named', {}, { subresource: 'scale' }],
    ['the resource, when only a subresource is named', { resources: ['deployments/scale'] }, {}],
    ['another name', { resourceNames: ['web'] }, { name: 'api' }],
    ['all names, when one is named', { resourceNames: ['web'] }, {}],
  ])('do not allow %s', (_, fields, asked) => {
    expect(rulesAllow({ rules: [rule(fields)] }, { ...question, ...asked })).toBe(false)
  })
})

describe('who', () => {
  it('am I', async () => {
    const userInfo = {
      username: 'system:serviceaccount:a:b',
      groups: ['system:serviceaccounts'],
      extra: { pod: ['x', 7] },
    }
    const { client, asked, server } = await reviewer({ userInfo })
    expect(await selfSubjectReview(client)).toEqual({
      user: 'system:serviceaccount:a:b',
      groups: ['system:serviceaccounts'],
      extra: { pod: ['x'] },
    })
    expect(server.seen).toEqual(['POST /apis/authentication.k8s.io/v1/selfsubjectreviews'])
    expect(asked[0]).toMatchObject({ kind: 'SelfSubjectReview' })
  })

  it('holds this token', async () => {
    const { client, asked } = await reviewer({ authenticated: true, user: { username: 'alice', groups: ['devs'] } })
    const verdict = await tokenReview(client, { token: 'abc', audiences: ['console'] })
    expect(verdict).toEqual({ authenticated: true, identity: { user: 'alice', groups: ['devs'] } })
    expect(asked[0]).toMatchObject({ spec: { token: 'abc', audiences: ['console'] } })
  })

  it('holds a token that is none, and nobody is told the token', async () => {
    const token = 'canary-token-of-somebody'
    const { client } = await reviewer({ authenticated: false, error: `invalid bearer token ${token}` })
    expect(await tokenReview(client, { token })).toEqual({ authenticated: false, error: 'invalid bearer token ***' })
    const echo = await serve((_request, response) => sendJson(response, { message: `what is ${token}?` }, 400))
    const error = await failureOf(tokenReview(clientOf(echo), { token }))
    expect(error.message).toBe('what is ***?')
    expect(JSON.stringify([error, error.stack])).not.toContain('canary')
  })

  it.each([{ authenticated: true }, { authenticated: true, user: {} }])('cannot be %j', async (status) => {
    const { client } = await reviewer(status)
    expect(await failureOf(tokenReview(client, { token: 'abc' }))).toMatchObject({ code: 'bad_answer' })
  })
})
