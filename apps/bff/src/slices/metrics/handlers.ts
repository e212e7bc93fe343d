import type { Range as ToldRange } from '@orbweaver/contracts/metrics'
import { clustersOf } from '@orbweaver/istio/meshes/mesh'
import { crossingsOf } from '@orbweaver/istio/metrics/crossings'
import { countedOnce, type Edge, readEdges } from '@orbweaver/istio/metrics/edges'
import { linesOf, type Trace } from '@orbweaver/istio/metrics/lines'
import { crossingSeconds, requestNeeds } from '@orbweaver/istio/metrics/needs'
import { type Range, stepOf } from '@orbweaver/istio/metrics/range'
import { topServices } from '@orbweaver/istio/metrics/top'
import { meshFor } from '../../fleet/mesh-of.ts'
import { server } from '../../http/server.ts'
import { askAll } from './ask.ts'
import { loadOf } from './load.ts'
import { type Place, seenPlaces } from './places.ts'
import { ranked } from './ranked.ts'
import { toldSources } from './sources.ts'

const { metrics } = server

export const metricsHandlers = {
  mesh: metrics.mesh.handler(async ({ context, input, errors }) => {
    const { viewer, fleet } = context
    const mesh = await meshFor(viewer, fleet, input.name)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.name } })
    const seconds = input.minutes * 60
    const over = { seconds, step: stepOf(seconds) }
    const { asked, edges, traces, range } = await loadOf(context, mesh, over)
    const seen = await seenPlaces(context, mesh, [...Object.values(traces).flat(), ...edges.map(servedAt)])
    const lines = (all: readonly Trace[]) => linesOf(all.filter(seen.has), range)
    const shown = edges.filter((edge) => seen.has(servedAt(edge)))
    return {
      sources: toldSources(mesh, asked, seen),
      hidden: seen.hidden,
      clusters: viewer.truths(clustersOf(mesh)),
      range: toldRange(range),
      cpu: lines(traces.cpu),
      memory: lines(traces.memory),
      bytes: lines(traces.bytes),
      top: await ranked({ viewer, mesh }, topServices(shown, seconds)),
    }
  }),
  crossings: metrics.crossings.handler(async ({ context, input, errors }) => {
    const { viewer, fleet } = context
    const mesh = await meshFor(viewer, fleet, input.name)
    if (mesh === undefined) throw errors['meshes.not_found']({ data: { name: input.name } })
    const asked = await askAll(context, mesh, (apart) => requestNeeds(crossingSeconds, apart))
    const edges = countedOnce(
      asked.flatMap(({ series, scope }) =>
        readEdges({ requests: series('requests'), errors: series('errors') }, scope),
      ),
    )
    const places = edges.flatMap(({ from, to }) => [from, to])
    const seen = await seenPlaces(context, mesh, places)
    return {
      sources: toldSources(mesh, asked, seen),
      hidden: seen.hidden,
      clusters: viewer.truths(clustersOf(mesh)),
      crossings: crossingsOf(edges.filter(({ from, to }) => seen.has(from) && seen.has(to))),
    }
  }),
}

/** A request that reached no cluster was meant for the service that its caller sees. */
function servedAt({ from, to }: Edge): Place {
  return { cluster: to.cluster ?? from.cluster, namespace: to.namespace }
}

function toldRange({ start, end, step }: Range): ToldRange {
  const at = (seconds: number) => new Date(seconds * 1_000).toISOString()
  return { start: at(start), end: at(end), step }
}
