import { textAt } from '@orbweaver/contracts/json'
import { describe, expect, it } from 'vitest'
import { layOut, layoutFrom, portsPerCluster, tokensCsv } from './cluster-layout.ts'
import { nodesOf } from './nodes.ts'
import { planOf } from './wish.ts'

const layouts = planOf({ clusters: 3, worlds: ['demo'], kubelets: ['v1.36.3', 'v1.34.1'] }).map((plan, index) =>
  layOut('/run', plan, {
    index,
    ports: Array.from({ length: portsPerCluster }, (_, port) => 40_000 + index * 10 + port),
  }),
)

describe('the layout of clusters', () => {
  it('survives the state file', () => {
    for (const layout of layouts) expect(layoutFrom(JSON.parse(JSON.stringify(layout)))).toEqual(layout)
  })

  it('gives every cluster its own ranges, ports and tokens', () => {
    const values = layouts.flatMap(({ podCidr, serviceCidr, ports, accounts }) => [
      podCidr,
      serviceCidr,
      ...Object.values(ports),
      ...accounts.map(({ token }) => token),
    ])
    expect(new Set(values).size).toBe(values.length)
    expect(values).not.toContain(0)
  })

  it('puts nodes into the Pod range of their cluster, one a zone', () => {
    const nodes = layouts.flatMap((layout) => nodesOf(layout))
    const ranges = nodes.map((node) => textAt(node, 'spec', 'podCIDR'))
    expect(ranges.slice(0, 3)).toEqual(['10.32.0.0/20', '10.32.16.0/20', '10.32.32.0/20'])
    expect(new Set(ranges).size).toBe(nodes.length)
    expect(new Set(nodes.map(({ metadata }) => metadata.labels?.['topology.kubernetes.io/zone'])).size).toBe(
      nodes.length,
    )
  })

  it('gives nodes their kubelets', () => {
    const versions = layouts.map((layout) =>
      nodesOf(layout).map((node) => textAt(node, 'status', 'nodeInfo', 'kubeletVersion')),
    )
    expect(versions[1]).toEqual(['v1.36.3', 'v1.34.1', 'v1.34.1'])
  })

  it('writes tokens as the API server reads them', () => {
    expect(tokensCsv([{ user: 'olga', groups: ['a', 'b'], token: 't' }])).toBe('t,olga,olga,"a,b"\n')
  })
})
