import { recordAt } from '@orbweaver/contracts/json'
import { conditionOf, labelsOf } from '@orbweaver/contracts/kubernetes'
import { labelSelectorOf, matchesLabels } from '@orbweaver/contracts/selectors'
import { isLive } from '../injection/pod-state.ts'
import { kinds } from '../world/kinds.ts'
import type { ClusterView } from '../world/view.ts'
import { all, check, fix, type PreflightCheck, seen } from './check.ts'

/**
 * Sidecars find istiod by its name. CoreDNS, whatever it is called, is behind the Service `kube-dns`
 * (kubernetes.io, DNS for Services and Pods); a cluster may do it another way, and then nothing is known.
 */
export function dns(view: ClusterView): PreflightCheck {
  const { cluster } = view
  const service = view.get(kinds.service, 'kube-dns', 'kube-system')
  const selector = labelSelectorOf({ matchLabels: recordAt(service, 'spec', 'selector') })
  if (service === undefined || selector === undefined || selector.length === 0 || !view.has(kinds.pod)) {
    return check('dns.unknown', 'unknown', { cluster })
  }
  const pods = view
    .list(kinds.pod, 'kube-system')
    .filter((each) => isLive(each) && matchesLabels(selector, labelsOf(each)))
  const ready = pods.filter((each) => conditionOf(each, 'Ready')?.status === 'True')
  const params = { ready: ready.length, total: pods.length }
  const evidence = [seen(cluster, service, `${ready.length}/${pods.length}`)]
  const grounds = [...evidence.map(({ ref }) => ref), ...all(view, kinds.pod)]
  if (ready.length > 0) return check('dns.ok', 'ok', { cluster, params, evidence, grounds })
  const look = 'kubectl describe pods --namespace kube-system --selector k8s-app=kube-dns'
  return check('dns.down', 'warning', { cluster, params, evidence, grounds, fix: fix('start-dns', look) })
}
