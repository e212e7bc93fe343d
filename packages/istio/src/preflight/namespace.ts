import { labelsOf, refOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import { names } from '../world/names.ts'
import type { ClusterView } from '../world/view.ts'
import { check, fix, type PreflightCheck } from './check.ts'

/** The control-plane namespace, if it is there already: it must stay, and say no other network than we will. */
export function controlPlaneNamespaceCheck(
  view: ClusterView,
  name: string,
  network: string | undefined,
): PreflightCheck {
  const { cluster } = view
  const namespace = view.get(kinds.namespace, name)
  const params = { namespace: name }
  if (namespace === undefined) return check('namespace.will-be-made', 'ok', { cluster, params })
  const evidence = [refOf(cluster, namespace)]
  if (namespace.metadata.deletionTimestamp !== undefined) {
    return check('namespace.terminating', 'blocking', { cluster, params, evidence, fix: fix('wait-for-namespace') })
  }
  const found = labelsOf(namespace)[names.network]
  if (found !== undefined && network !== undefined && found !== network) {
    const both = { ...params, found, wanted: network }
    return check('namespace.other-network', 'blocking', {
      cluster,
      params: both,
      evidence,
      fix: fix('agree-on-network'),
    })
  }
  return check('namespace.ok', 'ok', { cluster, params, evidence })
}
