import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { createEngine } from '@orbweaver/istio/findings/engine'
import { meshParts } from '@orbweaver/istio/findings/world'
import { boundedDifference } from '@orbweaver/istio/simulate/access/difference'
import { pairsIn } from '@orbweaver/istio/simulate/access/matrix'
import { groundsOf, touchedBetween } from '@orbweaver/istio/simulate/access/touched'
import { kinds } from '@orbweaver/istio/world/kinds'
import { clusterView } from '@orbweaver/istio/world/view'
import type { Measure } from '../budgets.ts'
import { collect, timed } from './spent.ts'
import { findingsWorld } from './world.ts'

const rounds = 5

/**
 * What a plan waits for that changes who may call whom in 300 namespaces: policies of one of them, and of as many as make
 * about the most pairs that the server asks about (15,000: within the second that a page may take).
 */
export function measureReach(): Measure[] {
  const view = clusterView('hub', findingsWorld(300), Object.values(kinds))
  const engine = createEngine(meshParts({ config: view }), [])
  const grounds = engine.ask(groundsOf)
  return [{ namespaces: 1 }, { namespaces: 8, budget: 1_000 }].flatMap(({ namespaces, ...held }) => {
    const laid = Array.from({ length: namespaces }, (_, index) => policyOf(`ns-${index}`))
    const ask = () =>
      boundedDifference({ before: (said) => engine.ask(said), after: (said) => engine.ask(said, laid) }, Infinity)
    const pairs = engine.ask((world) => pairsIn(world, touchedBetween(grounds, groundsOf(world))), laid)
    const times = Array.from({ length: rounds }, () => timed(ask))
    collect()
    const before = process.memoryUsage().heapUsed
    ask()
    const heap = process.memoryUsage().heapUsed - before
    const of = `${pairs.toLocaleString('en')} pairs of callers and ports`
    return [
      { name: `a draft that touches ${of}`, value: Math.min(...times), unit: 'ms', ...held, timed: true },
      { name: `heap that takes, garbage too`, value: heap / 1_048_576, unit: 'MB', timed: false },
    ] satisfies Measure[]
  })
}

function policyOf(namespace: string) {
  const after: KubernetesObject = {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'reads', namespace },
    spec: { rules: [{ to: [{ operation: { methods: ['GET'] } }] }] },
  }
  const ref = { cluster: 'hub', group: 'security.istio.io', version: 'v1', kind: after.kind, namespace, name: 'reads' }
  return { ref, after }
}
