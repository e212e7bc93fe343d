import { isRecord, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { demoWorld } from '@orbweaver/sandbox/worlds/demo'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SignedInClient } from '../../testing/call.ts'
import { startWholeConsole, until, type WholeConsole } from '../../testing/whole-console.ts'

let whole: WholeConsole
let [ada, nils]: SignedInClient[] = []

const read = async (by: SignedInClient | undefined, query = 'size=500'): Promise<Json> => {
  const answer = await by?.read(`/api/v1/meshes/edge/findings?${query}`)
  if (answer?.status !== 200 || !isRecord(answer.body)) throw new Error(answer?.text)
  return answer.body
}
const placesOf = (page: Json) =>
  listAt(page, 'items').map((each) => `${textAt(each, 'code')} ${textAt(each, 'ref', 'namespace') ?? ''}`)

beforeAll(async () => {
  whole = await startWholeConsole(await demoWorld())
  ;[ada, nils] = await Promise.all([whole.person('ada'), whole.person('nils')])
  await until(async () => {
    const told = await ada?.read('/api/v1/meshes/edge/findings')
    return (numberAt(told?.body, 'total') ?? 0) >= 9 ? '' : (told?.text ?? 'nobody is signed in')
  })
}, 120_000)
afterAll(() => whole.stop())

test('who sees everything is told of every kind of object, with counts and pages', async () => {
  const page = await read(ada)
  expect(placesOf(page)).toEqual(
    expect.arrayContaining([
      'virtualservice.gateway-not-found bookinfo',
      'istiod.jwks-fetch-open istio-system',
      'namespace.not-injected ',
    ]),
  )
  expect(numberAt(page, 'counts', 'severities', 'error')).toBe(2)
  const errors = await read(ada, 'severities[0]=error&size=1')
  expect([listAt(errors, 'items').length, numberAt(errors, 'total')]).toEqual([1, 2])
})

test('who sees one namespace is told of that one, counts and choices included', async () => {
  const page = await read(nils)
  expect(new Set(placesOf(page).map((each) => each.split(' ')[1]))).toEqual(new Set(['bookinfo']))
  const told = JSON.stringify(page)
  for (const hidden of ['istio-system', 'shop-catalog', 'namespace.not-injected']) expect(told).not.toContain(hidden)
  expect(listAt(page, 'counts', 'namespaces')).toEqual([{ namespace: 'bookinfo', count: placesOf(page).length }])
})

test('of a mesh that is hidden or not there nothing is told', async () => {
  expect((await ada?.read('/api/v1/meshes/none/findings'))?.status).toBe(404)
  expect((await nils?.read('/api/v1/meshes/none/findings'))?.status).toBe(404)
})
