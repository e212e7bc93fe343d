import { isRecord, type Json, listAt, numberAt, textAt } from '@orbweaver/contracts/json'
import { demoWorld } from '@orbweaver/sandbox/worlds/demo'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SignedInClient } from '../../testing/call.ts'
import { startWholeConsole, until, type WholeConsole } from '../../testing/whole-console.ts'

let whole: WholeConsole
let [ada, vic, nils]: SignedInClient[] = []

const read = async (by: SignedInClient | undefined, query = 'size=500'): Promise<Json> => {
  const answer = await by?.read(`/api/v1/meshes/edge/findings?${query}`)
  if (answer?.status !== 200 || !isRecord(answer.body)) throw new Error(answer?.text)
  return answer.body
}
const placesOf = (page: Json) =>
  listAt(page, 'items').map((each) => `${textAt(each, 'code')} ${textAt(each, 'ref', 'namespace') ?? ''}`)

beforeAll(async () => {
  whole = await startWholeConsole(await demoWorld())
  ;[ada, vic, nils] = await Promise.all(['ada', 'vic', 'nils'].map((each) => whole.person(each)))
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
  expect(page).toMatchObject({ everything: true })
  const errors = await read(ada, 'severities[0]=error&size=1')
  expect([listAt(errors, 'items').length, numberAt(errors, 'total')]).toEqual([1, 2])
})

test('who sees one namespace is told of that one, counts and choices included', async () => {
  const page = await read(nils)
  expect(new Set(placesOf(page).map((each) => each.split(' ')[1]))).toEqual(new Set(['bookinfo']))
  const told = JSON.stringify(page)
  for (const hidden of ['istio-system', 'shop-catalog', 'namespace.not-injected']) expect(told).not.toContain(hidden)
  expect(page).toMatchObject({ everything: false })
  expect(listAt(page, 'counts', 'namespaces')).toEqual([{ namespace: 'bookinfo', count: placesOf(page).length }])
})

test('of a mesh that is hidden or not there nothing is told', async () => {
  expect((await ada?.read('/api/v1/meshes/none/findings'))?.status).toBe(404)
  expect((await nils?.read('/api/v1/meshes/none/findings'))?.status).toBe(404)
})

const findingOf = async (code: string) => {
  const [finding] = listAt(await read(ada, `muted=with&codes[0]=${code}`), 'items')
  if (!isRecord(finding)) throw new Error(`no ${code}`)
  return finding
}
const plan = async (by: SignedInClient | undefined, intent: object) => {
  const answer = await by?.write('/api/v1/plans', { body: { intent } })
  const refused = listAt(answer?.body, 'data', 'reasons')
  const why = [...refused, ...listAt(answer?.body, 'blocked')].map((each) => textAt(each, 'code'))
  return { body: answer?.body, why }
}
const carryOut = async (by: SignedInClient | undefined, intent: object) => {
  if (by === undefined) throw new Error('nobody is signed in')
  await whole.confirm(by, intent)
}

test('a way out is a plan that shows what it solves; who may not is refused, and what has changed is not patched', async () => {
  const finding = await findingOf('gateway.port-not-served')
  const { code, ref, pointer } = finding
  const [fix] = listAt(finding, 'fixes')
  const intent = { type: 'objects.fix', mesh: 'edge', finding: { code, ref, pointer }, fix }
  const planned = await plan(ada, intent)
  expect(planned.why).toEqual([])
  expect(listAt(planned.body, 'findings', 'solved').map((each) => textAt(each, 'code'))).toEqual([code])
  expect(listAt(planned.body, 'findings', 'introduced')).toEqual([])
  expect(listAt(planned.body, 'items').map((each) => textAt(each, 'ref', 'kind'))).toEqual(['Service'])
  expect((await plan(vic, intent)).why).toEqual(['plan.forbidden'])
  expect((await plan(nils, intent)).why).toEqual(['objects.finding_gone'])
  expect((await plan(ada, { ...intent, fix: { ...(isRecord(fix) ? fix : {}), patches: [] } })).why).toEqual([
    'objects.fix_outdated',
  ])
  await carryOut(ada, intent)
  await until(async () => ((await plan(ada, intent)).why.join() === 'objects.finding_gone' ? '' : 'it is still found'))
})

