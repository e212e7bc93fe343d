import type { PlanItem } from '@orbweaver/contracts/plan'

/** What may be another with a plan: where requests go, who may call whom, which Pods have a sidecar. */
export type TouchedParts = { requests: boolean; reach: boolean; injection: boolean }

const ruling = /^(networking|security|telemetry|extensions)\.istio\.io$|^gateway\.networking\.k8s\.io$/
/** Of Istio's kinds, those that say nothing about who may call. */
const routing: ReadonlySet<string> = new Set([
  'VirtualService',
  'EnvoyFilter',
  'ProxyConfig',
  'HTTPRoute',
  'GRPCRoute',
  'TCPRoute',
  'TLSRoute',
])

export function touchedParts(items: readonly Pick<PlanItem, 'op' | 'ref'>[]): TouchedParts {
  const refs = items.filter(({ op }) => op !== 'restart').map(({ ref }) => ref)
  const rules = refs.filter(({ group }) => ruling.test(group))
  const labelled = refs.some(({ group, kind }) => (group === '' && kind === 'Namespace') || group === 'apps')
  const services = refs.some(({ group, kind }) => group === '' && kind === 'Service')
  return {
    requests: rules.length > 0 || labelled || services,
    reach: labelled || services || rules.some(({ kind }) => !routing.has(kind)),
    injection: labelled,
  }
}
