import type { Clock } from '../../clock.ts'
import { isSame, type SigningAuthority } from './authority-store.ts'
import type { IstiodIdentity } from './identity.ts'
import { issue, type Issued } from './issue.ts'

/** Which authorities an istiod has signed with, and since when; the last is the present one. */
export type SigningHistory = { since: Date; authority: SigningAuthority }[]

/** A proxy as its istiod knows it: the identity it asks a certificate for, and since when it runs. */
export type ProxyIdentity = {
  uid: string
  trustDomain: string
  namespace: string
  serviceAccount: string
  started: Date
  ttlMs: number
}

/** What a proxy holds: its certificate with its chain, the roots it trusts, since when. PEM. */
export type Held = { chain: string; roots: string; since: Date }

export type Signer = {
  present: () => SigningAuthority
  take: (next: SigningAuthority) => void
  /** What istiod's own servers show. Undefined where it cannot sign. */
  serving: () => Promise<Issued | undefined>
  /** What a proxy holds now; undefined where it got none. */
  heldBy: (proxy: ProxyIdentity) => Promise<Held | undefined>
}

export type SignerOptions = { identity: IstiodIdentity; history: SigningHistory; clock: Pick<Clock, 'now'> }

/** `CITADEL_SELF_SIGNED_CA_CERT_TTL` (pilot/pkg/bootstrap/istio_ca.go), for which istiod signs its own certificate. */
const servingMs = 3_650 * 24 * 3_600_000
/** A proxy asks for another certificate in the middle of its time (pilot-agent SECRET_GRACE_PERIOD_RATIO; without its jitter). */
const graceRatio = 0.5
/** So many proxies' certificates are remembered. */
const mostHeld = 1_000

/** Signs lazily, as of when it would have signed: whom nobody asks for a certificate costs nothing. */
export function createSigner({ identity, history, clock }: SignerOptions): Signer {
  const names = servedNames(identity).map((value) => ({ type: 'dns' as const, value }))
  let shown: { of: SigningAuthority; issued: Promise<Issued | undefined> } | undefined
  const held = new Map<string, { since: Date; value: Promise<Held | undefined> }>()
  const last = () => {
    const entry = history.at(-1)
    if (entry === undefined) throw new Error('an istiod signs with nothing')
    return entry
  }
  return {
    present: () => last().authority,
    take(authority) {
      const before = history.at(-1)
      if (before !== undefined && isSame(before.authority, authority)) return
      // Pods tell when they began in whole seconds.
      const since = new Date(Math.floor(clock.now().getTime() / 1_000) * 1_000)
      history.push({ since, authority })
    },
    serving() {
      const { authority, since } = last()
      if (shown?.of !== authority) {
        shown = { of: authority, issued: issue(authority, { names, from: since, ttlMs: servingMs }) }
      }
      return shown.issued
    },
    heldBy(proxy) {
      const since = renewedAt(proxy, clock.now())
      const known = held.get(proxy.uid)
      if (known?.since.getTime() === since.getTime()) return known.value
      const value = ask(history, proxy, since)
      held.set(proxy.uid, { since, value })
      const [oldest] = held.keys()
      if (held.size > mostHeld && oldest !== undefined) held.delete(oldest)
      return value
    },
  }
}

function renewedAt({ started, ttlMs }: ProxyIdentity, now: Date): Date {
  const every = ttlMs * graceRatio
  const times = Math.max(0, Math.floor((now.getTime() - started.getTime()) / every))
  return new Date(started.getTime() + times * every)
}

/** With the authority of that time; of one that began before all, with the first. */
async function ask(history: SigningHistory, proxy: ProxyIdentity, from: Date): Promise<Held | undefined> {
  const then = history.findLast(({ since }) => since <= from) ?? history[0]
  if (then === undefined) return undefined
  const value = `spiffe://${proxy.trustDomain}/ns/${proxy.namespace}/sa/${proxy.serviceAccount}`
  const issued = await issue(then.authority, { names: [{ type: 'url', value }], from, ttlMs: proxy.ttlMs })
  if (issued === undefined) return undefined
  // The answer ends with the roots, which the proxy trusts from then on (security/pkg/server/ca/server.go CreateCertificate).
  const roots = then.authority.pem
  return { chain: `${issued.chain}${roots}`, roots, since: from }
}

/** Names that istiod is called by (pilot/pkg/bootstrap/server.go getDNSNames). */
function servedNames({ namespace, revision, environment }: IstiodIdentity): string[] {
  const known = ['istiod', 'istiod-remote', 'istio-pilot']
  const own = revision === '' || revision === 'default' ? [] : [`istiod-${revision}`]
  const custom = (environment.ISTIOD_CUSTOM_HOST ?? '').split(',').filter((each) => each !== '')
  return [...new Set([...custom, ...[...known, ...own].map((each) => `${each}.${namespace}.svc`)])].toSorted()
}
