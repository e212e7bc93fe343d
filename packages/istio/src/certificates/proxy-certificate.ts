import type { Certificate, ProxyCertificate } from '@orbweaver/contracts/certificates'
import { listAt, textAt } from '@orbweaver/contracts/json'
import { type ReadCertificate, readCertificates, rootAbove } from './certificate.ts'
import { decoded } from './secret.ts'

/** What a proxy was given: its certificate with what leads to its root, and the roots it trusts. PEM. */
export type ProxySecrets = { chain: string; roots: string }

/**
 * Reads what Envoy's `/config_dump?resource=dynamic_active_secrets` says, as istioctl proxy-config secret does; undefined
 * where no identity is among it. Names as pilot-agent gives them (security/pkg/nodeagent/cache/secretcache.go, 1.30). Keys
 * are never there: Envoy writes `[redacted]` in their place.
 */
export function readProxySecrets(body: unknown): ProxySecrets | undefined {
  const configs = listAt(body, 'configs')
  const text = (name: string, ...path: string[]) => {
    const found = configs.find((each) => textAt(each, 'name') === name)
    return decoded(textAt(found, 'secret', ...path, 'inline_bytes') ?? '')
  }
  const chain = text('default', 'tls_certificate', 'certificate_chain')
  return chain === '' ? undefined : { chain, roots: text('ROOTCA', 'validation_context', 'trusted_ca') }
}

export type ProxyWorld = {
  /** Roots of the mesh. */
  roots: readonly Certificate[]
  /** Fingerprint of the one that signs now, where it is known. */
  signedUnder: string | undefined
  now: Date
}

export type ProxyFacts = Pick<ProxyCertificate, 'identity' | 'certificate' | 'state' | 'root' | 'under' | 'missing'>

/** What a proxy holds against what the mesh has; undefined where it cannot be read. */
export async function judgeProxy(secrets: ProxySecrets, world: ProxyWorld): Promise<ProxyFacts | undefined> {
  const [own, ...through] = (await readCertificates(secrets.chain)) ?? []
  if (own === undefined) return undefined
  const [trusted, roots] = await Promise.all([readOrNone(secrets.roots), readOrNone(pemOf(world.roots))])
  const [inMesh, inOwn] = await Promise.all([
    rootAbove(own, { through, roots }),
    rootAbove(own, { through, roots: trusted }),
  ])
  const { pem: _pem, ...certificate } = own.facts
  const identity = certificate.names.find((each) => each.startsWith('spiffe://'))
  // Of a root that neither knows the chain itself may tell.
  const under = [inMesh, inOwn, through.at(-1)].find((each) => each !== undefined)?.facts.subject
  return {
    ...(identity !== undefined && { identity }),
    certificate,
    state: stateOf(certificate, world.now),
    root: standing(inMesh?.facts.fingerprint, world.signedUnder),
    ...(under !== undefined && { under }),
    missing: missingFrom(trusted, world.roots),
  }
}

async function readOrNone(pem: string): Promise<ReadCertificate[]> {
  return (await readCertificates(pem)) ?? []
}

function pemOf(certificates: readonly Certificate[]): string {
  return certificates.map(({ pem }) => pem).join('')
}

function missingFrom(trusted: readonly ReadCertificate[], roots: readonly Certificate[]): number {
  const prints = new Set(trusted.map(({ facts }) => facts.fingerprint))
  return roots.filter(({ fingerprint }) => !prints.has(fingerprint)).length
}

function standing(found: string | undefined, signedUnder: string | undefined): ProxyFacts['root'] {
  if (found === undefined) return 'foreign'
  return signedUnder === undefined || found === signedUnder ? 'current' : 'other'
}

/** Agents renew at half of the time, give or take a little (SECRET_GRACE_PERIOD_RATIO and its jitter). */
const overdueRatio = 0.75

function stateOf({ notBefore, notAfter }: Pick<Certificate, 'notBefore' | 'notAfter'>, now: Date): ProxyFacts['state'] {
  const [from, until] = [Date.parse(notBefore), Date.parse(notAfter)]
  if (now.getTime() >= until) return 'expired'
  if (now.getTime() < from) return 'not-yet'
  return now.getTime() - from > (until - from) * overdueRatio ? 'overdue' : 'valid'
}
