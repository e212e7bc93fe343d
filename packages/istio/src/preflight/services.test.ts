import { expect, it } from 'vitest'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { object } from '../samples.ts'
import { facts, one, run } from './samples.ts'

const web = (port: number, more: JsonRecord = {}) =>
  object('Service', 'web', { namespace: 'shop', spec: { ports: [{ name: 'http', port }], ...more } })
const spec = { kind: 'Managed', members: [{ cluster: 'east', network: 'n1' }] }

it('tells those that differ, with what each side says', () => {
  const told = one(run(spec, [facts('hub', {}, web(80)), facts('east', {}, web(8080))]), 'services')
  expect(told).toMatchObject({ id: 'services.differ', severity: 'warning', params: { count: 1, total: 1 } })
  expect(told?.evidence.map(({ ref, value }) => [ref.cluster, value])).toEqual([
    ['hub', 'ports: 80/TCP http'],
    ['east', 'ports: 8080/TCP http'],
  ])
})

it('is well where they are the same, and no question of one cluster', () => {
  const apart = [web(80, { selector: { app: 'a' } }), web(80, { selector: { app: 'b' } })] as const
  const told = one(run(spec, [facts('hub', {}, apart[0]), facts('east', {}, apart[1])]), 'services')
  expect(told).toMatchObject({ id: 'services.same', params: { count: 1 } })
  expect(one(run({ kind: 'Managed' }, [facts('hub')]), 'services')).toBeUndefined()
})

it('does not know of a cluster that was not read', () => {
  const found = run(spec, [facts('hub'), facts('east', { view: undefined })])
  expect(found.find((each) => each.id === 'services.unknown')).toMatchObject({ cluster: 'east', severity: 'unknown' })
})
