import type { Authority, Certificate, RootChange } from '@orbweaver/contracts/certificates'
import type { Message } from '@orbweaver/contracts/message'
import { usualTtlMs } from './workload-ttl.ts'

/** Within which a kubelet brings a changed Secret into a running Pod: its sync period of a minute, and the caches before it. */
const mountMs = 120_000

/** When a Pod with a proxy began (ISO 8601), and for how long its certificates hold (ms; workload-ttl.ts). */
export type ProxyLife = { started: string | undefined; ttlMs: number }

/** What was read of one cluster; what could not be is undefined. */
export type ClusterEvidence = {
  cluster: string
  /** Fingerprints of the roots that istiod hands out there. */
  handed: readonly string[] | undefined
  /** Fingerprints in ConfigMap `istio-ca-root-cert` of each namespace. */
  namespaces: readonly (readonly string[])[] | undefined
  /** Of each Pod with a proxy. */
  pods: readonly ProxyLife[] | undefined
  /** Pods that are not among them, for want of rights. */
  partial?: boolean
}

export type RootWorld = {
  authority: Authority
  /** When each ready istiod began (ISO 8601). */
  istiods: readonly string[]
  clusters: readonly ClusterEvidence[]
  now: Date
}

export type RootState = Omit<RootChange, 'workloads'> & {
  /** Only the age of the roots tells which is the new one. */
  guessed: boolean
}

type Standing = Pick<RootChange, 'phase' | 'other'> & {
  /** Nothing but their age tells which of the roots is the new one. */
  guessed?: Certificate
}

/**
 * Which of several roots is the new one. What istiod made itself came before anything that was plugged in. Else the new one
 * stands last, for so the console writes them; where somebody else wrote them, it is the one that was made last.
 */
function standingOf({ roots, signedUnder, selfSigned, writtenBy }: Authority): Standing {
  const others = roots.filter(({ fingerprint }) => fingerprint !== signedUnder)
  if (roots.length < 2 || others.length === 0) return { phase: 'one-root' }
  const added = (next: Certificate | undefined): Standing => ({ phase: 'added', ...named(next) })
  const switched = (old: Certificate | undefined): Standing => ({ phase: 'switched', ...named(old) })
  const own = others.find(({ fingerprint }) => fingerprint === selfSigned)
  if (own !== undefined) return switched(own)
  if (signedUnder !== undefined && signedUnder === selfSigned) return added(others.at(-1))
  const newest = writtenBy === 'other' ? youngest(roots) : roots.at(-1)
  const standing = newest?.fingerprint === signedUnder ? switched(others[0]) : added(newest)
  return writtenBy === 'other' && newest !== undefined ? { ...standing, guessed: newest } : standing
}

function named(root: Certificate | undefined): Pick<Standing, 'other'> {
  return root === undefined ? {} : { other: root.fingerprint }
}

/** Of those made at the same time the last. */
function youngest(roots: readonly Certificate[]): Certificate | undefined {
  return roots.toSorted((one, other) => Date.parse(one.notBefore) - Date.parse(other.notBefore)).at(-1)
}

/**
 * Since when a Pod that starts gets what the Secret says. istiods that all began after it was written read it as they
 * began; one that is older takes it while it runs, as soon as its kubelet has brought it. Nobody knows where no istiod runs.
 */
export function takenSince(writtenAt: string | undefined, istiods: readonly string[]): Date | undefined {
  const [first] = istiods.map((each) => Date.parse(each)).toSorted((one, other) => one - other)
  if (writtenAt === undefined || first === undefined) return undefined
  const written = Date.parse(writtenAt)
  return new Date(first >= written ? first : written + mountMs)
}

/** Whether a Pod may still hold a certificate, or trust roots, from before: it began before, and that has not run out yet. */
export function isBehind({ started, ttlMs }: ProxyLife, since: Date, now: Date): boolean {
  if (now.getTime() - since.getTime() >= ttlMs) return false
  return started === undefined || Date.parse(started) < since.getTime()
}

