import type { Capabilities } from '@orbweaver/contracts/clusters'
import { capabilities } from '@orbweaver/istio/capabilities/capabilities'
import { kindKey } from '@orbweaver/istio/world/kinds'
import { clusterView } from '@orbweaver/istio/world/view'
import { customResourceDefinitions, nodes, services } from '@orbweaver/kube/resources'
import type { Fleet, ViewerDoor } from '../kube/doors.ts'

const looked = [
  { kind: 'nodes', resource: nodes },
  { kind: 'services', resource: services },
  { kind: 'definitions', resource: customResourceDefinitions },
] as const

/** What the cluster has, by those of its objects that the viewer may list. */
export async function seenCapabilities(
  { fleet, viewer }: { fleet: Fleet; viewer: ViewerDoor },
  { name, kubernetesVersion }: { name: string; kubernetesVersion?: string | undefined },
): Promise<Capabilities> {
  const door = fleet.get(name)
  const read = looked.filter(({ resource }) => door?.mirror.known(resource) === true)
  const seen = await Promise.all(
    read.map(async ({ kind, resource }) => {
      const [all, objects] = await Promise.all([viewer.lists(name, resource), viewer.list(name, resource)])
      return { kind, key: kindKey(resource), all, objects }
    }),
  )
  // Some of a cluster's Services are some evidence; there is no such thing as some of its nodes.
  const shown = seen.filter(({ all, objects }) => all || objects.length > 0)
  const view = clusterView(
    name,
    shown.flatMap(({ objects }) => objects),
    shown.map(({ key }) => key),
  )
  const hidden = seen.filter(({ all }) => !all).map(({ kind }) => kind)
  return { hidden, ...capabilities(view, kubernetesVersion) }
}
