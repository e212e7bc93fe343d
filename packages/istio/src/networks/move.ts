import type { Message } from '@orbweaver/contracts/message'

/** Running Pods of a cluster whose proxies keep the network they were injected with; undefined where nobody may count them. */
type Keeping = { pods: number; workloads: number } | undefined

type Move = {
  /** Every cluster of the mesh, with the network it is on. */
  before: ReadonlyMap<string, string>
  moved: readonly string[]
  network: string
  keeping: (cluster: string) => Keeping
}

/**
 * What moving clusters to a network does, in its order: what changes by itself, whose Pods must be restarted afterwards,
 * and what does not work between the two. istiod sends to a Pod through the gateways of the network that the Pod
 * announces, and directly where that has none (pilot/pkg/xds/endpoints/ep_filters.go, 1.30).
 */
export function moveNotes({ before, moved, network, keeping }: Move): Message[] {
  const after = new Map([...before].map(([cluster, was]) => [cluster, moved.includes(cluster) ? network : was]))
  const really = moved.filter((cluster) => before.get(cluster) !== network)
  const together = [...after].filter(([, on]) => on === network).map(([each]) => each)
  const met = new Set(together.map((each) => before.get(each))).size > 1
  return [
    ...really.flatMap((cluster) =>
      stepsOf(cluster, { from: before.get(cluster) ?? '', network, after, kept: keeping(cluster) }),
    ),
    ...gatewayNotes(new Set(before.values()).size, new Set(after.values()).size),
    ...(met ? [{ code: 'network.move-direct', params: { clusters: together.join(', '), network } }] : []),
  ]
}

type Step = { from: string; network: string; after: ReadonlyMap<string, string>; kept: Keeping }

function stepsOf(cluster: string, { from, network, after, kept }: Step): Message[] {
  const at = { cluster, from, network }
  const first: Message = { code: 'network.move-first', params: at }
  if (kept === undefined) return [first, { code: 'network.move-then-unseen', params: at }]
  if (kept.pods === 0) return [first, { code: 'network.move-then-none', params: at }]
  const stay = [...after].filter(([each, on]) => on === from && each !== cluster).map(([each]) => each)
  const meanwhile: Message =
    stay.length > 0
      ? { code: 'network.move-meanwhile-through', params: { ...at, others: stay.join(', ') } }
      : { code: 'network.move-meanwhile-direct', params: at }
  return [first, { code: 'network.move-then', params: { ...at, ...kept } }, meanwhile]
}

function gatewayNotes(before: number, after: number): Message[] {
  if (before === 1 && after > 1) return [{ code: 'network.move-makes-gateways', params: {} }]
  if (before > 1 && after === 1) return [{ code: 'network.move-removes-gateways', params: {} }]
  return []
}