/** Where a mesh stands, and whether the next phase may begin. */
export function rootChange({ authority, istiods, clusters, now }: RootWorld): RootState {
  const { guessed, ...standing } = standingOf(authority)
  const since = takenSince(authority.writtenAt, istiods)
  const wanted = authority.roots.map(({ fingerprint }) => fingerprint)
  const { phase } = standing
  const states = clusters.map((each) => ({ of: each, ...stateOf(each, { wanted, since, now, phase }) }))
  const told = states.map(({ of, handedOut, namespaces, pods }) => ({
    cluster: of.cluster,
    handedOut,
    ...(namespaces !== undefined && { namespaces }),
    ...(pods !== undefined && { pods }),
  }))
  const base = { ...standing, clusters: told, ...(since !== undefined && timesOf(since, clusters)) }
  if (phase === 'one-root') return { ...base, guessed: false, holds: [], doubts: [] }
  const named = (is: (state: (typeof states)[number]) => boolean) => states.filter(is).map(({ of }) => of.cluster)
  const holds = [
    ...about(
      'certificates.hold_handed',
      named(({ handedOut }) => handedOut === 'behind'),
    ),
    ...about(
      'certificates.hold_namespaces',
      named(({ namespaces }) => (namespaces?.behind ?? 0) > 0),
    ),
    ...about(
      'certificates.hold_pods',
      named(({ pods }) => (pods?.behind ?? 0) > 0),
      { until: base.renewedBy ?? '' },
    ),
  ]
  const doubts = [
    ...about(
      'certificates.doubt_unread',
      named(({ of }) => isUnread(of)),
    ),
    ...about(
      'certificates.doubt_hidden',
      named(({ of }) => of.partial === true),
    ),
    ...(since === undefined ? [{ code: 'certificates.doubt_since', params: {} }] : []),
    ...(guessed === undefined ? [] : [{ code: 'certificates.doubt_age', params: { subject: guessed.subject } }]),
  ]
  return { ...base, guessed: guessed !== undefined, holds, doubts }
}

/** When the last certificate from before has run out: of those Pods that began before, however long theirs hold. */
function timesOf(since: Date, clusters: readonly ClusterEvidence[]): Pick<RootState, 'since' | 'renewedBy'> {
  const lives = clusters.flatMap(({ pods }) => pods ?? [])
  const older = lives.filter(({ started }) => started === undefined || Date.parse(started) < since.getTime())
  const longest = older.reduce((most, { ttlMs }) => Math.max(most, ttlMs), 0)
  const renewedBy = since.getTime() + (older.length === 0 ? usualTtlMs : longest)
  return { since: since.toISOString(), renewedBy: new Date(renewedBy).toISOString() }
}

type Wanted = { wanted: readonly string[]; since: Date | undefined; now: Date; phase: RootChange['phase'] }

function stateOf(
  { handed, namespaces, pods }: ClusterEvidence,
  { wanted, since, now, phase }: Wanted,
): Omit<RootState['clusters'][number], 'cluster'> {
  const handedOut = handed === undefined ? 'unknown' : sameSet(handed, wanted) ? 'all' : 'behind'
  if (phase === 'one-root') return { handedOut }
  return {
    handedOut,
    ...(namespaces !== undefined && { namespaces: counted(namespaces, (each) => !sameSet(each, wanted)) }),
    ...(pods !== undefined && since !== undefined && { pods: counted(pods, (each) => isBehind(each, since, now)) }),
  }
}

function counted<Each>(all: readonly Each[], behind: (each: Each) => boolean): { behind: number; total: number } {
  return { behind: all.filter(behind).length, total: all.length }
}

function isUnread({ handed, namespaces, pods }: ClusterEvidence): boolean {
  return handed === undefined || namespaces === undefined || pods === undefined
}

function about(code: string, clusters: readonly string[], more: Message['params'] = {}): Message[] {
  return clusters.length === 0 ? [] : [{ code, params: { clusters: clusters.join(', '), ...more } }]
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  const [left, right] = [new Set(one), new Set(other)]
  return left.size === right.size && [...left].every((each) => right.has(each))
}

/** What another authority would have: fingerprints of its roots, and of the one that what signs leads to. */
export type NextRoots = { roots: readonly string[]; signedUnder: string | undefined }

/**
 * What stands in the way of a move, given where the mesh stands. Another root may sign when all trust it, and a root may
 * go when nothing that it signed is in use. Going back before anything was signed under the new root needs no waiting, but
 * nobody can tell that it was not.
 */
export function gateOf(
  state: Pick<RootState, 'phase' | 'holds' | 'doubts'> & Partial<Pick<RootState, 'guessed'>>,
  present: Authority | undefined,
  next: NextRoots,
): { blocked: Message[]; notes: Message[] } {
  if (present === undefined || state.phase === 'one-root') return { blocked: [], notes: [] }
  const switches = next.signedUnder !== present.signedUnder
  const dropped = present.roots.filter(
    ({ fingerprint }) => fingerprint !== present.signedUnder && !next.roots.includes(fingerprint),
  )
  if (switches) return { blocked: state.holds, notes: state.doubts }
  if (dropped.length === 0) return { blocked: [], notes: [] }
  if (state.phase === 'switched' || state.guessed === true) return { blocked: state.holds, notes: state.doubts }
  return { blocked: [], notes: dropped.map(unusedNote) }
}

function unusedNote({ subject }: Certificate): Message {
  return { code: 'certificates.drops_unused', params: { subject } }
}
