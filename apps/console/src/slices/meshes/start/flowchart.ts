import type { Step } from '@orbweaver/contracts/learning-path'
import { type StepId, stepArrows, stepIds } from '@orbweaver/istio/start/learning-path'

/** Rows of the picture: boxes with their steps from left to right. What is not in one stands by itself. */
const rows: { id: string; steps: StepId[] }[] = [
  { id: 'inject', steps: ['inject-global', 'inject-namespace', 'inject-workload'] },
  { id: 'govern', steps: ['services', 'gateways', 'traffic'] },
  { id: 'operate', steps: ['monitoring', 'upgrade', 'security'] },
]

/** Tighter than a diagram that stands alone: it shares the page. */
const config = '%%{init: {"flowchart": {"rankSpacing": 26, "nodeSpacing": 22, "padding": 10}}}%%'

export type FlowWords = { row: (row: string) => string; step: (step: Step) => string; state: (step: Step) => string }

/**
 * The learning path as mermaid source. Each node carries a class that says its state (`step-done`). An arrow into or
 * out of a row is drawn to its box: mermaid lays a box out sideways only while none of its nodes is linked outside.
 */
export function flowchart(steps: readonly Step[], words: FlowWords): string {
  const nodeOf = (id: StepId) => {
    const step = steps.find((each) => each.id === id)
    return step === undefined ? [] : [node(step, words)]
  }
  const inRows = new Set(rows.flatMap((row) => row.steps))
  const alone = stepIds.filter((id) => !inRows.has(id)).flatMap(nodeOf)
  const boxes = rows.flatMap((row) => [
    `subgraph ${row.id}["${plain(words.row(row.id))}"]`,
    'direction LR',
    ...row.steps.flatMap(nodeOf),
    ...arrows((from, to) => row.steps.includes(from) && row.steps.includes(to)),
    'end',
  ])
  const between = arrows((from, to) => boxOf(from) !== boxOf(to), boxOf)
  return [config, 'flowchart TB', ...alone, ...boxes, ...new Set(between)].join('\n')
}

function arrows(which: (from: StepId, to: StepId) => boolean, end: (id: StepId) => string = (id) => id): string[] {
  return stepArrows.filter(([from, to]) => which(from, to)).map(([from, to]) => `${end(from)} --> ${end(to)}`)
}

function boxOf(id: StepId): string {
  return rows.find((row) => row.steps.includes(id))?.id ?? id
}

function node(step: Step, words: FlowWords): string {
  return `${step.id}["${plain(words.step(step))}<br/>${plain(words.state(step))}"]:::step-${step.state}`
}

/** A label stands in quotes, and mermaid reads markup in it. */
function plain(text: string): string {
  return text.replace(/["<>&#;]/g, ' ')
}
