import type { MeshDetail, MeshSummary, Stage } from '@orbweaver/contracts/meshes'

/** What can be done about a stage beside repairing: in the settings, or at the cluster. */
export type StageHelp = {
  /** A sentence of the slice's text, where the reason itself does not say what to do. */
  advice?: Advice
  place?: 'entrance' | 'version' | 'settings' | 'cluster' | 'preflight' | 'removal'
}

const advices = [
  'apply-refused',
  'name-taken',
  'version-end-of-life',
  'namespace-terminating',
  'refused-by-operator',
  'istiod-scaled-to-zero',
  'control-plane-not-found',
  'cluster-unreachable',
  'operator-silent',
  'operator-behind',
  'check-blocks',
  'still-used',
] as const
type Advice = (typeof advices)[number]

const places: Record<string, StageHelp['place']> = {
  'entrance-timeout': 'entrance',
  'address-pending': 'entrance',
  'version-end-of-life': 'version',
  'refused-by-operator': 'settings',
  'cluster-unreachable': 'cluster',
  'operator-silent': 'cluster',
  'operator-behind': 'cluster',
  'still-used': 'removal',
  'control-plane-not-found': 'settings',
}

/**
 * Codes of reasons come as `stage.<code>` (apps/bff, meshes/summary.ts). What a stage that ran out of time had been
 * waiting for says more than which stage it was.
 */
export function stageHelp(stage: Pick<Stage, 'reason'>): StageHelp {
  const codes = [waitedFor(stage), stage.reason?.code].map((code) => code?.replace(/^stage\./, '') ?? '')
  const advice = codes.flatMap((code) => advices.filter((each) => each === code))[0]
  // A check that stops a stage stands in the preflight of the settings, with what it was seen in and how to mend it.
  if (stage.reason?.code.startsWith('check.') === true) return { advice: 'check-blocks', place: 'preflight' }
  const place = codes.map((code) => places[code]).find((each) => each !== undefined)
  return { ...(advice === undefined ? {} : { advice }), ...(place === undefined ? {} : { place }) }
}

/** What a stage that ran out of time had been waiting for. */
export function waitedFor({ reason }: Pick<Stage, 'reason'>): string | undefined {
  const code = reason?.params.waitedFor
  return typeof code === 'string' ? `stage.${code}` : undefined
}

type MeshAction = 'join' | 'edit' | 'repair' | 'resume' | 'suspend' | 'protect' | 'export' | 'support' | 'delete'

/** What one most likely wants to do with a mesh as it is, and what else can be done. Only what is under way can be paused. */
export function actionsFor({ kind, phase }: Pick<MeshSummary, 'kind' | 'phase'>): Actions {
  const primary = primaryFor(kind, phase)
  const isUnderWay = phase === 'progressing' || phase === 'pending' || phase === 'failed'
  const joins: MeshAction[] = kind === 'Managed' ? ['join'] : []
  const pauses: MeshAction[] = isUnderWay ? ['suspend'] : []
  const all: MeshAction[] = [...joins, 'edit', 'repair', ...pauses, 'protect', 'export', 'support', 'delete']
  return { primary, menu: all.filter((each) => each !== primary) }
}

type Actions = { primary: MeshAction; menu: MeshAction[] }

function primaryFor(kind: MeshSummary['kind'], phase: MeshSummary['phase']): MeshAction {
  if (phase === 'suspended') return 'resume'
  if (phase === 'failed' || phase === 'degraded') return 'repair'
  return kind === 'Managed' ? 'join' : 'edit'
}

/** Clusters of a mesh by the network they are on; the control plane's first, those without a name last. */
export function byNetwork(
  members: MeshDetail['members'],
): { network: string | undefined; members: MeshDetail['members'] }[] {
  const networks = [...new Set(members.map((each) => each.network))].toSorted(
    (a, b) => Number(a === undefined) - Number(b === undefined) || (a ?? '').localeCompare(b ?? '', 'en'),
  )
  return networks.map((network) => ({ network, members: members.filter((each) => each.network === network) }))
}
