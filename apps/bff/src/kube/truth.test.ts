import { expect, test } from 'vitest'
import { judgeTruth, type KindState } from './truth.ts'

const live: KindState = { known: true, live: true, asOf: 100, trouble: undefined }
const cut: KindState = { known: true, live: false, asOf: 50, trouble: 'unreachable' }
const unread: KindState = { known: false, live: false, asOf: undefined, trouble: undefined }
const refused: KindState = { ...unread, trouble: 'forbidden' }
const well = { answeredAt: 200, trouble: undefined }
const unasked = { answeredAt: undefined, trouble: undefined }
const unknown = { answeredAt: 200, trouble: { code: 'unauthorized', since: 1 } } as const
const silent = { answeredAt: 200, trouble: { code: 'timeout', since: 150 } } as const

type Case = { name: string; kinds: KindState[]; health: Parameters<typeof judgeTruth>[1]; expected: object }
const cases: Case[] = [
  { name: 'fresh while all watches stand', kinds: [live, live], health: well, expected: { state: 'fresh', asOf: 200 } },
  {
    name: 'as old as its oldest kind',
    kinds: [live, cut],
    health: well,
    expected: { state: 'stale', asOf: 50, reason: 'kube.unreachable' },
  },
  { name: 'syncing until everything was read', kinds: [live, unread], health: well, expected: { state: 'syncing' } },
  { name: 'syncing before it was asked', kinds: [unread], health: unasked, expected: { state: 'syncing' } },
  {
    name: 'unreachable whatever was read',
    kinds: [live, live],
    health: silent,
    expected: { state: 'unreachable', asOf: 100, reason: 'kube.timeout' },
  },
  {
    name: 'forbidden when something vital is',
    kinds: [live, refused],
    health: well,
    expected: { state: 'forbidden', reason: 'kube.forbidden' },
  },
  {
    name: 'unauthorized when nobody knows us any more',
    kinds: [live],
    health: unknown,
    expected: { state: 'unauthorized', asOf: 100, reason: 'kube.unauthorized' },
  },
]

test.each(cases)('a cluster is $name', ({ kinds, health, expected }) => {
  expect(judgeTruth(kinds, health)).toEqual(expected)
})
