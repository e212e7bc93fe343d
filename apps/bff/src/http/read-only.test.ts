import { contract } from '@orbweaver/contracts/contract'
import { isContractProcedure } from '@orpc/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SignedInClient, signIn } from '../testing/call.ts'
import { atOnce, startTestServer, type TestServer } from '../testing/server.ts'
import { isAllowedReadOnly } from './read-only.ts'

let server: TestServer
let client: SignedInClient
beforeAll(async () => {
  server = await startTestServer({ readOnly: true })
  client = await signIn(server.address, { mode: 'local', persona: 'admin' })
})
afterAll(() => server.stop(atOnce))

type Operation = { name: string; method: string; path: string }

const operations: Operation[] = Object.entries(contract).flatMap(([word, procedures]) =>
  Object.entries(procedures).flatMap(([verb, procedure]) => {
    if (!isContractProcedure(procedure)) return []
    const { method = 'POST', path = '' } = procedure['~orpc'].route
    return [{ name: `${word}.${verb}`, method, path: `/api/v1${path.replaceAll(/\{[^}]+\}/g, 'x')}` }]
  }),
)
const writing = operations.filter(({ method }) => method !== 'GET')

test('the contract writes with POST and DELETE, and there is something to walk', () => {
  expect(writing.length).toBeGreaterThan(8)
})

test('what is allowed exists, so that nothing else can take its name', () => {
  const allowed = writing.filter(({ name }) => isAllowedReadOnly(name)).map(({ name }) => name)
  expect(allowed.sort()).toEqual([
    'access.signIn',
    'access.signOut',
    'clusters.contexts',
    'clusters.test',
    'history.plan',
    'meshes.preflight',
    'objects.get',
    'security.compare',
    'security.compareReach',
    'security.explain',
    'security.reach',
    'sidecars.compare',
    'sidecars.comparePods',
    'sidecars.explain',
    'traffic.compare',
    'traffic.explain',
  ])
})

test.each(writing.filter(({ name }) => !isAllowedReadOnly(name)))(
  '$name is refused before its input is read',
  async ({ method, path }) => {
    const answer = await client.write(path, { method, body: { not: 'an input' } })
    expect([answer.status, answer.code]).toEqual([403, 'access.read_only'])
  },
)

test('a plan may be asked for', async () => {
  const answer = await client.write('/api/v1/plans', { body: { intent: { type: 'clusters.prepare-hub' } } })
  expect(answer.code).toBe('plan.invalid')
})
