import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { describe, expect, test } from 'vitest'
import { isMuting, muted, muteOf, unmuted } from './muting.ts'

const finding: Finding = {
  code: 'virtualservice.host-not-found',
  severity: 'error',
  ref: { cluster: 'east', group: 'networking.istio.io', version: 'v1', kind: 'VirtualService', name: 'web' },
  pointer: '',
  params: {},
  evidence: [],
  aliases: ['IST0101', 'KIA1101'],
  fixes: [],
}
const noon = new Date('2026-06-01T12:00:00Z')
const rule = (annotations?: Record<string, string>): KubernetesObject => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'web', ...(annotations !== undefined && { annotations }) },
})
const own = (text: string) => rule({ 'orbweaver.dev/mute': text })
const mute = (object: KubernetesObject, of = finding, now = noon) => muteOf(object, of, now)

describe('a mute', () => {
  test('is of a slug, of another tool’s code, or of everything', () => {
    for (const code of [finding.code, 'IST0101', 'KIA1101', '*']) {
      expect(mute(own(`${code} we know`))).toEqual({ by: 'orbweaver.dev/mute', reason: 'we know' })
    }
    expect(mute(own('virtualservice.weights we know'))).toBeUndefined()
    expect(mute(rule())).toBeUndefined()
  })
  test('lasts to the end of its last day', () => {
    expect(mute(own('* until=2026-06-01 x'))).toMatchObject({ until: '2026-06-01', reason: 'x' })
    expect(mute(own('* until=2026-05-31 x'))).toBeUndefined()
    expect(mute(own('* until=2026-05-31 x\nIST0101 y'))).toMatchObject({ reason: 'y' })
  })
  test('is said by annotations of istioctl and Kiali too, of their own codes', () => {
    const istio = (text: string) => rule({ 'galley.istio.io/analyze-suppress': text })
    expect(mute(istio('IST0102,IST0101'))).toEqual({ by: 'galley.istio.io/analyze-suppress', reason: '' })
    expect(mute(istio('*'))).toBeDefined()
    expect(mute(istio('IST0102'))).toBeUndefined()
    expect(mute(istio('*'), { ...finding, aliases: ['KIA1101'] })).toBeUndefined()
    const kiali = (text: string) => rule({ 'kiali.io/ignore-validations': text })
    expect(mute(kiali(''))).toEqual({ by: 'kiali.io/ignore-validations', reason: '' })
    expect(mute(kiali('KIA0101, KIA1101'))).toBeDefined()
    expect(mute(kiali('KIA0101'))).toBeUndefined()
    expect(mute(kiali(''), { ...finding, aliases: ['IST0101'] })).toBeUndefined()
  })
  test('is what these annotations alone say', () => {
    expect(Object.keys(own('').metadata.annotations ?? {}).map(isMuting)).toEqual([true])
    expect(isMuting('orbweaver.dev/mesh')).toBe(false)
  })
})

describe('muting', () => {
  test('adds a line, or replaces that of the code', () => {
    const once = muted(rule(), finding.code, { reason: ' known ', until: '2026-06-30' })
    expect(once).toEqual(own(`${finding.code} until=2026-06-30 known`))
    expect(mute(once)).toEqual({ by: 'orbweaver.dev/mute', reason: 'known', until: '2026-06-30' })
    const more = muted(muted(once, 'IST0104', { reason: 'a' }), finding.code, { reason: 'for ever' })
    expect(more).toEqual(own(`IST0104 a\n${finding.code} for ever`))
  })
  test('and unmuting take nothing else away', () => {
    const others = { note: 'mine', 'galley.istio.io/analyze-suppress': 'IST0102, IST0101' }
    const quiet = muted(muted(rule(others), '*', { reason: 'all' }), 'IST0104', { reason: 'b' })
    const loud = unmuted(quiet, [finding.code, ...finding.aliases])
    expect(loud).toEqual(
      rule({ note: 'mine', 'orbweaver.dev/mute': 'IST0104 b', 'galley.istio.io/analyze-suppress': 'IST0102' }),
    )
    expect(mute(loud)).toBeUndefined()
    expect(unmuted(own('* x'), [finding.code])).toEqual(rule())
    expect(unmuted(rule({ 'kiali.io/ignore-validations': '' }), [finding.code])).toEqual(rule())
    expect(unmuted(rule({ 'kiali.io/ignore-validations': 'KIA1101' }), ['KIA1101'])).toEqual(rule())
  })
})
