import { isRecord } from '@orbweaver/contracts/json'
import fc from 'fast-check'
import { type FaultName, faultNames } from './faults.ts'
import { clusters } from './world.ts'

/** What can happen next. Numbers choose among what is there at that moment, so that any sequence makes sense. */
export type Step =
  | {
      do: 'create'
      kind: 'Managed' | 'Dedicated' | 'External'
      name: string
      at: string
      members: string[]
      version: string
    }
  | { do: 'join' | 'leave'; mesh: number; cluster: string; network: boolean }
  | { do: 'version'; mesh: number; version: string }
  | { do: 'settings'; mesh: number; replicas: number; accessLog: boolean }
  | { do: 'repair'; mesh: number }
  | { do: 'delete'; mesh: number; uninstall: boolean }
  | { do: 'inject'; mesh: number; cluster: string; action: 'enable' | 'disable' | 'clear'; restart: boolean }
  | { do: 'workload'; mesh: number; cluster: string; action: 'enable' | 'disable' | 'clear' }
  | { do: 'restart'; mesh: number; cluster: string }
  | { do: 'edit'; cluster: string; shown: string }
  | { do: 'rule'; mesh: number; action: 'create' | 'edit' | 'delete' }
  | { do: 'unregister' | 'register'; cluster: string }
  | { do: 'undo'; change: number }
  | { do: 'steer'; change: number; order: 'retry' | 'skip' | 'stop' | 'resume' }
  /** Somebody else takes away an object that the console has made. */
  | { do: 'drift'; cluster: string; what: 'webhook' | 'service' | 'reader' }
  /** A plan is confirmed by the fingerprint of another. */
  | { do: 'unseen'; mesh: number }
  | { do: 'fault'; cluster: string; fault: FaultName }
  | { do: 'mend'; cluster: string }
  | { do: 'kill'; afterMs: number }
  | { do: 'time'; minutes: number }
  /** Everything that moves comes to rest, or to where it waits for something. */
  | { do: 'calm' }

const versions = ['v1.29.6', 'v1.30.2', 'v1.30.3'] as const

const word = <Word extends string>(...words: Word[]) => fc.constantFrom(...words)
const cluster = word(...clusters)
const anywhere = word(...clusters, 'hub')
const mesh = fc.nat({ max: 1 })
const version = word(...versions)
const change = fc.nat({ max: 3 })

const steps: readonly { weight: number; arbitrary: fc.Arbitrary<Step> }[] = [
  {
    weight: 6,
    arbitrary: fc.record({
      do: word('create'),
      kind: word('Managed', 'Managed', 'Dedicated', 'External'),
      name: word('alpha', 'beta', 'beta'),
      at: cluster,
      members: fc.uniqueArray(cluster, { maxLength: 2 }),
      version,
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: word('join', 'leave'), mesh, cluster, network: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: word('version'), mesh, version }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: word('settings'),
      mesh,
      replicas: fc.integer({ min: 1, max: 2 }),
      accessLog: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: word('repair'), mesh }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: word('delete'), mesh, uninstall: fc.constantFrom(true, true, true, false) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: word('inject'),
      mesh,
      cluster,
      action: word('enable', 'enable', 'disable', 'clear'),
      restart: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: word('workload'), mesh, cluster, action: word('enable', 'disable', 'clear') }),
  },
  { weight: 1, arbitrary: fc.record({ do: word('restart'), mesh, cluster }) },
  { weight: 1, arbitrary: fc.record({ do: word('edit'), cluster, shown: word('North', 'South') }) },
  { weight: 2, arbitrary: fc.record({ do: word('rule'), mesh, action: word('create', 'edit', 'delete') }) },
  { weight: 1, arbitrary: fc.record({ do: word('unregister', 'register'), cluster }) },
  { weight: 2, arbitrary: fc.record({ do: word('undo'), change }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: word('steer'), change, order: word('retry', 'skip', 'stop', 'resume') }),
  },
  { weight: 1, arbitrary: fc.record({ do: word('drift'), cluster, what: word('webhook', 'service', 'reader') }) },
  { weight: 1, arbitrary: fc.record({ do: word('unseen'), mesh }) },
  { weight: 6, arbitrary: fc.record({ do: word('fault'), cluster: anywhere, fault: word(...faultNames) }) },
  { weight: 3, arbitrary: fc.record({ do: word('mend'), cluster: anywhere }) },
  { weight: 2, arbitrary: fc.record({ do: word('kill'), afterMs: fc.constantFrom(0, 5, 20, 50, 100, 300) }) },
  { weight: 2, arbitrary: fc.record({ do: word('time'), minutes: fc.constantFrom(1, 6, 30, 90) }) },
  { weight: 3, arbitrary: fc.record({ do: word('calm') }) },
]

/** A sequence begins with a mesh: without one there is little that can be done. */
const first: fc.Arbitrary<Step> = fc.record({
  do: word('create'),
  kind: word('Managed', 'Managed', 'Dedicated'),
  name: word('alpha'),
  at: cluster,
  members: fc.uniqueArray(cluster, { maxLength: 2 }),
  version,
})

export const sequences: fc.Arbitrary<Step[]> = fc
  .tuple(first, fc.array(fc.oneof(...steps), { minLength: 1, maxLength: 10 }))
  .map(([head, rest]) => [head, ...rest])

/** One line a step, to be read and to be copied: JSON. */
export function said(sequence: readonly Step[]): string {
  return sequence.map((each, index) => `${index === 0 ? '[' : ' '}${JSON.stringify(each)}`).join(',\n') + ']'
}

/** The first so many sequences of a seed: of any one of them, what `fc.check` plays with its number as path. */
export function casesOf(seed: number, count: number): { index: number; sequence: Step[] }[] {
  // A property takes its values as a tuple.
  return fc.sample(fc.tuple(sequences), { seed, numRuns: count }).map(([sequence], index) => ({ index, sequence }))
}

const known = new Set<unknown>(steps.flatMap(({ arbitrary }) => fc.sample(arbitrary, 20).map((each) => each.do)))

/** Reads what `said` has written. Throws an Error fit for one line. */
export function sequenceIn(text: string): Step[] {
  const parsed: unknown = JSON.parse(text)
  if (!Array.isArray(parsed) || !parsed.every(isStep)) throw new Error('a sequence is a list of steps')
  return parsed
}

const isStep = (value: unknown): value is Step => isRecord(value) && known.has(value.do)
