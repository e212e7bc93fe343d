import type { RouteExplanation } from '@orbweaver/contracts/explain'
import { type ObjectRef, refKey } from '@orbweaver/contracts/kubernetes'
import { expect, test } from 'vitest'
import { withoutHiddenPods } from './seen-endpoints.ts'

const at = (kind: string, namespace: string, name: string): ObjectRef => ({
  cluster: 'west',
  group: '',
  version: 'v1',
  kind,
  namespace,
  name,
})
const [pod, entrance] = [at('Pod', 'shop', 'w1'), at('Service', 'istio-system', 'eastwest')]

/** What goes to a Pod of another network, by its entrance. */
const explanation: RouteExplanation = {
  outcome: {
    kind: 'routed',
    destinations: [
      {
        weight: 100,
        host: 'reviews.shop.svc.cluster.local',
        port: 9080,
        cluster: 'outbound|9080||reviews.shop.svc.cluster.local',
        resolution: 'listed',
        endpoints: [
          {
            cluster: 'west',
            namespace: 'shop',
            pod: 'w1',
            address: '10.8.0.1',
            port: 9080,
            network: 'west',
            gateways: [{ ref: entrance, address: '192.0.2.1:15443' }],
            ready: true,
          },
        ],
      },
    ],
  },
  decidedBy: null,
  policies: [],
  trail: [],
}

const seenBy = async (...refs: ObjectRef[]): Promise<string> => {
  const seesWhich = (asked: readonly ObjectRef[]) =>
    Promise.resolve(new Set(asked.map(refKey).filter((each) => refs.map(refKey).includes(each))))
  return JSON.stringify(await withoutHiddenPods({ seesWhich }, explanation))
}

test.each([
  ['both', [pod, entrance], ['10.8.0.1', '192.0.2.1']],
  ['the Pod alone', [pod], ['10.8.0.1']],
  ['the entrance alone', [entrance], []],
  ['neither', [], []],
])('who sees %s is told of their addresses', async (_, refs, addresses) => {
  const text = await seenBy(...refs)
  expect(['10.8.0.1', '192.0.2.1'].filter((each) => text.includes(each))).toEqual(addresses)
})
