import { textAt } from '@orbweaver/contracts/json'
import { annotationsOf, conditionOf, type KubernetesObject, labelsOf } from '@orbweaver/contracts/kubernetes'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { all, check, fix, mostShown, type PreflightCheck, seen } from './check.ts'
import { servedOf } from './gateway-api.ts'

/** Kinds whose v1 the console and Istio 1.22 on write; the rest of Istio's kinds have none. */
const needV1 = ['virtualservices.networking.istio.io', 'authorizationpolicies.security.istio.io']

/** Istio's definitions are one set a cluster: whoever upgrades them last decides for every control plane there. */
export function istioCrds(view: ClusterView): PreflightCheck {
  const { cluster } = view
  if (!view.has(kinds.crd)) return check('istio-crds.unknown', 'unknown', { cluster })
  const grounds = all(view, kinds.crd)
  const found = view.list(kinds.crd).filter((each) => (textAt(each, 'spec', 'group') ?? '').endsWith('.istio.io'))
  if (found.length === 0) return check('istio-crds.none', 'ok', { cluster, grounds })
  const told = (some: readonly KubernetesObject[], say: (crd: KubernetesObject) => string) =>
    some.slice(0, mostShown).map((each) => seen(cluster, each, say(each)))
  const going = found.filter(isGoing)
  if (going.length > 0) {
    const evidence = told(going, () => 'Terminating')
    return check('istio-crds.going', 'blocking', { cluster, evidence, grounds, fix: fix('wait-for-crds') })
  }
  const old = found.filter((each) => needV1.includes(each.metadata.name) && !servedOf(each).includes('v1'))
  if (old.length > 0) {
    const evidence = told(old, (each) => servedOf(each).join(', '))
    return check('istio-crds.too-old', 'blocking', { cluster, evidence, grounds, fix: fix('upgrade-crds', ...upgrade) })
  }
  return ownersCheck(view, found)
}

const upgrade = [
  'helm repo add istio https://istio-release.storage.googleapis.com/charts',
  'helm upgrade --install istio-base istio/base --namespace istio-system --create-namespace',
]

function ownersCheck(view: ClusterView, found: readonly KubernetesObject[]): PreflightCheck {
  const { cluster } = view
  const grounds = all(view, kinds.crd)
  const examples = new Map<string, KubernetesObject>()
  for (const crd of found) {
    const owner = ownerOf(crd)
    if (owner !== undefined && !examples.has(owner)) examples.set(owner, crd)
  }
  const evidence = [...examples].map(([owner, crd]) => seen(cluster, crd, owner))
  const owners = [...examples.keys()].toSorted((a, b) => a.localeCompare(b, 'en')).join(', ')
  if (examples.size > 1) {
    const params = { owners }
    return check('istio-crds.two-owners', 'warning', { cluster, params, evidence, grounds, fix: fix('one-owner') })
  }
  return check('istio-crds.ok', 'ok', { cluster, params: { count: found.length }, evidence, grounds })
}

function isGoing(crd: KubernetesObject): boolean {
  return crd.metadata.deletionTimestamp !== undefined || conditionOf(crd, 'Terminating')?.status === 'True'
}

/**
 * By the traces that installers leave on definitions; undefined where nobody claims one: Helm installs what lies in a
 * chart's folder `crds` without a mark, and so does `kubectl apply`.
 */
function ownerOf(crd: KubernetesObject): string | undefined {
  const labels = labelsOf(crd)
  const annotations = annotationsOf(crd)
  if (labels['olm.managed'] === 'true') return 'OLM'
  const release = annotations['meta.helm.sh/release-name']
  if (release !== undefined) return `Helm ${annotations['meta.helm.sh/release-namespace'] ?? ''}/${release}`
  if (labels['operator.istio.io/component'] !== undefined) return 'istioctl'
  return undefined
}
