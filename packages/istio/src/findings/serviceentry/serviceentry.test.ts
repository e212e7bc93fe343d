import type { Json, JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { object } from '../../samples.ts'
import { type Case, faultsOfFixes, findingsOf } from '../fixes/cases.ts'

const entry = (spec: JsonRecord, more: { name?: string; namespace?: string } = {}) =>
  object('ServiceEntry', more.name ?? 'one', {
    namespace: more.namespace ?? 'shop',
    spec: { hosts: ['a.example.com'], ...spec },
  })
const told = (objects: KubernetesObject[], more: Omit<Case, 'objects'> = {}) => {
  expect(faultsOfFixes({ objects, ...more })).toEqual([])
  const found = findingsOf({ objects, ...more }).filter(({ code }) => code.startsWith('serviceentry.'))
  return found.map(({ code, ref, aliases }) => [code.slice('serviceentry.'.length), ref.name, ...aliases].join(' '))
}
const port = (number: number, protocol?: string) => ({
  number,
  name: `p${number}`,
  ...(protocol === undefined ? {} : { protocol }),
})

describe('TCP without an address', () => {
  const missing = ['no-address one IST0134']
  it.each([
    [{ ports: [port(1, 'TCP')] }, missing],
    [{ ports: [port(1, 'tcp')] }, missing],
    [{ ports: [port(1)] }, missing],
    [{ ports: [port(1, 'HTTP')] }, []],
    [{ ports: [port(1, 'TCP')], addresses: [] }, missing],
    [{ ports: [port(1, 'TCP')], addresses: ['10.0.0.1'] }, []],
    [{}, []],
  ])('%j', (spec, expected) => {
    expect(told([entry(spec)])).toEqual(expected)
  })
  it('is let be TLS, which has a host', () => {
    const operations = (ports: Json[]) =>
      findingsOf({ objects: [entry({ ports: [...ports] })] })
        .filter(({ code }) => code === 'serviceentry.no-address')
        .map(({ fixes }) => fixes.flatMap(({ patches }) => patches.flatMap((each) => each.operations)))
    const path = '/spec/ports/0/protocol'
    expect(operations([port(1, 'TCP')])).toEqual([[{ op: 'replace', path, value: 'TLS' }]])
    expect(operations([port(1)])).toEqual([[{ op: 'add', path, value: 'TLS' }]])
    expect(operations(['tcp'])).toEqual([[]])
  })
  it('is no matter where addresses are allocated', () => {
    const tcp = entry({ ports: [port(1, 'TCP')] })
    const metadata = (proxyMetadata: JsonRecord) => ({ settings: { config: { defaultConfig: { proxyMetadata } } } })
    const given = { status: { addresses: [{ value: '240.240.0.1' }] } }
    expect(told([{ ...tcp, ...given }])).toEqual([])
    expect(told([tcp], metadata({ ISTIO_META_DNS_CAPTURE: 'true', ISTIO_META_DNS_AUTO_ALLOCATE: 'true' }))).toEqual([])
    expect(told([tcp], metadata({ ISTIO_META_DNS_CAPTURE: 'true', PILOT_ENABLE_IP_AUTOALLOCATE: 'true' }))).toEqual([])
    expect(told([tcp], metadata({ ISTIO_META_DNS_CAPTURE: 'true' }))).toEqual(missing)
    expect(told([tcp], metadata({ ISTIO_META_DNS_AUTO_ALLOCATE: 'true' }))).toEqual(missing)
  })
})

describe('protocols of one port', () => {
  const both = ['protocol-conflict one IST0177 KIA1212', 'protocol-conflict two IST0177 KIA1212']
  const pair = (one: JsonRecord, two: JsonRecord) =>
    told([
      entry({ ports: [port(80, 'HTTP')], ...one }),
      entry({ ports: [port(80, 'TLS')], ...two }, { name: 'two', namespace: 'far' }),
    ]).filter((each) => each.startsWith('protocol-conflict'))
  it.each([
    ['differ', {}, {}, both],
    ['are one in two spellings', {}, { ports: [port(80, 'http')] }, []],
    ['are of two ports', {}, { ports: [port(81, 'TLS')] }, []],
    ['are of two hosts', {}, { hosts: ['b.example.com'] }, []],
    ['differ for one namespace', {}, { exportTo: ['.'] }, both],
    ['differ for the other namespace', { exportTo: ['.'] }, {}, both],
    ['are each for their own', { exportTo: ['.'] }, { exportTo: ['.'] }, []],
    ['meet in a third one', { exportTo: ['third'] }, { exportTo: ['third'] }, both],
    ['differ, one said to be for all', { exportTo: ['*'] }, {}, both],
    ['are said and unsaid', {}, { ports: [port(80)] }, both],
  ])('%s', (...[, one, two, expected]) => {
    expect(pair(one, two).toSorted((a, b) => a.localeCompare(b))).toEqual(expected)
  })
  it('are told with the other ServiceEntries that say them', () => {
    const objects = [entry({ ports: [port(80, 'HTTP')] }), entry({ ports: [port(80, 'TLS')] }, { name: 'two' })]
    const told = findingsOf({ objects }).filter(({ code }) => code === 'serviceentry.protocol-conflict')
    expect(told.map(({ ref, evidence }) => [ref.name, evidence.map(({ name }) => name)])).toEqual([
      ['one', ['two']],
      ['two', ['one']],
    ])
  })
  it('are not made HTTP on port 443', () => {
    const ways = (number: number) =>
      findingsOf({
        objects: [entry({ ports: [port(number, 'HTTP')] }), entry({ ports: [port(number, 'TLS')] }, { name: 'two' })],
      })
        .filter(({ code }) => code === 'serviceentry.protocol-conflict')
        .flatMap(({ fixes }) => fixes.map(({ params }) => params['protocol']))
    expect(ways(80)).toEqual(['TLS', 'HTTP'])
    expect(ways(443)).toEqual(['TLS'])
  })
})
