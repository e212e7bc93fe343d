import { clusterGround, sailOperator } from './cluster-basics.ts'
import { personas } from './personas.ts'
import type { World, WorldCluster } from './world.ts'

const OPERATOR = 'quay.io/sail-dev/sail-operator:1.31.0'
const KUBERNETES = 'v1.34.2'

/** A hub and four equal members with an operator and nothing else; none is registered. For tests. */
export function emptyWorld(): World {
  const members = [1, 2, 3, 4].map((number) => member(number))
  return {
    name: 'empty',
    hub: hub(),
    members,
    personas: personas(['hub', ...members.map((each) => each.name)], { cluster: 'member-1', namespace: 'default' }),
  }
}

function ground(name: string, number: number): WorldCluster['stages'][number] {
  const place = { region: `region-${number}`, zones: [`region-${number}a`], kubernetes: KUBERNETES, instance: 'small' }
  return clusterGround({ name, ...place, hostNetwork: `172.17.${number}` })
}

function member(number: number): WorldCluster {
  const name = `member-${number}`
  return {
    name,
    displayName: name,
    provider: 'on-premises',
    region: `region-${number}`,
    network: `network-${number}`,
    kubernetes: KUBERNETES,
    podNetwork: `10.${number + 1}`,
    loadBalancer: { mode: 'ip', range: { from: 10 + number * 40, to: 49 + number * 40 }, delayMs: 50 },
    operator: { image: OPERATOR, newestMinor: 31 },
    istioKinds: true,
    stages: [[...ground(name, number), ...sailOperator(OPERATOR)]],
    registered: false,
  }
}

function hub(): WorldCluster {
  const { operator: _, ...rest } = member(0)
  return { ...rest, name: 'hub', displayName: 'hub', istioKinds: false, stages: [ground('hub', 0)] }
}
