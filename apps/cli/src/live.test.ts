import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeKubeconfig } from '@orbweaver/kube/kubeconfig'
import { type ApiServer, startApiServer } from '@orbweaver/sandbox/server/api-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { run } from './program.ts'

let server: ApiServer
let folder: string

beforeAll(async () => {
  server = await startApiServer({ name: 'default' })
  server.addUser({ token: 'all', name: 'ada', groups: ['system:masters'] })
  server.addUser({ token: 'little', name: 'vic', groups: ['system:authenticated'] })
  const metadata = { name: 'lost', namespace: 'shop' }
  server.store.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } })
  // A port name that says no protocol: a finding about a Service, of a kind that every API server has.
  server.store.put({ apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ name: 'web', port: 80 }] } })
  const rules = [{ apiGroups: [''], resources: ['namespaces'], verbs: ['list'] }]
  const bound = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'little' }
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'vic' }]
  const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { name: 'little' } }
  server.store.put({ ...rbac, kind: 'ClusterRole', rules })
  server.store.put({ ...rbac, kind: 'ClusterRoleBinding', roleRef: bound, subjects })
  await server.settled()
  folder = mkdtempSync(join(tmpdir(), 'orbweaver-cli-live-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await server.close()
})

async function lint(token: string, ...words: string[]) {
  const kubeconfig = join(folder, token)
  writeFileSync(kubeconfig, writeKubeconfig([{ name: 'here', connection: { server: server.url, token } }]))
  let [out, err] = ['', '']
  const terminal = { out: (text: string) => (out += text), err: (text: string) => (err += text), now: () => new Date() }
  const exit = await run(['lint', '--kubeconfig', kubeconfig, ...words], terminal)
  return { exit, out, err }
}

it('judges a live cluster, and files laid over it', async () => {
  const found = await lint('all', '--context', 'here', '--only', 'IST0118', '--fail-on', 'info')
  expect([found.exit, found.err]).toEqual([1, ''])
  expect(found.out).toContain('info Service shop/lost: Port 80 says no protocol')
  const file = join(folder, 'service.yaml')
  const metadata = { name: 'lost', namespace: 'shop' }
  const service = { apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ name: 'http', port: 80 }] } }
  writeFileSync(file, JSON.stringify(service))
  const laid = await lint('all', '--context', 'here', '--only', 'IST0118', '--fail-on', 'info', file)
  expect([laid.exit, laid.out]).toEqual([0, 'Nothing found.\n'])
})

it('says what somebody may not read, and nothing that rests on it', async () => {
  const { exit, out, err } = await lint('little', '--context', 'here', '--only', 'IST0118,IST0102')
  expect(err).toContain('Service could not be read, so nothing is said of it')
  expect(err).not.toContain('Namespace could not be read')
  expect(out).toContain('IST0102')
  expect(out).not.toContain('IST0118')
  expect(exit).toBe(0)
})

it('says where there is no way to a cluster', async () => {
  expect(await lint('nobody', '--context', 'here')).toMatchObject({ exit: 2, out: '' })
  const elsewhere = await lint('all', '--context', 'elsewhere')
  expect([elsewhere.exit, elsewhere.err]).toEqual([2, expect.stringContaining('no context elsewhere')])
})
