import { annotationsOf } from '@orbweaver/contracts/kubernetes'
import type { Finding } from '@orbweaver/contracts/plan'
import { servedOf } from '../../preflight/gateway-api.ts'
import { step } from '../../pointer.ts'
import { kinds } from '../../world/kinds.ts'
import { readVersion } from '../../versions.ts'
import { type Code, found, type Judge, type Subject } from '../finding.ts'

const low: Code = { code: 'crd.version-low', severity: 'warning', istio: 'ignores', aliases: ['IST0176'] }

const bundleVersion = 'gateway.networking.k8s.io/bundle-version'
const high: Code = { code: 'crd.version-high', severity: 'warning', istio: 'ignores' }

/** `before`: the version of the kind that istiod reads before that minor, where it is known. */
type Bound = { lowest: readonly number[]; since: string; before?: string }

/**
 * Below these istiod does not watch the kind, from a minor on: before it, it reads an older version of the kind (istio
 * pkg/config/schema/gatewayapi, MinimumCRDVersions, 1.31; before 1.31 pkg/kube/kclient/crdwatcher.go of each minor).
 */
const bounds: ReadonlyMap<string, Bound> = new Map([
  ['grpcroutes.gateway.networking.k8s.io', { lowest: [1, 1, 0], since: '1.22' }],
  ['backendtlspolicies.gateway.networking.k8s.io', { lowest: [1, 4, 0], since: '1.28' }],
  ['tlsroutes.gateway.networking.k8s.io', { lowest: [1, 5, 0], since: '1.30', before: 'v1alpha2' }],
  ['tcproutes.gateway.networking.k8s.io', { lowest: [1, 6, 0], since: '1.31', before: 'v1alpha2' }],
])

/**
 * Kinds of the Gateway API of a version that istiod leaves out (istio analyzers/k8sgateway/crdversion.go), and those that do
 * not serve any more what an older istiod reads: it names a lowest version, and none that is too high.
 */
export const crdVersion: Judge = {
  says: [low, high],
  kinds: [kinds.crd],
  where: 'every',
  judge(subject, world) {
    const bound = bounds.get(subject.object.metadata.name)
    if (bound !== undefined && !isOf(bound.since, world.version)) return tooHigh(subject, bound, world.version ?? '')
    const wanted = bound?.lowest
    const text = annotationsOf(subject.object)[bundleVersion]
    const version = text === undefined ? undefined : versionOf(text)
    if (wanted === undefined || version === undefined || compare(version, wanted) >= 0) return []
    const params = { installed: text ?? '', lowest: `v${wanted.join('.')}` }
    return [found(subject, low, { pointer: `/metadata/annotations${step(bundleVersion)}`, params })]
  },
}

function tooHigh(subject: Subject, { before, since }: Bound, version: string): Finding[] {
  const served = servedOf(subject.object)
  if (before === undefined || served.length === 0 || served.includes(before)) return []
  return [
    found(subject, high, { pointer: '/spec/versions', params: { version, before, since, served: served.join(', ') } }),
  ]
}

/** Of a version that is not known the newest is taken, as istioctl takes its own. */
function isOf(since: string, version: string | undefined): boolean {
  const [own, first] = [readVersion(version ?? ''), readVersion(since)]
  if (own === undefined || first === undefined) return true
  return own.major > first.major || (own.major === first.major && own.minor >= first.minor)
}

const pattern = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\w.-]+))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/

/** Major, minor and patch, as far as they are there; what is before a release counts as the release. */
function versionOf(text: string): number[] | undefined {
  const [whole, major = '0', minor = '0', patch = '0', before] = pattern.exec(text) ?? []
  if (whole === undefined || whole.length > 256 || !isPrerelease(before)) return undefined
  return [major, minor, patch].map(Number)
}

/** Parts of letters, digits and dashes; numbers have no zero in front (Masterminds/semver 3.5). */
function isPrerelease(text: string | undefined): boolean {
  if (text === undefined) return true
  return text.split('.').every((each) => /^[0-9A-Za-z-]+$/.test(each) && !/^0\d+$/.test(each))
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((each, index) => each !== other[index])
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
}
