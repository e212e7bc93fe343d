import { meshNetwork, networksDiffer } from '../blueprints/network.ts'
import { clustersOf } from '../meshes/mesh.ts'
import { check, type ClusterFacts, type PreflightCheck, type PreflightInput } from './check.ts'
import { adoptable, controlPlanes } from './control-planes.ts'
import { dataPlane } from './data-plane.ts'
import { dns } from './dns.ts'
import { fleet } from './fleet.ts'
import { gatewayApi } from './gateway-api.ts'
import { identity } from './identity.ts'
import { istioCrds } from './istio-crds.ts'
import { kubernetesVersion } from './kubernetes-version.ts'
import { entrance, loadBalancer } from './load-balancer.ts'
import { controlPlaneNamespaceCheck } from './namespace.ts'
import { operator } from './operator.ts'
import { permissions } from './permissions.ts'
import { podNetworks } from './pod-network.ts'
import { openShift, podSecurity } from './pod-security.ts'
import { peerAddress, reachability, unmet } from './reachability.ts'
import { namespaceLimits, sizes } from './resources.ts'
import { inotify, room } from './room.ts'
import { roots } from './root.ts'
import { services } from './services.ts'
import { webhooks } from './webhooks.ts'

/** Everything that can be known before the first write (istio-and-sail.md 2.5), worst first. It writes nothing. */
export function preflight(input: PreflightInput): PreflightCheck[] {
  const { mesh, facts } = input
  const found = clustersOf(mesh).flatMap((cluster) => {
    const known = facts.get(cluster)
    if (known === undefined) return [unmet(cluster, input.unmet.get(cluster))]
    return clusterChecks(input, known)
  })
  const all = [...fleet(input), ...found, ...between(input)]
  return all.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
}

const severities = ['blocking', 'unknown', 'warning', 'info', 'ok']

export function isBlocked(checks: readonly PreflightCheck[]): boolean {
  return checks.some((each) => each.severity === 'blocking')
}

/** Topics for which all clusters of a mesh are looked at together. */
const betweenTopics = ['root', 'identity', 'pod-network', 'services', 'load-balancer', 'cluster', 'network', 'name']

export function isBetween(topic: string): boolean {
  return betweenTopics.includes(topic)
}

/** What one cluster alone does not tell. */
function between({ mesh, facts, now, begins }: PreflightInput): PreflightCheck[] {
  const told = [...roots(mesh, facts, { now, begins }), ...identity(mesh, facts)]
  return mesh.kind === 'External'
    ? told
    : [...sizes(mesh), ...told, ...podNetworks(mesh, facts), ...services(mesh, facts)]
}

function clusterChecks(input: PreflightInput, facts: ClusterFacts): PreflightCheck[] {
  const { mesh } = input
  const reached = reachability(facts)
  const { view, cluster } = facts
  if (facts.unreachable !== undefined) return reached
  if (view === undefined) return [...reached, check('reachable.unread', 'blocking', { cluster })]
  if (mesh.kind === 'External') return [...reached, adoptable(mesh, view), gatewayApi(view), ...webhooks(mesh, view)]
  const version = mesh.version ?? ''
  const installed = [
    ...reached,
    kubernetesVersion(facts, version),
    operator(facts, version),
    permissions(facts),
    ...controlPlanes(mesh, view),
    controlPlaneNamespaceCheck(view, mesh, meshNetwork(mesh, facts.cluster, facts.network)),
    gatewayApi(view),
    istioCrds(view),
    ...webhooks(mesh, view),
    ...dataPlane(mesh, view),
    podSecurity(mesh, view),
    ...openShift(mesh, view),
    dns(view),
    inotify(view),
  ]
  const hosting = cluster === mesh.controlPlane.cluster ? [room(mesh, view), ...namespaceLimits(mesh, facts)] : []
  return [...installed, ...hosting, ...(mesh.kind === 'Managed' ? managedChecks(input, facts) : [])]
}

function managedChecks(input: PreflightInput, facts: ClusterFacts): PreflightCheck[] {
  const { mesh, syncs } = input
  const { view, cluster } = facts
  if (view === undefined) return []
  const between = networksDiffer(mesh, input.facts)
  if (cluster !== mesh.controlPlane.cluster) {
    return [peerAddress(facts, syncs.get(cluster)), ...(between ? [loadBalancer(view, 'give-network')] : [])]
  }
  const given = mesh.controlPlane.entrance.type === 'Address'
  const wanted = given ? (between ? [loadBalancer(view, 'give-network')] : []) : [loadBalancer(view, 'give-address')]
  return [...wanted, ...entrance(mesh, view)]
}
