import { expect, it } from 'vitest'
import { type IstiodAnswer, readClusterz, syncOf } from './sync.ts'

const told = (pod: string, syncStatus: string): IstiodAnswer => ({
  pod,
  clusters: readClusterz([{ id: 'east', secretName: 'istio-system/east', syncStatus }]) ?? expect.fail('unreadable'),
})
const silent: IstiodAnswer = { pod: 'c', why: { code: 'meshes.istiod_refused', params: { status: 404 } } }

it('reads what istiod says, its own cluster without a Secret', () => {
  expect(readClusterz([{ id: 'hub', secretName: '', syncStatus: 'synced' }])).toEqual([
    { id: 'hub', secretName: '', state: 'synced' },
  ])
  expect(readClusterz([])).toEqual([])
})

it('reads nothing into what it does not know', () => {
  expect(readClusterz('404 page not found')).toBeUndefined()
  expect(readClusterz([{ id: 'hub', syncStatus: 'happy' }])).toBeUndefined()
  expect(readClusterz([{ syncStatus: 'synced' }])).toBeUndefined()
})

it('takes the worst of all replicas, and keeps what each said', () => {
  expect(syncOf('east', [told('a', 'synced'), told('b', 'timeout')])).toEqual({
    state: 'timeout',
    secretName: 'istio-system/east',
    replicas: [
      { pod: 'a', state: 'synced' },
      { pod: 'b', state: 'timeout' },
    ],
  })
  expect(syncOf('east', [told('a', 'synced'), told('b', 'syncing')]).state).toBe('syncing')
})

it('calls a cluster unknown that one of them has no Secret for, or has just closed', () => {
  expect(syncOf('west', [told('a', 'synced')])).toMatchObject({ state: 'unknown-to-istiod' })
  expect(syncOf('east', [told('a', 'closed'), told('b', 'synced')]).state).toBe('unknown-to-istiod')
})

it('hears nothing about a cluster from an istiod that was not heard', () => {
  expect(syncOf('east', [silent, told('a', 'synced')])).toMatchObject({
    state: 'synced',
    replicas: [{ pod: 'c', state: 'not-asked', why: silent.why }, { pod: 'a' }],
  })
  expect(syncOf('east', [silent])).toMatchObject({ state: 'not-asked', why: silent.why })
  expect(syncOf('east', [])).toEqual({ state: 'not-asked', replicas: [] })
})
