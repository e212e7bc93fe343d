import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import { accessDifference } from './difference.ts'
import { accessMatrix, calleesOf, callersOf } from './matrix.ts'
import { namespace, peers, pod, policy, refTo, service, shop, worldOf } from './samples.ts'

const db: readonly KubernetesObject[] = [
  namespace('data', { 'istio-injection': 'enabled' }),
  pod('db', 'sidecar', { namespace: 'data', ip: '10.1.0.9' }),
  service('db', [{ name: 'tcp', port: 5432 }], { namespace: 'data' }),
  namespace('bare'),
  pod('old', 'none', { namespace: 'bare', ip: '10.1.0.8' }),
]
const onlyShop = policy(
  'only-shop',
  { rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] },
  { namespace: 'data' },
)
const told = (cells: ReturnType<typeof accessMatrix>) =>
  cells.map(
    ({ from, to, verdict }) =>
      `${from.workloads.map(({ name }) => name).join('+')} ${to.ref.name}:${to.port} ${verdict}`,
  )

describe('the matrix', () => {
  it('says who may call a workload', () => {
    const world = worldOf([...shop, ...db, onlyShop])
    expect(told(callersOf(world, { ref: refTo('Pod', 'db', 'data') })).toSorted()).toEqual([
      'api db:5432 allowed',
      'db db:5432 denied',
      'old db:5432 needs-mtls',
      'web db:5432 allowed',
    ])
  })
  it('says who may call what a Service leads to, at the ports of its workloads', () => {
    const world = worldOf([...shop, ...db, onlyShop])
    const ofWorkload = told(callersOf(world, { ref: refTo('Pod', 'db', 'data') }))
    expect(told(callersOf(world, { ref: refTo('Service', 'db', 'data') }))).toEqual(ofWorkload)
    expect(callersOf(world, { ref: refTo('Service', 'nobody', 'data') })).toEqual([])
  })
  it('says what a workload may call', () => {
    const world = worldOf([...shop, ...db, onlyShop, peers('p', { mtls: { mode: 'STRICT' } })])
    expect(told(calleesOf(world, refTo('Pod', 'old', 'bare'))).toSorted()).toEqual([
      'old api:8080 refused-plaintext',
      'old api:9000 refused-plaintext',
      'old db:5432 needs-mtls',
    ])
  })
  it('says on what of a request it depends', () => {
    const reads = policy('reads', { rules: [{ to: [{ operation: { methods: ['GET'] } }] }] })
    const world = worldOf([...shop, reads])
    const [http, tcp] = callersOf(world, { ref: refTo('Pod', 'api') }).filter(
      ({ from }) => from.workloads[0]?.name === 'web',
    )
    expect(http).toMatchObject({ to: { port: 8080 }, verdict: 'depends', depends: ['method'] })
    expect(tcp).toMatchObject({ to: { port: 9000 }, verdict: 'denied', depends: [] })
  })
  it('is asked of a Pod of a workload too', () => {
    const owner = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'set', controller: true }
    const owned = pod('set-0', 'sidecar', { labels: { app: 'api' }, ownerReferences: [owner] })
    const world = worldOf([...shop, owned])
    const cells = callersOf(world, { ref: refTo('Pod', 'set-0'), port: 8080 })
    expect(told(cells)).toContain('web set-0:8080 allowed')
    expect(callersOf(world, { ref: refTo('Pod', 'nobody') })).toEqual([])
  })
  it('takes those of one identity together', () => {
    const twin = pod('twin', 'sidecar', { account: 'web' })
    const cells = callersOf(worldOf([...shop, twin]), { ref: refTo('Pod', 'api'), port: 8080 })
    expect(told(cells)).toContain('web+twin api:8080 allowed')
  })
})

describe('the difference', () => {
  const before = worldOf([...shop, ...db])
  it('is what a change makes of each pair', () => {
    const after = worldOf([...shop, ...db, onlyShop])
    const changes = accessDifference(before, after)
    expect(
      changes.flatMap(({ before: was, after: is }) => told([was, is].filter((each) => each !== undefined))),
    ).toEqual(['db db:5432 allowed', 'db db:5432 denied', 'old db:5432 allowed', 'old db:5432 needs-mtls'])
    expect(accessDifference(before, after, [refTo('Pod', 'old', 'bare')])).toHaveLength(1)
    expect(accessDifference(before, after, [refTo('Pod', 'web')])).toEqual([])
    expect(accessDifference(before, before)).toEqual([])
  })
  it('tells who comes and who goes', () => {
    const after = worldOf([...shop, ...db, pod('new', 'sidecar')])
    const changes = accessDifference(before, after)
    expect(changes.every((each) => each.before === undefined)).toBe(true)
    expect(changes.flatMap(({ after: is }) => (is === undefined ? [] : told([is])))).toEqual([
      'new api:8080 allowed',
      'new api:9000 allowed',
      'new db:5432 allowed',
    ])
    expect(accessDifference(after, before).every((each) => each.after === undefined)).toBe(true)
  })
})
