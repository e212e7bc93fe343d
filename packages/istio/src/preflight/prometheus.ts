import type { PrometheusSource } from '@orbweaver/contracts/fleet-objects'
import type { Message } from '@orbweaver/contracts/message'
import type { Candidate } from '../metrics/candidates.ts'
import { check, fix, type PreflightCheck } from './check.ts'

/** How the Prometheus that a cluster's record names answers. */
export type PrometheusAnswers = { why: Message } | { version: string | undefined; hasRequests: boolean }

export type PrometheusFacts = {
  cluster: string
  /** Undefined where nobody named one. */
  named: PrometheusSource | undefined
  answers: PrometheusAnswers | undefined
  /** Services that look like one, as far as the viewer may list Services. */
  candidates: readonly Candidate[]
}

/** Where the numbers of a cluster come from: nobody said, it answers, it has none of this cluster, or it is silent. */
export function prometheusCheck({ cluster, named, answers, candidates }: PrometheusFacts): PreflightCheck {
  if (named === undefined || answers === undefined) {
    const evidence = candidates.map(({ namespace, name, port }) => ({
      ref: { cluster, group: '', version: 'v1', kind: 'Service', namespace, name },
      value: String(port),
    }))
    return check('prometheus.unnamed', 'info', { cluster, evidence, fix: fix('name-prometheus') })
  }
  if ('why' in answers) {
    const params = { ...answers.why.params, what: whatOf(answers.why) }
    return check('prometheus.silent', 'warning', { cluster, params, fix: fix('mend-prometheus', ...looks(named)) })
  }
  const params = { version: answers.version ?? '' }
  if (!answers.hasRequests) return check('prometheus.empty', 'info', { cluster, fix: fix('scrape-proxies') })
  if (answers.version === undefined) return check('prometheus.found', 'ok', { cluster })
  return check('prometheus.known', 'ok', { cluster, params })
}

/** That it is silent is said already: why it is, is told. */
function whatOf({ code, params: { what } }: Message): string {
  return typeof what === 'string' ? what : code
}

function looks({ service }: PrometheusSource): string[] {
  if (service === undefined) return []
  const { namespace, name } = service
  return [
    `kubectl -n ${namespace} get service ${name}`,
    `kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name}`,
  ]
}
