import { at, type Json, textAt } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import type { ApiServer } from '../api-server.ts'
import { ask, change, testServer } from '../testing/server.ts'

const maps = '/api/v1/namespaces/default/configmaps'
const group = 'admissionregistration.k8s.io/v1'

type Verdict = { allowed: boolean; status?: Json; patch?: Json; warnings?: string[] }

/** A webhook `NAME.test.dev` behind the Service default/NAME that answers with a verdict. */
function webhook(
  server: ApiServer,
  name: string,
  how: { kind: 'Mutating' | 'Validating'; set?: Record<string, Json> },
): void {
  server.store.put({
    apiVersion: group,
    kind: `${how.kind}WebhookConfiguration`,
    metadata: { name },
    webhooks: [
      {
        name: `${name}.test.dev`,
        clientConfig: { service: { namespace: 'default', name, path: '/hook' }, caBundle: 'Y2E=' },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE', 'UPDATE'] }],
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        ...how.set,
      },
    ],
  })
}

function answering(server: ApiServer, verdicts: Record<string, Verdict>): string[] {
  const asked: string[] = []
  server.routeService(({ name }) => {
    const verdict = verdicts[name]
    if (verdict === undefined) throw new Error(`no endpoints available for service "${name}"`)
    const answer = async (review: unknown) => {
      asked.push(name)
      const { patch, ...rest } = verdict
      const encoded =
        patch === undefined
          ? {}
          : { patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(patch)).toString('base64') }
      return { response: { uid: textAt(review, 'request', 'uid'), ...rest, ...encoded } }
    }
    return { answer, rootPem: 'ca' }
  })
  return asked
}

const create = (server: ApiServer, query = '') =>
  ask(server, `${maps}${query}`, { body: { metadata: { name: 'a', labels: { app: 'x' } } } })

describe('webhooks', () => {
  it('mutate in the order of names, then validate; warnings reach the writer', async () => {
    const server = await testServer()
    webhook(server, 'b', { kind: 'Mutating' })
    webhook(server, 'a', { kind: 'Mutating' })
    webhook(server, 'v', { kind: 'Validating' })
    const asked = answering(server, {
      a: { allowed: true, patch: [{ op: 'add', path: '/data', value: { who: 'a' } }] },
      b: { allowed: true, patch: [{ op: 'add', path: '/data/also', value: 'b' }] },
      v: { allowed: true, warnings: ['mind the gap'] },
    })
    const made = await create(server)
    expect(at(made.body, 'data')).toEqual({ who: 'a', also: 'b' })
    expect(made.warnings).toEqual(['299 - "mind the gap"'])
    expect(asked).toEqual(['a', 'b', 'v'])
  })

  it('deny and fail in the words of the real server', async () => {
    const server = await testServer()
    webhook(server, 'v', { kind: 'Validating' })
    expect(textAt((await create(server)).body, 'message')).toContain('hook?timeout=10s": service "v" not found')
    answering(server, {})
    expect((await create(server)).body).toMatchObject({
      code: 500,
      reason: 'InternalError',
      message:
        'Internal error occurred: failed calling webhook "v.test.dev": failed to call webhook: Post "https://v.default.svc:443/hook?timeout=10s": no endpoints available for service "v"',
    })
    answering(server, { v: { allowed: false, status: { message: 'not today', code: 400 } } })
    expect((await create(server)).body).toMatchObject({
      code: 400,
      message: 'admission webhook "v.test.dev" denied the request: not today',
    })
    webhook(server, 'v', {
      kind: 'Validating',
      set: { clientConfig: { service: { namespace: 'default', name: 'v' } } },
    })
    expect(textAt((await create(server)).body, 'message')).toContain('x509: certificate signed by unknown authority')
    webhook(server, 'v', {
      kind: 'Validating',
      set: { clientConfig: { service: { namespace: 'default', name: 'v' }, caBundle: 'b3RoZXI=' } },
    })
    expect(textAt((await create(server)).body, 'message')).toContain('x509: certificate signed by unknown authority')
    webhook(server, 'v', {
      kind: 'Validating',
      set: { failurePolicy: 'Ignore', clientConfig: { url: 'https://gone.default.svc/x' } },
    })
    expect((await create(server)).status).toBe(201)
  })

  it('hear only what their selectors and rules name', async () => {
    const server = await testServer()
    const labelled = { matchLabels: { injected: 'yes' } }
    webhook(server, 'n', { kind: 'Validating', set: { namespaceSelector: labelled } })
    webhook(server, 'o', { kind: 'Validating', set: { objectSelector: { matchLabels: { app: 'other' } } } })
    const asked = answering(server, { n: { allowed: true }, o: { allowed: true } })
    await create(server)
    expect(asked).toEqual([])
    const body = { metadata: { labels: { injected: 'yes' } } }
    await change(server, '/api/v1/namespaces/default', { type: 'merge', body })
    await change(server, `${maps}/a`, { type: 'merge', body: { metadata: { labels: { app: 'other' } } } })
    expect(asked).toEqual(['n', 'o'])
  })

  it('with side effects are not asked on dry runs', async () => {
    const server = await testServer()
    webhook(server, 'v', { kind: 'Validating', set: { sideEffects: 'Some' } })
    answering(server, { v: { allowed: true } })
    expect(textAt((await create(server, '?dryRun=All')).body, 'message')).toBe(
      'admission webhook "v.test.dev" does not support dry run',
    )
  })
})

describe('policies', () => {
  it('judge by expression over the object and the user', async () => {
    const server = await testServer()
    server.store.put({
      apiVersion: group,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'console-only' },
      spec: {
        matchConstraints: {
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'], operations: ['CREATE'] }],
        },
        validations: [
          { expression: "request.userInfo.username == 'root'", message: 'root alone', reason: 'Forbidden' },
        ],
      },
    })
    expect((await create(server, '?dryRun=All')).status).toBe(201)
    const spec = { policyName: 'console-only', validationActions: ['Deny'] }
    server.store.put({ apiVersion: group, kind: 'ValidatingAdmissionPolicyBinding', metadata: { name: 'here' }, spec })
    expect((await create(server)).body).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message: `configmaps "a" is forbidden: ValidatingAdmissionPolicy 'console-only' with binding 'here' denied request: root alone`,
    })
    server.addUser({ token: 'root', name: 'root', groups: ['system:masters'] })
    expect((await ask(server, maps, { token: 'root', body: { metadata: { name: 'a' } } })).status).toBe(201)
  })
})

describe('Pods', () => {
  it('get a ServiceAccount, its token and their tolerations', async () => {
    const server = await testServer()
    const spec = { containers: [{ name: 'main', image: 'app:1' }] }
    const pod = await ask(server, '/api/v1/namespaces/default/pods', { body: { metadata: { name: 'p' }, spec } })
    expect(at(pod.body, 'spec')).toMatchObject({ serviceAccountName: 'default', schedulerName: 'default-scheduler' })
    expect(at(pod.body, 'spec', 'containers', 0, 'volumeMounts', 0, 'mountPath')).toBe(
      '/var/run/secrets/kubernetes.io/serviceaccount',
    )
    expect(at(pod.body, 'status')).toEqual({ phase: 'Pending', qosClass: 'BestEffort' })
  })
})
