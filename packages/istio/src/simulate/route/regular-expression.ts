import { compileProblem } from '../../validation/re2.ts'
import { type Node, parsed, type Surroundings } from './regular-expression-parser.ts'

/** RE2 by what it promises: a match in time linear to the text, whatever the expression. */

type Step =
  | { kind: 'char'; takes: (char: string) => boolean }
  | { kind: 'split'; to: [number, number] }
  | { kind: 'jump'; to: number }
  | { kind: 'assert'; holds: (at: Surroundings) => boolean }
  | { kind: 'end' }

/** Larger ones no proxy takes either (RE2's own limit of program size). */
const longest = 20_000

/** Whether the whole text matches, as Envoy's safe_regex does; false where RE2 does not know the expression. */
export function matchesWhole(expression: string, text: string): boolean {
  return matcherOf(expression)?.(text) ?? false
}

/** The same for many texts; undefined where RE2 does not know the expression. */
export function matcherOf(expression: string): ((text: string) => boolean) | undefined {
  if (compileProblem(expression) !== undefined) return undefined
  const program: Step[] = []
  if (!emit(program, parsed(expression))) return undefined
  program.push({ kind: 'end' })
  return (text) => run(program, Array.from(text))
}

/** Puts a node's steps behind what is there; false where it becomes too long. */
function emit(program: Step[], node: Node): boolean {
  if (program.length > longest) return false
  switch (node.kind) {
    case 'char':
      program.push({ kind: 'char', takes: node.takes })
      return true
    case 'assert':
      program.push({ kind: 'assert', holds: node.holds })
      return true
    case 'sequence':
      return node.nodes.every((each) => emit(program, each))
    case 'choice':
      return emitChoice(program, node.nodes)
    case 'repeat':
      return emitRepeat(program, node)
  }
}

function emitChoice(program: Step[], nodes: readonly Node[]): boolean {
  const ends: { kind: 'jump'; to: number }[] = []
  for (const [index, each] of nodes.entries()) {
    const isLast = index === nodes.length - 1
    const split: Step = { kind: 'split', to: [program.length + 1, 0] }
    if (!isLast) program.push(split)
    if (!emit(program, each)) return false
    if (isLast) continue
    const end: { kind: 'jump'; to: number } = { kind: 'jump', to: 0 }
    program.push(end)
    ends.push(end)
    split.to[1] = program.length
  }
  for (const each of ends) each.to = program.length
  return true
}

function emitRepeat(program: Step[], { node, min, max }: Extract<Node, { kind: 'repeat' }>): boolean {
  for (let times = 0; times < min; times += 1) if (!emit(program, node)) return false
  if (max === undefined) {
    const start = program.length
    const split: Step = { kind: 'split', to: [start + 1, 0] }
    program.push(split)
    if (!emit(program, node)) return false
    program.push({ kind: 'jump', to: start })
    split.to[1] = program.length
    return true
  }
  const exits: Extract<Step, { kind: 'split' }>[] = []
  for (let times = min; times < max; times += 1) {
    const split: Step = { kind: 'split', to: [program.length + 1, 0] }
    program.push(split)
    exits.push(split)
    if (!emit(program, node)) return false
  }
  for (const each of exits) each.to[1] = program.length
  return true
}

function run(program: readonly Step[], chars: readonly string[]): boolean {
  let here = follow(program, [0], { before: undefined, after: chars[0] })
  for (const [index, char] of chars.entries()) {
    const next: number[] = []
    for (const at of here) {
      const step = program[at]
      if (step?.kind === 'char' && step.takes(char)) next.push(at + 1)
    }
    if (next.length === 0) return false
    here = follow(program, next, { before: char, after: chars[index + 1] })
  }
  return here.some((at) => program[at]?.kind === 'end')
}

/** Every step that takes a character, or ends, and is reached from these without taking one. */
function follow(program: readonly Step[], from: readonly number[], around: Surroundings): number[] {
  const seen = new Set<number>()
  const out: number[] = []
  const open = [...from]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    const step = program[at]
    if (step === undefined) continue
    if (step.kind === 'split') open.push(...step.to)
    else if (step.kind === 'jump') open.push(step.to)
    else if (step.kind === 'assert') {
      if (step.holds(around)) open.push(at + 1)
    } else out.push(at)
  }
  return out
}
