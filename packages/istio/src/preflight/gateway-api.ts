import { flagAt, listAt, textAt } from '@orbweaver/contracts/json'
import { annotationsOf, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { all, check, fix, type PreflightCheck, seen } from './check.ts'

const group = 'gateway.networking.k8s.io'
/** What istiod reads (istio pkg/config/schema/collections, 1.30); TCPRoute and others are experimental. */
const plurals = ['gateways', 'gatewayclasses', 'httproutes', 'grpcroutes']
const release = 'https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.4.0/standard-install.yaml'

/** Gateway API is no condition of a mesh; what is there in a version that istiod does not read has no effect (IST0156, IST0172, IST0176). */
export function gatewayApi(view: ClusterView): PreflightCheck {
  const { cluster } = view
  const grounds = all(view, kinds.crd)
  if (!view.has(kinds.crd)) return check('gateway-api.unknown', 'unknown', { cluster })
  const found = plurals.map((plural) => view.get(kinds.crd, `${plural}.${group}`)).filter((each) => each !== undefined)
  if (found.length === 0) return check('gateway-api.absent', 'ok', { cluster, grounds })
  const told = (some: readonly KubernetesObject[]) => some.map((each) => seen(cluster, each, versionsText(each)))
  const install = fix('install-gateway-api', `kubectl apply --server-side --filename ${release}`)
  const alpha = found.filter((each) => !servedOf(each).some((version) => version === 'v1' || version === 'v1beta1'))
  if (alpha.length > 0) {
    return check('gateway-api.too-old', 'warning', { cluster, evidence: told(alpha), grounds, fix: install })
  }
  const beta = found.filter((each) => !servedOf(each).includes('v1'))
  if (beta.length > 0)
    return check('gateway-api.beta', 'warning', { cluster, evidence: told(beta), grounds, fix: install })
  return check('gateway-api.ok', 'ok', { cluster, evidence: told(found), grounds })
}

/** Versions that a definition serves. */
export function servedOf(crd: KubernetesObject): string[] {
  return listAt(crd, 'spec', 'versions')
    .filter((each) => flagAt(each, 'served') === true)
    .flatMap((each) => textAt(each, 'name') ?? [])
}

function versionsText(crd: KubernetesObject): string {
  const bundle = annotationsOf(crd)[`${group}/bundle-version`]
  return [servedOf(crd).join(', '), ...(bundle === undefined ? [] : [bundle])].join(' · ')
}
