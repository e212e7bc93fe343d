import { beforeAll, expect, test } from 'vitest'
import { buildJudges } from '../build.ts'
import { compare } from './compare.ts'
import { make } from './draft.ts'
import { generate } from './generate.ts'
import { codeOf } from './pairs.ts'
import { analyze, validate } from './real-judges.ts'

/** Codes whose findings are whole: there no pair may differ. */
const heldCodes: ReadonlySet<string> = new Set([
  'IST0002',
  'IST0101',
  'IST0102',
  'IST0103',
  'IST0106',
  'IST0107',
  'IST0108',
  'IST0109',
  'IST0110',
  'IST0111',
  'IST0112',
  'IST0116',
  'IST0118',
  'IST0123',
  'IST0125',
  'IST0126',
  'IST0127',
  'IST0128',
  'IST0129',
  'IST0130',
  'IST0132',
  'IST0133',
  'IST0134',
  'IST0135',
  'IST0137',
  'IST0138',
  'IST0139',
  'IST0140',
  'IST0144',
  'IST0145',
  'IST0149',
  'IST0150',
  'IST0151',
  'IST0153',
  'IST0155',
  'IST0158',
  'IST0159',
  'IST0160',
  'IST0161',
  'IST0162',
  'IST0163',
  'IST0164',
  'IST0166',
  'IST0167',
  'IST0170',
  'IST0171',
  'IST0173',
  'IST0174',
  'IST0176',
  'IST0177',
])

let program = ''
beforeAll(async () => {
  program = await buildJudges(() => undefined)
})

const route = (host: string, weight: number) =>
  make('VirtualService', 'web', {
    namespace: 'shop',
    spec: { hosts: [host], http: [{ route: [{ destination: { host }, weight }] }] },
  })

test('the analysers say of files what they say of a cluster', async () => {
  const [bare, served] = await analyze(program, [
    { id: 'bare', objects: [route('web', 0)] },
    { id: 'served', objects: [route('web', 0), make('Service', 'web', { namespace: 'shop', spec: { ports: [] } })] },
  ])
  expect(bare?.messages.map(({ code, kind, namespace, name }) => ({ code, kind, namespace, name }))).toEqual([
    { code: 'IST0101', kind: 'VirtualService', namespace: 'shop', name: 'web' },
  ])
  expect(served).toMatchObject({ id: 'served', messages: [], skipped: [], errors: [] })
})

test('the webhook refuses and warns', async () => {
  const [refused, allowed] = await validate(program, [route('web', -1), route('web', 1)])
  expect(refused).toMatchObject({ allowed: false, message: 'configuration is invalid: weight -1 < 0' })
  expect(allowed).toEqual({ allowed: true, message: '', warnings: [] })
})

test('the same number is the same world', () => {
  expect(generate(7)).toEqual(generate(7))
  expect(generate(7)).not.toEqual(generate(8))
})

test('our judges and istioctl’s say the same of worlds', async () => {
  const worlds = Array.from({ length: 300 }, (_, index) => generate(index + 1))
  const all = await compare(program, worlds)
  const held = (pair: string) => heldCodes.has(codeOf(pair))
  const different = all.flatMap(({ world, theirs, ours }) =>
    [...theirs, ...ours].filter(held).map((pair) => `world ${world.id}: ${pair}`),
  )
  expect(different).toEqual([])
  expect(all.flatMap(({ equal }) => equal).length).toBeGreaterThan(300)
})
