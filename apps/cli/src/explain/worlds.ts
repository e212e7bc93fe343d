import type { MeshWorld } from '@orbweaver/istio/findings/world'
import { worldOf } from '@orbweaver/istio/simulate/world'
import type { Command } from 'commander'
import { gather, type WorldOptions } from '../given.ts'
import type { Terminal } from '../terminal.ts'
import { Unusable } from '../unusable.ts'
import { addWorldOptions } from '../world-options.ts'

export type AskedWorlds = WorldOptions & { draft: string[] }

/** What is asked about, and what it would be with the drafts laid over it. */
export type Worlds = { now: MeshWorld; drafted: MeshWorld | undefined }

/** An answer for programs and people, and what it says of the world that counts: the draft's, where there is one. */
export type Answer<Said> = { value: unknown; text: string; said: Said }

/** Options that say what an explanation looks at. */
export function addWorlds(command: Command): void {
  const several = (value: string, before: string[]) => [...before, value]
  command.option('--draft <path>', 'files laid over the rest: what they change; may be repeated', several, [])
  addWorldOptions(command)
}

export async function worldsFrom(paths: readonly string[], options: AskedWorlds, terminal: Terminal): Promise<Worlds> {
  const now = await worldFrom(paths, options, terminal)
  if (options.draft.length === 0) return { now, drafted: undefined }
  return { now, drafted: await worldFrom([...paths, ...options.draft], options, terminal) }
}

async function worldFrom(paths: readonly string[], options: WorldOptions, terminal: Terminal): Promise<MeshWorld> {
  const gathered = await gather(paths, options)
  const [first] = gathered.unread
  if (first !== undefined)
    throw new Unusable(`${first.file}:${first.line}:${first.column}: cannot be read: ${first.message}`)
  for (const { kind, why } of gathered.unreadKinds) terminal.err(`${kind} could not be read: ${why}\n`)
  return worldOf({ ...gathered.world.parts, now: terminal.now })
}

/** One question to one world, or to both. */
export function answered<Said>(
  { now, drafted }: Worlds,
  ask: (world: MeshWorld) => Said,
  tell: (said: Said) => string,
): Answer<Said> {
  const before = ask(now)
  if (drafted === undefined) return { value: before, text: tell(before), said: before }
  const after = ask(drafted)
  return { value: { before, after }, text: [tell(before), '---', tell(after)].join('\n'), said: after }
}

export function printed({ value, text }: Omit<Answer<unknown>, 'said'>, output: 'text' | 'json'): string {
  return `${output === 'json' ? JSON.stringify(value, undefined, 2) : text}\n`
}
