import type { Authority, Certificate, CertificateFinding, ClusterTrust } from '@orbweaver/contracts/certificates'

/** How long before its end a certificate is spoken of (days). */
export const warnDays = 30
const alarmDays = 7
const dayMs = 86_400_000

export type TrustWorld = {
  authority: Authority | undefined
  trust: readonly ClusterTrust[]
  now: Date
}

/** What is wrong with the certificates of a mesh, worst first. */
export function judgeTrust({ authority, trust, now }: TrustWorld): CertificateFinding[] {
  const found = [...endings({ authority, trust, now }), ...uncommon(trust), ...ofAuthority(authority, trust)]
  return found.toSorted((one, other) => Number(other.severity === 'error') - Number(one.severity === 'error'))
}

/** Every certificate once, whatever number of clusters has it. */
function endings({ authority, trust, now }: TrustWorld): CertificateFinding[] {
  const roots = [...(authority?.roots ?? []), ...trust.flatMap((each) => each.roots)]
  const issuing = authority?.issuing === undefined ? [] : [authority.issuing]
  const all = new Map([...issuing, ...(authority?.chain ?? []), ...roots].map((each) => [each.fingerprint, each]))
  return [...all.values()].flatMap((each) => ending(each, now))
}

function ending({ subject, notAfter }: Certificate, now: Date): CertificateFinding[] {
  const end = endingOf(notAfter, now)
  if (end === undefined) return []
  const { severity, over, days } = end
  const code = over ? 'certificates.expired' : 'certificates.ends_soon'
  return [{ severity, message: { code, params: { subject, at: notAfter, days } } }]
}

type Ending = { severity: CertificateFinding['severity']; over: boolean; days: number }

/** Whether an end (ISO 8601) is to be spoken of: by severity and whole days left. */
export function endingOf(notAfter: string, now: Date): Ending | undefined {
  const days = (Date.parse(notAfter) - now.getTime()) / dayMs
  if (days > warnDays) return undefined
  const severity = days <= alarmDays ? 'error' : 'warning'
  return { severity, over: days <= 0, days: Math.max(0, Math.floor(days)) }
}

/** A root in common with the control plane is what members need: bundles may be larger while a root changes. */
function uncommon(trust: readonly ClusterTrust[]): CertificateFinding[] {
  const first = trust.find(({ role }) => role === 'control-plane')
  if (first === undefined || first.roots.length === 0) return []
  const apart = trust.filter(({ roots }) => roots.length > 0 && !sharesRoot(roots, first.roots))
  if (apart.length === 0) return []
  const params = { clusters: apart.map(({ cluster }) => cluster).join(', '), controlPlane: first.cluster }
  return [{ severity: 'error', message: { code: 'certificates.no_common_root', params } }]
}

function sharesRoot(one: readonly Certificate[], other: readonly Certificate[]): boolean {
  return one.some(({ fingerprint }) => other.some((each) => each.fingerprint === fingerprint))
}

function sameRoots(one: readonly Certificate[], other: readonly Certificate[]): boolean {
  const prints = (of: readonly Certificate[]) => [...new Set(of.map(({ fingerprint }) => fingerprint))].sort().join()
  return prints(one) === prints(other)
}

function ofAuthority(authority: Authority | undefined, trust: readonly ClusterTrust[]): CertificateFinding[] {
  if (authority?.issuing === undefined) return []
  const { subject } = authority.issuing
  const handed = trust.find(({ role }) => role === 'control-plane')
  const found: CertificateFinding[] = []
  if (!authority.verified) {
    found.push({ severity: 'error', message: { code: 'certificates.chain_broken', params: { subject } } })
  }
  if (handed !== undefined && handed.roots.length > 0 && !sameRoots(handed.roots, authority.roots)) {
    const params = { cluster: handed.cluster }
    found.push({ severity: 'error', message: { code: 'certificates.not_taken', params } })
  }
  return found
}
