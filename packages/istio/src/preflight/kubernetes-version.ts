import { prereleaseOrder, readVersion, supportOf } from '../versions.ts'
import { check, type ClusterFacts, fix, type PreflightCheck } from './check.ts'

type Told = Pick<ClusterFacts, 'cluster' | 'kubernetesVersion'>

/** Istio's hard minimum, then the range it is tested with (IST0142). */
export function kubernetesVersion(facts: Told, istioVersion: string): PreflightCheck {
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

/** What speaks against a version in some clusters: what forbids it before what it was not tested with. */
export function againstVersion(istioVersion: string, clusters: readonly Told[]): PreflightCheck | undefined {
  const checks = clusters.map((each) => kubernetesVersion(each, istioVersion))
  const ofSeverity = (wanted: PreflightCheck['severity']) => checks.find(({ severity }) => severity === wanted)
  return ofSeverity('blocking') ?? ofSeverity('warning')
}

/**
 * The newest version to begin with, of those given newest first: a release that is tested with the Kubernetes of every
 * cluster, else one that it does not forbid; a candidate where no release is left. Undefined where each is forbidden.
 */
export function recommendedVersion(versions: readonly string[], clusters: readonly Told[]): string | undefined {
  const told = versions.map((version) => ({ version, against: againstVersion(version, clusters) }))
  const allowed = told.filter(({ against }) => against?.severity !== 'blocking')
  const releases = allowed.filter(({ version }) => prereleaseOrder(version) === 0)
  return (releases.find(({ against }) => against === undefined) ?? releases[0] ?? allowed[0])?.version
}
