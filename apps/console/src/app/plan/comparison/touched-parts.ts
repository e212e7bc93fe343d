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

type Item = Pick<PlanItem, 'op' | 'ref' | 'touched'>

export function touchedParts(items: readonly Item[]): TouchedParts {
  const refs = items.filter((each) => each.op !== 'restart' && !isRemark(each)).map(({ ref }) => ref)
  const rules = refs.filter(({ group }) => ruling.test(group))
  const labelled = refs.some(({ group, kind }) => (group === '' && kind === 'Namespace') || group === 'apps')
  const services = refs.some(({ group, kind }) => group === '' && kind === 'Service')
  return {
    requests: rules.length > 0 || labelled || services,
    reach: labelled || services || rules.some(({ kind }) => !routing.has(kind)),
    injection: labelled,
  }
}

/** What only the console reads: that a finding is muted. */
function isRemark({ op, touched }: Item): boolean {
  const remark = /^\/metadata\/annotations\/orbweaver\.dev~1/
  return op === 'update' && touched.length > 0 && touched.every(({ pointer }) => remark.test(pointer))
}
