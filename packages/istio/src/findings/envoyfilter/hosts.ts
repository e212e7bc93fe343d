import { kinds } from '../../world/kinds.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'
import { entriesByHost, servicesByName } from '../host-registry.ts'
import type { MeshWorld } from '../world.ts'
import { matched, type Patch, patchesOf } from './patches.ts'

const code: Code = { code: 'envoyfilter.host-not-found', severity: 'warning', istio: 'ignores' }

/** Patches of clusters and virtual hosts that are those of a host nobody has: nothing is patched. */
export const hosts: Judge = {
  says: [code],
  kinds: [kinds.envoyFilter],
  judge(subject, world) {
    if (!world.complete(kinds.service) || !world.config.has(kinds.serviceEntry)) return []
    return patchesOf(subject.object).flatMap((patch) =>
      namedIn(patch).flatMap((each) => judgeHost(subject, world, each)),
    )
  },
}

type Named = { host: string; pointer: string }

/** Hosts as clusters and virtual hosts are called by them: `outbound|80|v1|web.shop.svc.cluster.local`, `web.shop…:80`. */
function namedIn(patch: Patch): Named[] {
  if (patch.operation === 'ADD' && patch.applyTo === 'CLUSTER') return []
  const cluster = matched(patch, 'cluster', 'name')
  // A name says all: beside it the rest of a match is not looked at.
  const ofCluster =
    cluster === undefined ? matched(patch, 'cluster', 'service') : inName(cluster, /^outbound\|.*\|(.*)$/)
  const ofRoutes = inName(matched(patch, 'routeConfiguration', 'vhost', 'name'), /^([^:]*)/)
  return [ofCluster, ofRoutes].flatMap((each) =>
    each === undefined ? [] : [{ host: each.text, pointer: each.pointer }],
  )
}

type Said = ReturnType<typeof matched>

function inName(said: Said, pattern: RegExp): Said {
  return said === undefined ? undefined : { ...said, text: pattern.exec(said.text)?.[1] ?? '' }
}

function judgeHost(subject: Subject, world: MeshWorld, { host, pointer }: Named) {
  const domain = `.svc.${world.mesh.domain}`
  // Of other names of virtual hosts nobody knows whether they are hosts.
  if (!host.includes('.') || (!host.endsWith(domain) && pointer.endsWith('/vhost/name'))) return []
  const isService = host.endsWith(domain) && world.look(servicesByName, host.slice(0, -domain.length)).length > 0
  if (isService || host.includes('*') || world.look(entriesByHost, host).length > 0) return []
  return [found(subject, code, { pointer, params: { host } })]
}
