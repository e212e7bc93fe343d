import { createEngine } from '@orbweaver/istio/findings/engine'
import { judges } from '@orbweaver/istio/findings/judges'
import { meshParts } from '@orbweaver/istio/findings/world'
import { kindOf, kinds } from '@orbweaver/istio/world/kinds'
import { type ClusterView, clusterView } from '@orbweaver/istio/world/view'
import type { Measure } from '../budgets.ts'
import { collect, timed } from './spent.ts'
import { findingsWorld } from './world.ts'

/** A process that has judged nothing yet is slower: the first time is told, and these too are not counted. */
const warming = 12
/** The least of them is told: what else the machine does makes a core slower, and nothing makes it faster. */
const rounds = 9
const changes = 9

/** What a mesh of so many namespaces takes: all of it, and one changed rule. */
export function measureFindings(): Measure[] {
  return [
    { namespaces: 300, budget: 250 },
    { namespaces: 1_000, budget: 900 },
  ].flatMap(({ namespaces, budget }) => {
    const [first = nothing, ...all] = Array.from({ length: 1 + warming + rounds }, () => judged(namespaces))
    const more = all.slice(warming)
    const full = Math.min(...more.map(({ fullMs }) => fullMs))
    const change = mean(more.map(({ changeMs }) => changeMs))
    const heap = weighed(namespaces) / 1_048_576
    const of = `${namespaces.toLocaleString('en')} namespaces`
    return [
      { name: `everything in ${of}`, value: full, unit: 'ms', budget, timed: true },
      { name: `the same, the first time in a process`, value: first.fullMs, unit: 'ms', timed: true },
      { name: `one changed VirtualService among ${of}`, value: change, unit: 'ms', budget: 10, timed: true },
      { name: `kept of ${of} beside their objects`, value: heap, unit: 'MB', timed: false },
    ]
  })
}

const nothing = { fullMs: 0, changeMs: 0 }

function judged(namespaces: number): { fullMs: number; changeMs: number } {
  const mesh = meshOf(namespaces)
  const fullMs = timed(() => mesh.engine.findings())
  const times = Array.from({ length: changes }, (_, generation) => {
    mesh.change(generation)
    return timed(() => mesh.engine.findings())
  })
  return { fullMs, changeMs: mean(times) }
}

/** Bytes. Garbage is collected before and after, which makes what comes next slower: never while time is taken. */
function weighed(namespaces: number): number {
  const { engine } = meshOf(namespaces)
  collect()
  const before = process.memoryUsage().heapUsed
  engine.findings()
  collect()
  return process.memoryUsage().heapUsed - before
}

function meshOf(namespaces: number) {
  const objects = findingsWorld(namespaces)
  const place = objects.findIndex(({ kind }) => kind === 'VirtualService')
  const read = Object.values(kinds)
  let view = clusterView('hub', objects, read)
  let version = 1
  const live: ClusterView = {
    cluster: 'hub',
    has: (kind) => view.has(kind),
    list: (kind, namespace) => view.list(kind, namespace),
    get: (kind, name, namespace) => view.get(kind, name, namespace),
  }
  const changed = kinds.virtualService
  const engine = createEngine(meshParts({ config: live }), judges, (_, kind) => (kind === changed ? version : 1))
  const change = (generation: number) => {
    const rule = objects[place]
    if (rule === undefined || kindOf(rule) !== changed) throw new Error('the world has no VirtualService')
    objects[place] = { ...rule, metadata: { ...rule.metadata, generation } }
    view = clusterView('hub', objects, read)
    version += 1
  }
  return { engine, change }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length
}
