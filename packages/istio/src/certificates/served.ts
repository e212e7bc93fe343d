import type {
  Certificate,
  CertificateFinding,
  ClusterTrust,
  ServedCertificate,
} from '@orbweaver/contracts/certificates'
import type { Message } from '@orbweaver/contracts/message'
import { type ReadCertificate, readCertificates, rootAbove } from './certificate.ts'
import { endingOf } from './trust.ts'

/** What an istiod showed in a handshake: PEM, its own certificate first. */
export type Handshake = { pod: string; shown: readonly string[] }

export type ServedWorld = {
  /** What each cluster of the mesh trusts. */
  trust: readonly Pick<ClusterTrust, 'cluster' | 'roots'>[]
  /** The name that proxies know istiod by. */
  host: string
  now: Date
}

/** The name in the address that the proxies of a revision are given (chart istio-discovery `discoveryAddress`, 1.30). */
export function discoveryHost(namespace: string, revision: string): string {
  return `istiod${revision === 'default' ? '' : `-${revision}`}.${namespace}.svc`
}

export type JudgedReplica = { replica: ServedCertificate; findings: CertificateFinding[] }

/** What one istiod shows, and what of it proxies would not take. */
export async function judgeServed({ pod, shown }: Handshake, world: ServedWorld): Promise<JudgedReplica> {
  const [own, ...through] = await readAll(shown)
  if (own === undefined) {
    return { replica: { pod, why: { code: 'certificates.served_unreadable', params: { pod } } }, findings: [] }
  }
  const known = world.trust.filter(({ roots }) => roots.length > 0)
  const above = await Promise.all(
    known.map(async ({ roots }) => rootAbove(own, { through, roots: await readAll(roots.map(({ pem }) => pem)) })),
  )
  const apart = known.filter((_, index) => above[index] === undefined).map(({ cluster }) => cluster)
  const under = above.find((each) => each !== undefined)
  const broken = (code: string, params: Message['params']): CertificateFinding => ({
    severity: 'error',
    message: { code, params: { pod, ...params } },
  })
  return {
    replica: { pod, certificate: own.facts, ...(under !== undefined && { under: under.facts.subject }) },
    findings: [
      ...ending(pod, own.facts, world.now),
      ...(apart.length === 0 ? [] : [broken('certificates.served_untrusted', { clusters: apart.join(', ') })]),
      ...(own.facts.names.includes(world.host) ? [] : [broken('certificates.served_name', { host: world.host })]),
    ],
  }
}

/** The first certificate of each block that is one; none at all where the first is not. */
async function readAll(blocks: readonly string[]): Promise<ReadCertificate[]> {
  const read = (await Promise.all(blocks.map(readCertificates))).map((each) => each?.[0])
  return read[0] === undefined ? [] : read.filter((each) => each !== undefined)
}

function ending(pod: string, { notAfter }: Certificate, now: Date): CertificateFinding[] {
  const end = endingOf(notAfter, now)
  if (end === undefined) return []
  const code = end.over ? 'certificates.served_expired' : 'certificates.served_ends_soon'
  return [{ severity: end.severity, message: { code, params: { pod, at: notAfter, days: end.days } } }]
}
