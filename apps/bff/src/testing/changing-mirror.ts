import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Resource } from '@orbweaver/kube/client'
import { createKubeClient } from '@orbweaver/kube/connect'
import { virtualServices } from '@orbweaver/kube/resources'
import type { ClusterDoor, Fleet } from '../kube/doors.ts'

const client = createKubeClient({ cluster: 'hub', connection: { server: 'http://127.0.0.1:9' } })

/** A cluster whose mirror holds these objects, and counts how often somebody lists its VirtualServices. */
export function changingMirror(name: string, objects: KubernetesObject[]) {
  const counted = { lists: 0, version: 1 }
  const of = (resource: Resource) => objects.filter((each) => each.kind === resource.kind)
  const door: ClusterDoor = {
    name,
    server: client.server,
    ends: [],
    own: client,
    as: () => client,
    may: () => Promise.resolve(true),
    mayBe: () => Promise.resolve('yes'),
    nameOf: ({ user }) => user,
    mirror: {
      list(resource) {
        if (resource.plural === virtualServices.plural) counted.lists += 1
        return of(resource)
      },
      get: (resource, { name: wanted, namespace }) =>
        of(resource).find(({ metadata }) => metadata.name === wanted && metadata.namespace === namespace),
      known: () => true,
      version: () => counted.version,
      truth: () => ({ cluster: name, state: 'fresh' }),
      onChange: () => () => undefined,
    },
  }
  return { door, counted, objects }
}

/** The first is the hub, and registered like the others. */
export function fleetOf(doors: () => ClusterDoor[]): Fleet {
  const [hub] = doors()
  if (hub === undefined) throw new Error('no hub')
  return {
    hub,
    get: (name) => doors().find((each) => each.name === name),
    all: doors,
    prometheusCredentials: () => undefined,
    offered: () => [],
    unusable: () => [],
    onChange: () => () => undefined,
  }
}
