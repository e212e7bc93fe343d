import { labelsOf } from '@orbweaver/contracts/kubernetes'
import { simulate } from '../injection/simulate.ts'
import { injectionWorld } from '../injection/world.ts'
import { policyOf } from '../injection/policy.ts'
import type { Mesh } from '../meshes/mesh.ts'
import { revisionOf } from '../meshes/names.ts'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { all, check, fix, mostShown, type PreflightCheck, seen } from './check.ts'
import { cniOf, wantsCni } from './data-plane.ts'

const enforce = 'pod-security.kubernetes.io/enforce'
/** Neither allows NET_ADMIN and NET_RAW, which istio-init asks for (kubernetes.io, Pod Security Standards). */
const strict = ['restricted', 'baseline']

/** Namespaces that ask for injection and forbid what a sidecar's init container needs: their new Pods are refused. */
export function podSecurity(mesh: Mesh, view: ClusterView): PreflightCheck {
  const { cluster } = view
  if (!view.has(kinds.namespace)) return check('pod-security.unknown', 'unknown', { cluster })
  const grounds = all(view, kinds.namespace)
  if (wantsCni(mesh) || cniOf(view).length > 0) return check('pod-security.cni', 'ok', { cluster, grounds })
  const found = view
    .list(kinds.namespace)
    .filter((each) => strict.includes(labelsOf(each)[enforce] ?? '') && isToBeInjected(mesh, view, each.metadata.name))
  if (found.length === 0) return check('pod-security.ok', 'ok', { cluster, grounds })
  const evidence = found
    .slice(0, mostShown)
    .map((each) => seen(cluster, each, `${enforce}=${labelsOf(each)[enforce] ?? ''}`))
  const commands = evidence.map(({ ref }) => `kubectl label namespace ${ref.name} ${enforce}=privileged --overwrite`)
  const params = { count: found.length }
  return check('pod-security.refuses', 'warning', {
    cluster,
    params,
    evidence,
    grounds,
    fix: fix('relax-pod-security', ...commands),
  })
}

/** By its labels, now or once this mesh answers them. */
function isToBeInjected(mesh: Mesh, view: ClusterView, name: string): boolean {
  const namespace = view.get(kinds.namespace, name)
  const { policy, revision } = policyOf(namespace === undefined ? {} : labelsOf(namespace))
  if (policy === 'enabled') return true
  if (policy === 'revision') return revision === revisionOf(mesh) || revision === 'default'
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'any', namespace: name } }
  return policy === 'none' && simulate(injectionWorld(view), pod).injected
}

/** OpenShift refuses Pods the user they ask for unless their accounts may choose it. */
export function openShift(mesh: Mesh, view: ClusterView): PreflightCheck[] {
  const { cluster } = view
  const crd = view.get(kinds.crd, 'clusterversions.config.openshift.io')
  if (crd === undefined) return []
  const { namespace } = mesh.controlPlane
  return [
    check('openshift.found', 'warning', {
      cluster,
      evidence: [seen(cluster, crd)],
      grounds: all(view, kinds.crd),
      fix: fix('grant-scc', `oc adm policy add-scc-to-group anyuid system:serviceaccounts:${namespace}`),
    }),
  ]
}
