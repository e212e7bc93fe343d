import { factsOf } from './call-facts.ts'
import { wayOut, type WayOut } from './client-scope.ts'
import type { Destination } from './destination.ts'
import { type Incoming, noChecks, stepOf, type Stop } from './stop.ts'
import type { Workload } from '../workloads/workload.ts'

const said = {
  stopped: { verdict: 'denied', code: 'client-stopped' },
  shared: { verdict: 'unknown', code: 'client-port-shared' },
  'by-proxy': { verdict: 'unknown', code: 'client-by-proxy' },
} as const satisfies Partial<Record<WayOut['kind'], unknown>>

/** A call that does not come out of its client's own sidecar, or of which nobody knows where it then goes; undefined for others. */
export function clientStop(incoming: Incoming, client: Workload, to: Destination): Stop | undefined {
  const { session, call } = incoming
  const { door, port } = to
  const { kind, place } = wayOut(session, client, { door, port, spoken: call.protocol })
  if (kind === 'known' || kind === 'as-it-is') return undefined
  const { verdict, code } = said[kind]
  const facts = {
    ...factsOf(incoming, { layer: call.protocol, mtls: false, trusted: 0 }),
    port,
    destinationIp: to.workload.addresses[0],
  } satisfies Stop['facts']
  return {
    at: 'sidecar',
    workload: client,
    layer: call.protocol,
    peer: undefined,
    mtls: false,
    checks: noChecks,
    facts,
    steps: [stepOf(code, { host: door?.host ?? to.workload.ref.name, port: door?.port ?? port }, place)],
    refused: { verdict, by: place },
  }
}
