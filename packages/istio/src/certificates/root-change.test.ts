import type { Authority, Certificate } from '@orbweaver/contracts/certificates'
import { describe, expect, test } from 'vitest'
import { type ClusterEvidence, gateOf, rootChange, takenSince } from './root-change.ts'

const certificate = (fingerprint: string): Certificate => ({
  subject: `CN=${fingerprint}`,
  issuer: `CN=${fingerprint}`,
  fingerprint,
  notBefore: '2020-01-01T00:00:00Z',
  notAfter: '2030-01-01T00:00:00Z',
  ca: true,
  key: 'EC P-256',
  names: [],
  pem: '',
})
const hourMs = 3_600_000
const written = '2026-03-01T10:00:00Z'
const began = '2026-03-01T10:00:20Z'
const now = new Date('2026-03-01T12:00:00Z')
const after = '2026-03-01T11:00:00Z'
const before = '2026-03-01T09:00:00Z'

const authority = (signedUnder: string, ...roots: string[]): Authority => ({
  kind: 'plugged-in',
  issuing: certificate('issuing'),
  chain: [],
  roots: roots.map(certificate),
  verified: true,
  signedUnder,
  writtenAt: written,
})
const cluster = (name: string, roots: string[] | undefined, pods: string[] | undefined = [after]): ClusterEvidence => ({
  cluster: name,
  handed: roots,
  namespaces: roots === undefined ? undefined : [roots, roots],
  pods: roots === undefined ? undefined : pods.map((started) => ({ started, ttlMs: 24 * hourMs })),
})
const told = (of: Authority, clusters: ClusterEvidence[], at = now) =>
  rootChange({ authority: of, istiods: [began], clusters, now: at })
const codes = (messages: { code: string; params: object }[]) => messages.map(({ code, params }) => [code, params])

const old = authority('old', 'old')
const added = authority('old', 'old', 'new')
const switched = authority('new', 'old', 'new')
const both = ['old', 'new']

describe('the phase', () => {
  test.each([
    ['one-root', old],
    ['added', added],
    ['switched', switched],
    ['one-root', authority('new', 'new')],
  ] as const)('is %s', (phase, of) => {
    expect(told(of, []).phase).toBe(phase)
  })

  test('is whole when every cluster hands the roots out and every Pod began since', () => {
    const state = told(added, [cluster('hub', both), cluster('east', both)])
    expect(state).toMatchObject({ since: '2026-03-01T10:00:20.000Z', holds: [], doubts: [] })
    expect(state.clusters[1]).toEqual({
      cluster: 'east',
      handedOut: 'all',
      namespaces: { behind: 0, total: 2 },
      pods: { behind: 0, total: 1 },
    })
  })

  test('of no change under way waits for nothing', () => {
    expect(told(old, [cluster('hub', ['old'], [before]), cluster('east', undefined)])).toMatchObject({
      holds: [],
      doubts: [],
      clusters: [{ handedOut: 'all' }, { handedOut: 'unknown' }],
    })
  })
})

/** Roots that were made in this order, whatever order they stand in. */
function writtenBy(by: 'console' | 'other', signedUnder: string, ...roots: string[]): Authority {
  const made = [...roots].toSorted().map((print, index) => [print, `202${index}-01-01T00:00:00Z`] as const)
  const at = new Map(made)
  const dated = roots.map((each) => ({ ...certificate(each), notBefore: at.get(each) ?? '' }))
  return { ...authority(signedUnder), roots: dated, writtenBy: by }
}

describe('which of two roots is the new one', () => {
  const cases: { what: string; of: Authority; phase: string; other: string }[] = [
    {
      what: 'the last, where the console wrote them',
      of: writtenBy('console', '1', '1', '2'),
      phase: 'added',
      other: '2',
    },
    { what: 'the last, though it is older', of: writtenBy('console', '2', '2', '1'), phase: 'added', other: '1' },
    { what: 'the last, when it signs', of: writtenBy('console', '2', '1', '2'), phase: 'switched', other: '1' },
    {
      what: 'the one made last, where others wrote',
      of: writtenBy('other', '1', '2', '1'),
      phase: 'added',
      other: '2',
    },
    { what: 'the one made last, when it signs', of: writtenBy('other', '2', '2', '1'), phase: 'switched', other: '1' },
    {
      what: 'not what istiod made itself',
      of: { ...writtenBy('other', '1', '2', '1'), selfSigned: '2' },
      phase: 'switched',
      other: '2',
    },
    {
      what: 'the other one, while what istiod made itself signs',
      of: { ...writtenBy('other', '2', '1', '2'), selfSigned: '2' },
      phase: 'added',
      other: '1',
    },
  ]
  test.each(cases)('is $what', ({ of, phase, other }) => {
    expect(told(of, [])).toMatchObject({ phase, other })
  })

  test('is doubted where their age alone tells; then no root goes before all have followed', () => {
    const of = writtenBy('other', '1', '2', '1')
    const clusters = [cluster('hub', ['1', '2'], [before])]
    const state = told(of, clusters)
    expect(codes(state.doubts)).toEqual([['certificates.doubt_age', { subject: 'CN=2' }]])
    expect(gateOf(state, of, { roots: ['1'], signedUnder: '1' }).blocked.map(({ code }) => code)).toEqual([
      'certificates.hold_pods',
    ])
    const ours = writtenBy('console', '1', '1', '2')
    expect(gateOf(told(ours, clusters), ours, { roots: ['1'], signedUnder: '1' }).blocked).toEqual([])
    expect(told(ours, clusters).doubts).toEqual([])
  })
})

