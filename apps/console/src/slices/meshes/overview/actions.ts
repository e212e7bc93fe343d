import type { MeshDetail, Stage } from '@orbweaver/contracts/meshes'

/** What can be done about a failed stage beside repairing: in the settings, or at the cluster. */
export type StageHelp = {
  /** A sentence of the slice's text, where the reason itself does not say what to do. */
  advice?: Advice
  place?: 'entrance' | 'version' | 'settings' | 'cluster'
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
] as const
type Advice = (typeof advices)[number]

const places: Record<string, StageHelp['place']> = {
  'entrance-timeout': 'entrance',
  'address-pending': 'entrance',
  'version-end-of-life': 'version',
  'refused-by-operator': 'settings',
  'cluster-unreachable': 'cluster',
}

/** Codes of reasons come as `stage.<code>` (apps/bff, meshes/summary.ts). */
export function stageHelp({ reason }: Pick<Stage, 'reason'>): StageHelp {
  const code = reason?.code.replace(/^stage\./, '') ?? ''
  const advice = advices.find((each) => each === code)
  const place = places[code]
  return { ...(advice === undefined ? {} : { advice }), ...(place === undefined ? {} : { place }) }
}

/** What a stage that ran out of time had been waiting for. */
export function waitedFor({ reason }: Pick<Stage, 'reason'>): string | undefined {
  const code = reason?.params.waitedFor
  return typeof code === 'string' ? `stage.${code}` : undefined
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