test('a finding is muted on its object with a reason, by who may write there, and heard of again', async () => {
  const { code, ref } = await findingOf('virtualservice.host-not-found')
  if (typeof code !== 'string') throw new Error('a finding without a code')
  const mute = { type: 'objects.mute', mesh: 'edge', ref, code, reason: 'it comes next week', until: '2999-12-31' }
  expect((await plan(vic, mute)).why).toEqual(['plan.forbidden'])
  expect(
    (await plan(nils, { ...mute, ref: { ...(isRecord(ref) ? ref : {}), namespace: 'istio-system' } })).why,
  ).toEqual(['plan.gone'])
  const planned = await plan(nils, mute)
  expect(planned.why).toEqual([])
  expect(listAt(planned.body, 'impact', 'notes')).toEqual([{ code: 'objects.mute_hides', params: { count: 1 } }])
  await carryOut(nils, mute)
  await until(async () => (numberAt(await read(ada, `codes[0]=${code}`), 'total') === 0 ? '' : 'it is still told'))
  expect(await findingOf(code)).toMatchObject({ mute: { reason: 'it comes next week', until: '2999-12-31' } })
  expect(numberAt(await read(ada), 'counts', 'muted')).toBe(1)
  await carryOut(nils, { type: 'objects.unmute', mesh: 'edge', ref, code })
  await until(async () => (numberAt(await read(ada, `codes[0]=${code}`), 'total') === 1 ? '' : 'it is still muted'))
})

const shown = (by: SignedInClient | undefined, of: object) => {
  const ref = { cluster: 'frankfurt-edge', group: 'apps', version: 'v1', kind: 'Deployment', ...of }
  return by?.write('/api/v1/objects/read', { body: { mesh: 'edge', ref } })
}

test('objects that are no rules are looked at by who may read them, with what is wrong; Secrets by nobody', async () => {
  const istiod = { namespace: 'istio-system', name: 'istiod' }
  const read = await shown(vic, istiod)
  expect([read?.status, listAt(read?.body, 'findings').map((each) => textAt(each, 'code'))]).toEqual([
    200,
    ['istiod.jwks-fetch-open'],
  ])
  expect(read?.body).toMatchObject({ rule: false, permitted: { update: false, delete: false } })
  expect((await shown(nils, istiod))?.code).toBe('access.forbidden')
  expect((await shown(ada, { ...istiod, cluster: 'tokyo-prod' }))?.code).toBe('objects.not_found')
  const secret = { group: '', kind: 'Secret', namespace: 'istio-system', name: 'cacerts' }
  expect((await shown(ada, secret))?.code).toBe('objects.not_found')
})

test('lists of namespaces and workloads count what is found about each, and every code is explained', async () => {
  const namespaces = await ada?.read('/api/v1/meshes/edge/sidecars/namespaces?size=500&sort=findings&order=desc')
  expect(listAt(namespaces?.body, 'items')[0]).toMatchObject({ findings: { count: 1, worst: 'info' } })
  const workloads = await ada?.read('/api/v1/meshes/edge/sidecars/workloads?size=500&namespace=istio-system')
  const istiod = listAt(workloads?.body, 'items').find((each) => textAt(each, 'ref', 'name') === 'istiod')
  expect(istiod).toMatchObject({ findings: { count: 1, worst: 'warning' } })
  const codes = listAt((await nils?.read('/api/v1/finding-codes'))?.body, 'items')
  expect(codes.find((each) => textAt(each, 'code') === 'gateway.port-not-served')).toMatchObject({
    severity: 'warning',
    istio: 'accepts',
    aliases: ['IST0162'],
    kinds: ['Gateway'],
    fixes: ['serve-port'],
  })
})

test('why an object cannot be read now is told by a code that has words', async () => {
  const { faults } = whole.member('frankfurt-edge').server
  faults.set({ refuse: true })
  try {
    const told = await shown(ada, { namespace: 'istio-system', name: 'istiod' })
    expect(told).toMatchObject({ status: 502, code: 'objects.unreadable' })
    expect(textAt(told?.body, 'data', 'reason')).toBe('kube.unreachable')
  } finally {
    faults.set({ refuse: false })
  }
})
