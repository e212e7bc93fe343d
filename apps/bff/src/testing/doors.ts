import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { createKubeClient } from '@orbweaver/kube/connect'
import type { Resource } from '@orbweaver/kube/client'
import type { ClusterDoor, Fleet } from '../kube/doors.ts'

type Mirrored = {
  known: (resource: Resource) => boolean
  truth: Omit<ClusterTruth, 'cluster'>
  objects?: readonly KubernetesObject[]
}

/** A cluster of which no more is there than a mirror in a given state; nobody listens where its client dials. */
export function stillDoor(name: string, { known, truth, objects = [] }: Mirrored): ClusterDoor {
  const own = createKubeClient({ cluster: name, connection: { server: 'http://127.0.0.1:9' } })
  const of = (resource: Resource) => objects.filter((each) => each.kind === resource.kind)
  return {
    name,
    server: own.server,
    ends: [],
    own,
    as: () => own,
    may: () => Promise.resolve(true),
    mayBe: () => Promise.resolve('yes'),
    nameOf: ({ user }) => user,
    mirror: {
      list: of,
      get: (resource, target) => of(resource).find((each) => each.metadata.name === target.name),
      known,
      version: () => 0,
      truth: () => ({ cluster: name, ...truth }),
      onChange: () => () => undefined,
    },
  }
}

export function stillFleet(hub: ClusterDoor, members: ClusterDoor[], unusable: ClusterTruth[] = []): Fleet {
  return {
    hub,
    get: (name) => members.find((each) => each.name === name),
    all: () => members,
    unusable: () => unusable,
    prometheusCredentials: () => undefined,
    offered: () => [],
    onChange: () => () => undefined,
  }
}