describe('what holds the next phase', () => {
  test('applied in some clusters only: by name, and in some namespaces only', () => {
    const late: ClusterEvidence = { ...cluster('west', both), namespaces: [both, ['old']] }
    const { holds } = told(added, [cluster('hub', both), cluster('east', ['old']), late])
    expect(codes(holds)).toEqual([
      ['certificates.hold_handed', { clusters: 'east' }],
      ['certificates.hold_namespaces', { clusters: 'east, west' }],
    ])
  })

  test('Pods that began before, until what they hold has run out', () => {
    const clusters = [cluster('hub', both, [before, after])]
    expect(codes(told(added, clusters).holds)).toEqual([
      ['certificates.hold_pods', { clusters: 'hub', until: '2026-03-02T10:00:20.000Z' }],
    ])
    expect(told(added, clusters, new Date('2026-03-02T10:00:20Z')).holds).toEqual([])
  })

  test('Pods whose certificates hold longer, for as long as those do', () => {
    const hub = cluster('hub', both, [before, after])
    const longer = {
      ...hub,
      pods: [
        { started: before, ttlMs: 72 * hourMs },
        { started: after, ttlMs: 200 * hourMs },
      ],
    }
    expect(codes(told(added, [longer], new Date('2026-03-03T10:00:00Z')).holds)).toEqual([
      ['certificates.hold_pods', { clusters: 'hub', until: '2026-03-04T10:00:20.000Z' }],
    ])
    expect(told(added, [longer], new Date('2026-03-04T10:00:20Z')).holds).toEqual([])
    const shorter = { ...hub, pods: [{ started: before, ttlMs: hourMs }] }
    expect(told(added, [shorter])).toMatchObject({ holds: [], renewedBy: '2026-03-01T11:00:20.000Z' })
  })

  test('nobody knows of a cluster out of reach, of Pods that are hidden, or since when', () => {
    const hidden = { ...cluster('east', both), partial: true }
    const { holds, doubts } = rootChange({
      authority: added,
      istiods: [],
      clusters: [cluster('hub', both, [before]), hidden, cluster('west', undefined)],
      now,
    })
    expect(holds).toEqual([])
    expect(codes(doubts)).toEqual([
      ['certificates.doubt_unread', { clusters: 'west' }],
      ['certificates.doubt_hidden', { clusters: 'east' }],
      ['certificates.doubt_since', {}],
    ])
  })
})

describe('since when Pods get what the Secret says', () => {
  test.each([
    ['as istiod began, where all began after it was written', [began, after], '2026-03-01T10:00:20.000Z'],
    ['as soon as the kubelet has brought it, where one is older', [before, after], '2026-03-01T10:02:00.000Z'],
    ['never, where none runs', [], undefined],
  ])('%s', (_, istiods, wanted) => {
    expect(takenSince(written, istiods)?.toISOString()).toBe(wanted)
  })

  test('is not known where the Secret does not tell when it was written', () => {
    expect(takenSince(undefined, [began])).toBeUndefined()
  })
})

type Answer = [blocked: string[], notes: string[]]

describe('moves, in every order', () => {
  const whole = [cluster('hub', both)]
  const partly = [cluster('hub', both, [before]), cluster('west', undefined)]
  const move = (from: Authority, [signedUnder, ...roots]: string[], clusters: ClusterEvidence[]) => {
    const { blocked, notes } = gateOf(told(from, clusters), from, { roots, signedUnder })
    return [blocked.map(({ code }) => code), notes.map(({ code }) => code)]
  }
  const held: Answer = [['certificates.hold_pods'], ['certificates.doubt_unread']]
  const warned: Answer = [[], ['certificates.drops_unused']]
  const free: Answer = [[], []]

  const cases: { what: string; from: Authority; next: string[]; whole?: Answer; partly?: Answer }[] = [
    { what: 'adding a root never waits', from: old, next: ['old', 'old', 'new'] },
    { what: 'another root signs once all trust it', from: added, next: ['new', 'old', 'new'], partly: held },
    {
      what: 'the new root goes again, with a warning',
      from: added,
      next: ['old', 'old'],
      whole: warned,
      partly: warned,
    },
    { what: 'the old root goes once nothing it signed is used', from: switched, next: ['new', 'new'], partly: held },
    { what: 'the old root signs again once all trust it', from: switched, next: ['old', 'old', 'new'], partly: held },
    { what: 'what signs is renewed under its root', from: switched, next: ['new', 'old', 'new'] },
    { what: 'signing and removing at once waits like each', from: added, next: ['new', 'new'], partly: held },
    { what: 'a third root comes in between', from: added, next: ['old', 'old', 'new', 'third'] },
  ]
  test.each(cases)('$what', ({ from, next, whole: ifWhole = free, partly: ifPartly = free }) => {
    expect(move(from, next, whole)).toEqual(ifWhole)
    expect(move(from, next, partly)).toEqual(ifPartly)
  })

  test('a mesh without an authority has nothing to wait for', () => {
    expect(gateOf(told(added, partly), undefined, { roots: [], signedUnder: undefined })).toEqual({
      blocked: [],
      notes: [],
    })
  })
})
