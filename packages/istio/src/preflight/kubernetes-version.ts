import { readVersion, supportOf } from '../versions.ts'
import { check, type ClusterFacts, fix, type PreflightCheck } from './check.ts'

/** Istio's hard minimum, then the range it is tested with (IST0142). */
export function kubernetesVersion(facts: ClusterFacts, istioVersion: string): PreflightCheck {
  const { cluster } = facts
  const found = facts.kubernetesVersion === undefined ? undefined : readVersion(facts.kubernetesVersion)
  const support = supportOf(istioVersion)
  const params = { kubernetes: facts.kubernetesVersion ?? '', istio: istioVersion }
  if (found === undefined || support === undefined) return check('kubernetes.unknown', 'unknown', { cluster, params })
  const [from, to] = support.tested
  const limits = { ...params, minimum: `1.${support.hard}`, from: `1.${from}`, to: `1.${to}` }
  if (found.minor < support.hard) {
    return check('kubernetes.too-old', 'blocking', { cluster, params: limits, fix: fix('upgrade-kubernetes') })
  }
  if (found.minor < from || found.minor > to)
    return check('kubernetes.untested', 'warning', { cluster, params: limits })
  return check('kubernetes.ok', 'ok', { cluster, params: limits })
}
