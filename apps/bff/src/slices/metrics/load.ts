import type { Mesh } from '@orbweaver/istio/meshes/mesh'
import { countedOnce, readEdges } from '@orbweaver/istio/metrics/edges'
import { callerTraces, containerTraces } from '@orbweaver/istio/metrics/lines'
import { loadNeeds } from '@orbweaver/istio/metrics/needs'
import { rangeUntil } from '@orbweaver/istio/metrics/range'
import type { Context } from '../../http/context.ts'
import { askAll } from './ask.ts'

/** What all the Prometheuses of a mesh say of its load, every request once; whoever may see it. */
export async function loadOf(context: Pick<Context, 'fleet' | 'prometheus'>, mesh: Mesh, over: Over) {
  const asked = await askAll(context, mesh, (apart) => loadNeeds(over, apart))
  const edges = asked.flatMap(({ series, scope }) => {
    const [requests, errors] = [series('requests'), series('errors')]
    return readEdges({ requests, errors, spent: series('spent'), timed: series('timed') }, scope)
  })
  const ends = asked.flatMap(({ until }) => charts.flatMap((each) => until(each) ?? []))
  return {
    asked,
    /** Where the newest of the charts ends: what was asked a moment ago has no gap at its end. */
    range: rangeUntil(ends.length === 0 ? Date.now() / 1_000 : Math.max(...ends), over),
    edges: countedOnce(edges),
    traces: {
      cpu: asked.flatMap(({ series, scope }) => containerTraces(series('cpu'), scope)),
      memory: asked.flatMap(({ series, scope }) => containerTraces(series('memory'), scope)),
      bytes: asked.flatMap(({ series, scope }) => callerTraces(series('bytes'), scope)),
    },
  }
}

const charts = ['cpu', 'memory', 'bytes'] as const

type Over = Parameters<typeof loadNeeds>[0]
