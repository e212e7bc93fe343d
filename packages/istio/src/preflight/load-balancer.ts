import { textAt } from '@orbweaver/contracts/json'
import { loadBalancerAddress } from '../blueprints/gates.ts'
import type { Mesh } from '../meshes/mesh.ts'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { isIp, isLoopback, isPrivate } from './address.ts'
import { all, check, fix, mostShown, type PreflightCheck, seen } from './check.ts'

/**
 * Whether Services of type LoadBalancer get addresses here, judged by those that exist: nothing is made to try.
 * Without any there is no evidence, and the entrance itself will tell within its deadline. `otherwise`: what to do where
 * they get none, by what they are for: an entrance, or the gateway between networks.
 */
export function loadBalancer(view: ClusterView, otherwise: 'give-address' | 'give-network'): PreflightCheck {
  const { cluster } = view
  const way = otherwise === 'give-address' ? fix('give-address') : fix('give-network')
  const services = view.list(kinds.service).filter((each) => textAt(each, 'spec', 'type') === 'LoadBalancer')
  const assigned = services.filter((each) => loadBalancerAddress(each) !== undefined)
  const evidence = (assigned.length > 0 ? assigned : services)
    .slice(0, mostShown)
    .map((each) => seen(cluster, each, loadBalancerAddress(each)))
  const grounds = all(view, kinds.service)
  const params = { assigned: assigned.length, total: services.length }
  if (services.length === 0) {
    return check('load-balancer.no-evidence', 'unknown', { cluster, grounds, fix: way })
  }
  if (assigned.length === 0) {
    return check('load-balancer.pending', 'warning', { cluster, params, evidence, grounds, fix: way })
  }
  return check('load-balancer.works', 'ok', { cluster, params, evidence, grounds })
}

/** A given or foreseeable entrance: a host name takes another way than an IP, and a public one is open to everybody. */
export function entrance(mesh: Mesh, view: ClusterView): PreflightCheck[] {
  const { cluster } = view
  const { type, address } = mesh.controlPlane.entrance
  const expected = type === 'Address' ? address : exampleAddress(view)
  if (expected === undefined) return []
  const params = { address: expected }
  // One that is foreseen is that of somebody's Service.
  const grounds = type === 'Address' ? [] : all(view, kinds.service)
  if (isLoopback(expected)) {
    return [check('entrance.loopback', 'blocking', { cluster, params, grounds, fix: fix('give-address') })]
  }
  if (!isIp(expected)) return [check('entrance.host-name', 'info', { cluster, params, grounds })]
  if (isPrivate(expected)) return [check('entrance.private', 'ok', { cluster, params, grounds })]
  return [check('entrance.public', 'warning', { cluster, params, grounds, fix: fix('restrict-entrance') })]
}

function exampleAddress(view: ClusterView): string | undefined {
  return view
    .list(kinds.service)
    .map(loadBalancerAddress)
    .find((each) => each !== undefined)
}
