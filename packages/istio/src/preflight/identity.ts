import { textAt } from '@orbweaver/contracts/json'
import type { FactKey } from '@orbweaver/contracts/running-control-plane'
import { meshNetwork } from '../blueprints/network.ts'
import { discover, type FoundControlPlane } from '../meshes/discover.ts'
import { factOf } from '../meshes/facts.ts'
import type { Mesh } from '../meshes/mesh.ts'
import { clustersOf } from '../meshes/mesh.ts'
import { check, type ClusterFacts, fix, type PreflightCheck } from './check.ts'

/** Istio's own default (istio pkg/config/constants/constants.go). */
const defaultTrustDomain = 'cluster.local'

function trustDomainOf(mesh: Mesh): string {
  return textAt(mesh.settings, 'system', 'trustDomain') ?? defaultTrustDomain
}

export function meshIdOf(mesh: Mesh): string {
  return textAt(mesh.settings, 'system', 'meshId') ?? mesh.name
}

/**
 * What other control planes in the mesh's clusters say of themselves against what the mesh says: Pods of both meet in
 * these clusters, and who is who is told by these four words alone.
 */
export function identity(mesh: Mesh, facts: ReadonlyMap<string, ClusterFacts>): PreflightCheck[] {
  if (mesh.kind === 'External') return [...facts.values()].flatMap((each) => externalName(mesh, each))
  const names = clustersOf(mesh)
  return [...facts.values()].flatMap((each) => {
    const { view, cluster } = each
    if (view === undefined) return []
    const others = discover(view).filter((found) => found.mesh !== mesh.name)
    const told = others.flatMap((found) => differencesOf(mesh, each, { found, names }))
    if (told.length > 0) return told
    const params = { trustDomain: trustDomainOf(mesh), meshId: meshIdOf(mesh) }
    return [check('identity.ok', 'ok', { cluster, params })]
  })
}

type Against = { found: FoundControlPlane; names: readonly string[] }

function differencesOf(mesh: Mesh, { cluster, network }: ClusterFacts, { found, names }: Against): PreflightCheck[] {
  const says = (key: FactKey) => factOf(found.facts, key)
  const told = (key: FactKey) => {
    const fact = found.facts.find((each) => each.key === key)
    const evidence = fact === undefined ? [] : [{ ref: fact.from, value: fact.value }]
    const params = { revision: found.revision, found: fact?.value ?? '' }
    return { cluster, evidence, grounds: evidence.map(({ ref }) => ref), params }
  }
  const checks: PreflightCheck[] = []
  const clusterId = says('clusterId')
  if (clusterId !== undefined && clusterId !== cluster && names.includes(clusterId)) {
    checks.push(
      check('identity.cluster-name-taken', 'warning', { ...told('clusterId'), fix: fix('rename-cluster-id') }),
    )
  }
  const wanted = meshNetwork(mesh, cluster, network)
  const onNetwork = says('network')
  if (wanted !== undefined && onNetwork !== undefined && onNetwork !== wanted) {
    const { params, ...rest } = told('network')
    const both = { ...params, wanted }
    checks.push(check('identity.other-network', 'warning', { ...rest, params: both, fix: fix('agree-on-network') }))
  }
  const trustDomain = says('trustDomain') ?? defaultTrustDomain
  if (trustDomain !== trustDomainOf(mesh)) {
    const { params, ...rest } = told('trustDomain')
    const both = { ...params, found: trustDomain, wanted: trustDomainOf(mesh) }
    checks.push(
      check('identity.other-trust-domain', 'warning', { ...rest, params: both, fix: fix('alias-trust-domain') }),
    )
  }
  return checks
}

/** The console knows an external mesh's cluster by its own name; istiod calls it by another, and that is what it shows. */
function externalName(mesh: Mesh, { view, cluster }: ClusterFacts): PreflightCheck[] {
  if (view === undefined) return []
  const { namespace, revision = 'default' } = mesh.controlPlane
  const found = discover(view).find((each) => each.namespace === namespace && each.revision === revision)
  const fact = found?.facts.find((each) => each.key === 'clusterId')
  if (fact === undefined || fact.value === cluster) return []
  const evidence = [{ ref: fact.from, value: fact.value }]
  return [
    check('identity.other-name', 'info', { cluster, params: { found: fact.value }, evidence, grounds: [fact.from] }),
  ]
}
