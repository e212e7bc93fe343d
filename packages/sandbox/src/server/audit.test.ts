import { expect, test } from 'vitest'
import type { AuditEvent } from './audit.ts'
import { ask, testServer } from './testing/server.ts'

test('tells who did what as whom, names what was created, and is silent about what was refused', async () => {
  const heard: AuditEvent[] = []
  const server = await testServer({ audit: (event) => void heard.push(event) })
  const path = '/api/v1/namespaces/default/configmaps'
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'made-' } }
  const made = await ask(server, path, {
    body,
    headers: { 'Impersonate-User': 'bob', 'Impersonate-Group': 'system:masters' },
  })
  await ask(server, `${path}?dryRun=All`, { body: { ...body, metadata: { name: 'tried' } } })
  await ask(server, path, { body, token: 'alice' })
  await ask(server, '/api/v1/namespaces/default/serviceaccounts/default', {
    method: 'DELETE',
    body: { dryRun: ['All'] },
  })
  expect(heard.at(-1)).toMatchObject({ verb: 'delete', name: 'default', dryRun: true })
  const writes = heard.filter(({ verb }) => verb === 'create')
  expect(writes).toHaveLength(2)
  expect(made.text).toContain(`"name":"${writes[0]?.name}"`)
  expect(writes[0]).toMatchObject({
    user: 'admin',
    impersonated: 'bob',
    resource: 'configmaps',
    dryRun: false,
    code: 201,
  })
  expect(writes[1]).toMatchObject({ user: 'admin', impersonated: undefined, name: 'tried', dryRun: true })
})
