import { type Json, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** `SECRET_TTL` of pilot-agent and `DEFAULT_WORKLOAD_CERT_TTL` of istiod where nobody says otherwise (1.30). */
export const usualTtlMs = 24 * 3_600_000

/** Variable of a proxy's container, as `proxyMetadata` and annotations set it (pilot/cmd/pilot-agent/options/options.go, 1.30). */
export const secretTtl = 'SECRET_TTL'
/** Variable of istiod's container (pilot/pkg/bootstrap/istio_ca.go, 1.30). */
export const defaultTtl = 'DEFAULT_WORKLOAD_CERT_TTL'

/**
 * For how long a proxy's certificate holds (ms): what its agent asks for; where it asks for none, what istiod gives.
 * `MAX_WORKLOAD_CERT_TTL` shortens nothing: istiod refuses what is longer (security/pkg/pki/ca/ca.go sign, 1.30).
 */
export function workloadTtlMs(pod: KubernetesObject, istiods: readonly KubernetesObject[]): number {
  const asked = goDurationMs(variable(pod, 'istio-proxy', secretTtl)) ?? usualTtlMs
  if (asked > 0) return asked
  const given = istiods.map((each) => goDurationMs(variable(each, 'discovery', defaultTtl)) ?? usualTtlMs)
  return Math.max(usualTtlMs, ...given)
}

function variable(pod: KubernetesObject, container: string, name: string): string | undefined {
  const named = (text: string) => (each: Json) => textAt(each, 'name') === text
  const all = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')]
  return textAt(listAt(all.find(named(container)), 'env').find(named(name)), 'value')
}

const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
}
const term = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g

/** Of a duration as Go writes it (time.ParseDuration); undefined where it is none, which istio takes for the default. */
function goDurationMs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const amount = text.replace(/^[+-]/, '')
  if (amount === '0') return 0
  if (amount === '' || amount.replaceAll(term, '') !== '') return undefined
  const sum = [...amount.matchAll(term)].reduce(
    (all, [, count, unit]) => all + Number(count) * (unitMs[unit ?? ''] ?? 0),
    0,
  )
  return text.startsWith('-') ? -sum : sum
}
