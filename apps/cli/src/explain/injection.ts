import { injection } from '@orbweaver/istio/simulate/injection/explain'
import type { Command } from 'commander'
import type { Language } from '../sentences.ts'
import type { Terminal } from '../terminal.ts'
import { injectionTold } from './access-text.ts'
import { addOutputOptions } from './output-options.ts'
import { refIn } from './target.ts'
import { addWorlds, answered, type AskedWorlds, printed, worldsFrom } from './worlds.ts'

type Options = AskedWorlds & { of: string; output: 'text' | 'json'; lang: Language }

/** `explain injection`: whether Pods of a namespace or workload get a sidecar, and which webhook, label or rule decides. */
export function addInjection(explain: Command, terminal: Terminal): void {
  const command = explain
    .command('injection')
    .description('Tells whether Pods get a sidecar: which webhook, label or rule decides, and what to change')
    .argument('[paths...]', 'files and folders of YAML or JSON, - for standard input')
    .requiredOption('--of <target>', 'namespace/NAME, or a workload or Pod: [KIND/]NAMESPACE/NAME')
  addOutputOptions(command)
  addWorlds(command)
  command.action(async (paths: string[], options: Options) => {
    const answer = answered(
      await worldsFrom(paths, options, terminal),
      (world) => injection(world, refIn(world, options.of)),
      (said) => injectionTold(said, options.lang),
    )
    terminal.out(printed(answer, options.output))
  })
}
