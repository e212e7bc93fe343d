import { meshNetwork } from '../blueprints/network.ts'
import { type Mesh, clustersOf } from '../meshes/mesh.ts'
import { check, type ClusterFacts, type PreflightCheck, type PreflightInput } from './check.ts'
import { adoptable, controlPlanes } from './control-planes.ts'
import { fleet } from './fleet.ts'
import { kubernetesVersion } from './kubernetes-version.ts'
import { entrance, loadBalancer } from './load-balancer.ts'
import { controlPlaneNamespaceCheck } from './namespace.ts'
import { operator } from './operator.ts'
import { permissions } from './permissions.ts'
import { peerAddress, reachability, unmet } from './reachability.ts'

/** Everything that can be known before the first write (istio-and-sail.md 2.5), worst first. It writes nothing. */
export function preflight(input: PreflightInput): PreflightCheck[] {
  const { mesh, facts } = input
  const found = clustersOf(mesh).flatMap((cluster) => {
    const known = facts.get(cluster)
    if (known === undefined) return [unmet(cluster, input.unmet.get(cluster))]
    return clusterChecks(mesh, known)
  })
  return [...fleet(input), ...found].toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
}

const severities = ['blocking', 'unknown', 'warning', 'info', 'ok']

export function isBlocked(checks: readonly PreflightCheck[]): boolean {
  return checks.some((each) => each.severity === 'blocking')
}

function clusterChecks(mesh: Mesh, facts: ClusterFacts): PreflightCheck[] {
  const reached = reachability(facts)
  const { view, cluster } = facts
  if (facts.unreachable !== undefined) return reached
  if (view === undefined) return [...reached, check('reachable.unread', 'blocking', { cluster })]
  if (mesh.kind === 'External') return [...reached, adoptable(mesh, view)]
  const version = mesh.version ?? ''
  const installed = [
    ...reached,
    kubernetesVersion(facts, version),
    operator(facts, version),
    permissions(facts),
    ...controlPlanes(mesh, view),
    controlPlaneNamespaceCheck(view, mesh, meshNetwork(mesh, facts.cluster, facts.network)),
  ]
  return mesh.kind === 'Managed' ? [...installed, ...managedChecks(mesh, facts)] : installed
}

function managedChecks(mesh: Mesh, facts: ClusterFacts): PreflightCheck[] {
  if (facts.cluster !== mesh.controlPlane.cluster || facts.view === undefined) return [peerAddress(facts)]
  const given = mesh.controlPlane.entrance.type === 'Address'
  return [...(given ? [] : [loadBalancer(facts.view)]), ...entrance(mesh, facts.view)]
}
