import type { JsonRecord } from '@orbweaver/contracts/json'
import { expect, test } from 'vitest'
import type { ApiServer } from '../api-server.ts'
import { ask, testServer } from '../testing/server.ts'

let server: ApiServer

async function withPod(spec: { name: string }[], statuses: JsonRecord[]): Promise<void> {
  server = await testServer()
  server.routeLogs((pod, container) => [`${pod.namespace}/${pod.name} ${container}`, 'last'])
  server.store.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { nodeName: 'node-1', containers: spec.map((each) => ({ ...each, image: 'web:1' })) },
    status: { containerStatuses: statuses },
  })
}

const log = (query: string) => ask(server, `/api/v1/namespaces/shop/pods/web/log?${query}`)
const runs = (name: string) => ({ name, state: { running: {} } })

test('the only container need not be named, and its last lines may be asked for', async () => {
  await withPod([{ name: 'main' }], [runs('main')])
  expect(await log('')).toMatchObject({ status: 200, text: 'shop/web main\nlast\n' })
  expect(await log('tailLines=1')).toMatchObject({ status: 200, text: 'last\n' })
})

test('of several containers one is named', async () => {
  await withPod([{ name: 'main' }, { name: 'side' }], [runs('main'), runs('side')])
  expect(await log('container=side')).toMatchObject({ status: 200, text: 'shop/web side\nlast\n' })
  expect(await log('')).toMatchObject({
    status: 400,
    body: { message: 'a container name must be specified for pod web, choose one of: [main side]' },
  })
  expect(await log('container=other')).toMatchObject({
    status: 400,
    body: { message: 'container other is not valid for pod web' },
  })
})

test('a container that has not begun says what it waits for', async () => {
  await withPod([{ name: 'main' }], [{ name: 'main', state: { waiting: { reason: 'ImagePullBackOff' } } }])
  expect(await log('')).toMatchObject({
    status: 400,
    body: { message: 'container "main" in pod "web" is waiting to start: ImagePullBackOff' },
  })
})
