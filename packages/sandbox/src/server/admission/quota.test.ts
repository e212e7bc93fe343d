import { textAt } from '@orbweaver/contracts/json'
import { expect, test } from 'vitest'
import { ask, testServer } from '../testing/server.ts'

const pods = '/api/v1/namespaces/default/pods'
const pod = (name: string) => ({ metadata: { name }, spec: { containers: [{ name: 'main', image: 'app:1' }] } })

test('one object too many is refused in the real words, dry run included, and the status counts', async () => {
  const server = await testServer()
  const hard = { pods: '1', 'count/deployments.apps': '0', 'requests.cpu': '4' }
  await ask(server, '/api/v1/namespaces/default/resourcequotas', {
    body: { metadata: { name: 'small' }, spec: { hard } },
  })
  expect((await ask(server, pods, { body: pod('first') })).status).toBe(201)
  const second = await ask(server, `${pods}?dryRun=All`, { body: pod('second') })
  expect([second.status, textAt(second.body, 'reason'), textAt(second.body, 'message')]).toEqual([
    403,
    'Forbidden',
    'pods "second" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1',
  ])
  await server.settled()
  const { body } = await ask(server, '/api/v1/namespaces/default/resourcequotas/small')
  expect(body).toMatchObject({ status: { hard: { pods: '1' }, used: { pods: '1', 'count/deployments.apps': '0' } } })
  await ask(server, `${pods}/first?gracePeriodSeconds=0`, { method: 'DELETE' })
  expect((await ask(server, pods, { body: pod('third') })).status).toBe(201)
})
