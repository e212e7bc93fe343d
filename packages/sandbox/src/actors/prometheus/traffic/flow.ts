import type { PodFacts, ServiceFacts } from './pod-facts.ts'
import type { Edge } from './edges.ts'

/** One end of requests, as their telemetry names it. */
export type Peer = { cluster: string; pod: PodFacts }

/** Requests as one proxy reports them. */
export type Flow = {
  reporter: 'source' | 'destination'
  /** Whose proxy reports. */
  by: Peer
  from: Peer
  service: ServiceFacts
  /** One of the Pods of the workload that answers; absent where nobody does. */
  to?: Peer
  /** Per second on average. */
  rate: number
}

/** Both ends of every edge, as far as they have proxies: callers by workload that answers, callees by workload that calls. */
export function flowsOf(edges: readonly Edge[]): Map<string, Flow> {
  const flows = new Map<string, Flow>()
  for (const edge of edges) {
    const { from, service, to, rate } = edge
    const [some] = to.pods
    const answering = some === undefined ? undefined : { cluster: to.cluster, pod: some }
    add(flows, {
      reporter: 'source',
      by: from,
      from,
      service,
      rate,
      ...(answering === undefined ? {} : { to: answering }),
    })
    for (const pod of to.pods) {
      if (pod.proxy === undefined) continue
      const by = { cluster: to.cluster, pod }
      add(flows, { reporter: 'destination', by, from, service, to: by, rate: rate / to.pods.length })
    }
  }
  return flows
}

function add(flows: Map<string, Flow>, flow: Flow): void {
  const { reporter, by, from, service, to } = flow
  const peer = reporter === 'source' ? to : from
  const workload = peer === undefined ? [] : [peer.cluster, peer.pod.namespace, peer.pod.workload]
  const key = JSON.stringify([reporter, by.pod.uid, service.namespace, service.name, ...workload])
  const known = flows.get(key)
  flows.set(key, known === undefined ? flow : { ...known, rate: known.rate + flow.rate })
}
