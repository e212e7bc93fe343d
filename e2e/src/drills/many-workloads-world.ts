import { listAt, recordAt, stringsAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { namespace, workload } from '@orbweaver/sandbox/worlds/objects'
import { personas } from '@orbweaver/sandbox/worlds/personas'
import type { World } from '@orbweaver/sandbox/worlds/world'
import type { GatedFleet } from '../harness/gated-fleet.ts'
import { smallWorld } from './small-world.ts'

export const cluster = 'member-1'
export const teams = Array.from({ length: 100 }, (_, index) => `team-${index + 1}`)
export const apps = Array.from({ length: 14 }, (_, index) => `app-${index + 1}`)

/** One registered member with a hundred namespaces; Nils works in the first of them. */
export function manyNamespacesWorld(): World {
  const world = smallWorld(1)
  const objects = teams.map((name) => namespace(name))
  return {
    ...world,
    members: world.members.map((member) => ({ ...member, stages: [...member.stages, objects] })),
    personas: personas(['hub', cluster], { cluster, namespace: 'team-1' }),
  }
}

/**
 * Fourteen workloads in each, with a Pod that is there already and stays when they are restarted: what happens to Pods
 * is another drill's matter, and fourteen hundred of them would take their time.
 */
export function putWorkloads({ fleet }: GatedFleet): void {
  const store = fleet.clusters.get(cluster)?.server.store
  const node = store?.list({ apiVersion: 'v1', kind: 'Node' })[0]?.metadata.name ?? ''
  for (const team of teams) {
    for (const app of apps) {
      const set = workload({ kind: 'StatefulSet', namespace: team, name: app, image: 'registry.example/app:1' })
      const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 1 } }
      const held = store?.put({ ...set, spec: { ...recordAt(set, 'spec'), updateStrategy } })
      if (held !== undefined) store?.put(podOf(held, node))
    }
  }
}

function podOf(set: KubernetesObject, nodeName: string): KubernetesObject {
  const { name, namespace: place = '', uid = '' } = set.metadata
  const containers = listAt(set.spec, 'template', 'spec', 'containers')
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-0`,
      namespace: place,
      labels: stringsAt(set.spec, 'template', 'metadata', 'labels'),
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name, uid, controller: true }],
    },
    spec: { nodeName, containers },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: containers.map((each) => ({ name: textAt(each, 'name') ?? '', ready: true })),
    },
  }
}
