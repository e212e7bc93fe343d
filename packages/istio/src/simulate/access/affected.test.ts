import type { AccessCell } from '@orbweaver/contracts/explain-access'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { describe, expect, it } from 'vitest'
import type { MeshWorld } from '../../findings/world.ts'
import { cellsDifference, accessDifference } from './difference.ts'
import { cellsWithin, type Within } from './matrix.ts'
import { namespace, peers, pod, policy, service, shop, tcpPort, worldOf } from './samples.ts'
import { affectedBy } from './affected.ts'

const bank: readonly KubernetesObject[] = [
  namespace('bank', { 'istio-injection': 'enabled' }),
  pod('vault', 'sidecar', { namespace: 'bank', ip: '10.1.0.9' }),
  service('vault', [tcpPort], { namespace: 'bank' }),
  namespace('bare'),
  pod('old', 'none', { namespace: 'bare', ip: '10.1.0.8' }),
]
const root = { namespace: 'istio-system' }
const reads = policy('reads', {
  selector: { matchLabels: { app: 'api' } },
  rules: [{ to: [{ operation: { methods: ['GET'] } }] }],
})
const strict = peers('strict', { mtls: { mode: 'STRICT' } }, { ...root, creationTimestamp: '2024-01-01T00:00:00Z' })
const ground = [...shop, ...bank, reads, strict]
const open = { mtls: { mode: 'PERMISSIVE' } }
const denyAll = { action: 'DENY', rules: [{}] }

const rule = (kind: string, name: string, more: { namespace: string; spec: KubernetesObject['spec'] }) => ({
  apiVersion: 'networking.istio.io/v1',
  kind,
  metadata: { namespace: more.namespace, name },
  ...(more.spec !== undefined && { spec: more.spec }),
})
const plain = (host: string) => ({ host, trafficPolicy: { tls: { mode: 'DISABLE' } } })

const added: [string, KubernetesObject][] = [
  ['a policy of one namespace', policy('p', denyAll, { namespace: 'bank' })],
  ['a policy of the root namespace', policy('p', denyAll, root)],
  ['peers of one namespace', peers('p', open, { namespace: 'bank' })],
  ['peers of all', peers('older', open, { ...root, creationTimestamp: '2020-01-01T00:00:00Z' })],
  ['a Pod', pod('new', 'sidecar', { ip: '10.1.0.7' })],
  [
    'a Service',
    service('again', [{ name: 'tcp', port: 81, targetPort: 8080 }], { selector: { app: 'api' }, namespace: 'shop' }),
  ],
  ['a host of the own namespace', rule('DestinationRule', 'd', { namespace: 'shop', spec: plain('api') })],
  [
    'a host elsewhere',
    rule('DestinationRule', 'd', { namespace: 'shop', spec: plain('vault.bank.svc.cluster.local') }),
  ],
  ['any host', rule('DestinationRule', 'd', { namespace: 'shop', spec: plain('*.local') })],
  ['hosts of all', rule('DestinationRule', 'd', { namespace: 'istio-system', spec: plain('*') })],
  [
    'a Sidecar',
    rule('Sidecar', 's', {
      namespace: 'shop',
      spec: { ingress: [{ port: { number: 8080, protocol: 'TCP', name: 't' } }] },
    }),
  ],
]

const within = (world: MeshWorld, scope: Within): AccessCell[] => cellsWithin(world, scope) ?? []
const texts = (changes: readonly object[]) => changes.map((each) => JSON.stringify(each)).toSorted()

describe('whom a change touches', () => {
  it.each(added)('%s: asking only there tells all that asking everywhere does', (_, object) => {
    const [without, withIt] = [worldOf(ground), worldOf([...ground, object])]
    const all = accessDifference(without, withIt)
    expect(all.length).toBeGreaterThan(0)
    const scope = affectedBy([{ before: undefined, after: object }], 'istio-system')
    expect(texts(cellsDifference(within(without, scope), within(withIt, scope)))).toEqual(texts(all))
    const back = affectedBy([{ before: object, after: undefined }], 'istio-system')
    expect(cellsDifference(within(withIt, back), within(without, back))).toHaveLength(all.length)
  })

  it('is nobody where rules of routes change, and who is in a namespace whose labels do', () => {
    const route = rule('VirtualService', 'v', { namespace: 'shop', spec: { hosts: ['api'] } })
    expect(within(worldOf(ground), affectedBy([{ before: undefined, after: route }], 'istio-system'))).toEqual([])
    const [before, after] = [namespace('bare'), namespace('bare', { 'istio-injection': 'enabled' })]
    const cells = within(worldOf(ground), affectedBy([{ before, after }], 'istio-system'))
    expect(cells.length).toBeGreaterThan(0)
    for (const { from, to } of cells) expect([from.namespace, to.ref.namespace]).toContain('bare')
  })

  it('is anybody where a policy is attached to what may serve other namespaces', () => {
    const attached = [
      { targetRefs: [{ kind: 'Service', name: 'vault' }] },
      { targetRef: { kind: 'Gateway', name: 'w' } },
    ]
    for (const spec of attached) {
      const { to, from } = affectedBy(
        [{ before: policy('p', { ...denyAll, ...spec }), after: undefined }],
        'istio-system',
      )
      expect([to('anywhere'), from('anywhere')]).toEqual([true, true])
    }
  })

  it('is not asked about where it would be too many', () => {
    const everybody = { to: () => true, from: () => true }
    expect(cellsWithin(worldOf(ground), everybody, 15)).toBeUndefined()
    expect(cellsWithin(worldOf(ground), everybody, 16)).toBeDefined()
  })
})
