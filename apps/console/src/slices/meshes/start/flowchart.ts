import type { Step } from '@orbweaver/contracts/meshes'
import { type StepId, stepArrows } from '@orbweaver/istio/start/learning-path'

/** The three rows of the picture; arrows between rows are drawn from row to row. */
const rows: Record<string, StepId[]> = {
  create: ['create-managed', 'join-cluster', 'create-dedicated', 'create-external'],
  inject: ['inject-global', 'inject-namespace', 'inject-workload'],
  govern: ['services', 'gateways', 'traffic', 'monitoring', 'upgrade', 'security'],
}

export type FlowWords = { row: (row: string) => string; step: (step: Step) => string; state: (step: Step) => string }

/** The learning path as mermaid source. Each node carries a class that says its state (`step-done`). */
export function flowchart(steps: readonly Step[], words: FlowWords): string {
  const lines = Object.entries(rows).flatMap(([row, ids]) => [
    `  subgraph ${row}["${plain(words.row(row))}"]`,
    '    direction LR',
    ...ids.flatMap((id) => {
      const step = steps.find((each) => each.id === id)
      return step === undefined ? [] : [`    ${node(step, words)}`]
    }),
    ...arrowsWithin(ids).map(([from, to]) => `    ${from} --> ${to}`),
    '  end',
  ])
  return ['flowchart TB', ...lines, '  create --> inject', '  inject --> govern'].join('\n')
}

function node(step: Step, words: FlowWords): string {
  return `${step.id}["${plain(words.step(step))}<br/>${plain(words.state(step))}"]:::step-${step.state}`
}

function arrowsWithin(ids: readonly StepId[]): (readonly [StepId, StepId])[] {
  return stepArrows.filter(([from, to]) => ids.includes(from) && ids.includes(to))
}

/** A label stands in quotes, and mermaid reads markup in it. */
function plain(text: string): string {
  return text.replace(/["<>&#;]/g, ' ')
}
