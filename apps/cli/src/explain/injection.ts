import { injection } from '@orbweaver/istio/simulate/injection/explain'
import { worldOf } from '@orbweaver/istio/simulate/world'
import type { Command } from 'commander'
import { gather, type WorldOptions } from '../given.ts'
import type { Language } from '../sentences.ts'
import type { Terminal } from '../terminal.ts'
import { addWorldOptions } from '../world-options.ts'
import { injectionTold } from './access-text.ts'
import { addOutputOptions } from './output-options.ts'
import { refIn } from './target.ts'

type Options = WorldOptions & { of: string; output: 'text' | 'json'; lang: Language }

/** `explain injection`: whether Pods of a namespace or workload get a sidecar, and which webhook, label or rule decides. */
export function addInjection(explain: Command, terminal: Terminal): void {
  const command = explain
    .command('injection')
    .description('Tells whether Pods get a sidecar: which webhook, label or rule decides, and what to change')
    .argument('[paths...]', 'files and folders of YAML or JSON, - for standard input')
    .requiredOption('--of <target>', 'namespace/NAME, or a workload or Pod: [KIND/]NAMESPACE/NAME')
  addOutputOptions(command)
  addWorldOptions(command)
  command.action(async (paths: string[], options: Options) => {
    const gathered = await gather(paths, options)
    for (const { kind, why } of gathered.unreadKinds) terminal.err(`${kind} could not be read: ${why}\n`)
    const world = worldOf({ ...gathered.world.parts, now: terminal.now })
    const answer = injection(world, refIn(world, options.of))
    terminal.out(
      `${options.output === 'json' ? JSON.stringify(answer, undefined, 2) : injectionTold(answer, options.lang)}\n`,
    )
  })
}
