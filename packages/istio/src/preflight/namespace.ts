import { labelsOf } from '@orbweaver/contracts/kubernetes'
import type { Mesh } from '../meshes/mesh.ts'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import { check, fix, type PreflightCheck, seen } from './check.ts'

/**
 * The control-plane namespace, if it is there already: it must stay, and say no other network than we will, unless it was
 * this mesh that said it.
 */
export function controlPlaneNamespaceCheck(view: ClusterView, mesh: Mesh, network: string | undefined): PreflightCheck {
  const { cluster } = view
  const name = mesh.controlPlane.namespace
  const namespace = view.get(kinds.namespace, name)
  const params = { namespace: name }
  if (namespace === undefined) return check('namespace.will-be-made', 'ok', { cluster, params })
  const evidence = [seen(cluster, namespace, labelsOf(namespace)[names.network])]
  if (namespace.metadata.deletionTimestamp !== undefined) {
    return check('namespace.terminating', 'blocking', { cluster, params, evidence, fix: fix('wait-for-namespace') })
  }
  const found = labelsOf(namespace)[names.network]
  if (found !== undefined && network !== undefined && found !== network) {
    const both = { ...params, found, wanted: network }
    if (labelsOf(namespace)[names.mesh] === mesh.name) {
      return check('namespace.moves-network', 'warning', {
        cluster,
        params: both,
        evidence,
        fix: fix('restart-workloads'),
      })
    }
    return check('namespace.other-network', 'blocking', {
      cluster,
      params: both,
      evidence,
      fix: fix('agree-on-network'),
    })
  }
  return check('namespace.ok', 'ok', { cluster, params, evidence })
}
