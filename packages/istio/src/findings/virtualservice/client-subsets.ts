import { isVisible, resolveHost } from '../../world/hosts.ts'
import { kinds } from '../../world/kinds.ts'
import { namespaceOf } from '../../world/namespace-of.ts'
import { isLive } from '../../injection/pod-state.ts'
import { isBesideSidecar } from '../carriers.ts'
import { isExported } from '../exports.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { defineIndex, type Index } from '../index-of.ts'
import type { MeshWorld } from '../world.ts'
import { destinationsOf } from './destinations.ts'
import { hiddenSubset } from './gateway-subsets.ts'
import { isForMesh } from './gateways.ts'

const code: Code = {
  code: 'virtualservice.subset-hidden-from-clients',
  severity: 'warning',
  istio: 'accepts',
  aliases: ['KIA1107'],
}

/** Namespaces with Pods that have a sidecar. */
const sidecarHomes: Index<string> = defineIndex({
  name: 'namespaces with sidecars',
  kinds: [kinds.pod],
  where: 'every',
  entries: (pod) => (isLive(pod) && isBesideSidecar(pod) ? [['', namespaceOf(pod)]] : []),
})

/**
 * A rule that clients of other namespaces follow, by a subset whose DestinationRule is not exported to them: they get 503
 * (istio pilot/pkg/model/push_context.go, destinationRule). What a Sidecar lets them see is not looked into.
 */
export const clientSubsets: Judge = {
  says: [code],
  kinds: [kinds.virtualService],
  judge(subject, world) {
    const { object } = subject
    if (!isForMesh(object) || !world.complete(kinds.pod)) return []
    return destinationsOf(object).flatMap(({ host, subset = '', pointer }) => {
      if (subset === '') return []
      const hidden = hiddenSubset(subject, world, { host, subset, homes: () => homesOf(subject, world, host) })
      return hidden === undefined ? [] : [found(subject, code, { pointer: `${pointer}/subset`, ...hidden })]
    })
  },
}

function homesOf({ object, namespace }: Subject, world: MeshWorld, host: string): string[] {
  const { rootNamespace, exportTo, domain } = world.mesh
  const resolved = resolveHost(host, namespace, domain)
  const isLimited = (home: string) => world.config.list(kinds.sidecar, home).length > 0
  if (isLimited(rootNamespace)) return []
  return [...new Set(world.look(sidecarHomes, ''))].filter(
    (home) =>
      home !== namespace &&
      isExported(object, home, exportTo.virtualService) &&
      isKnown(world, resolved, home) &&
      !isLimited(home),
  )
}

/** Whether a namespace sees a host; one that says nothing, by what the mesh says for such ones. */
function isKnown(world: MeshWorld, host: string, home: string): boolean {
  const byDefault = world.mesh.exportTo.service
  const owners = world.hosts.find(host, home)?.owners ?? []
  return owners.some(({ exportTo, namespace }) =>
    isVisible(exportTo.length === 0 ? byDefault : exportTo, namespace, home),
  )
}
