import { explainRoute } from '@orbweaver/istio/simulate/route/explain'
import type { Command } from 'commander'
import type { Language } from '../sentences.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { requestOf, type TypedRequest } from './asked-request.ts'
import { addOutputOptions } from './output-options.ts'
import { routeTold } from './route-text.ts'
import { addWorlds, answered, type AskedWorlds, printed, worldsFrom } from './worlds.ts'

type Options = AskedWorlds & TypedRequest & { output: 'text' | 'json'; lang: Language }

/** `explain route`: what becomes of a request, by which rule, and why. */
export function addRoute(explain: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  const several = (value: string, before: string[]) => [...before, value]
  const command = explain
    .command('route')
    .description('Tells where a request goes, by which rule, with which policies, and why')
    .argument('[paths...]', 'files and folders of YAML or JSON, - for standard input')
    .requiredOption(
      '--url <url>',
      'what is asked for: http://reviews:9080/api, https://…, tls://host:443, tcp://host:5432',
    )
    .option('--from <workload>', 'who asks: [CLUSTER:][KIND/]NAMESPACE/NAME')
    .option('--gateway <gateway>', 'asked from outside, at a Gateway or at a workload that serves as one')
    .option('--method <method>', 'GET, where nothing is said')
    .option('--header <name: value>', 'may be repeated', several, [])
    .option('--sni <name>', 'server name of TLS, where it is not the host')
  addOutputOptions(command)
  addWorlds(command)
  command.action(async (paths: string[], options: Options) => {
    const answer = answered(
      await worldsFrom(paths, options, terminal),
      (world) => explainRoute(world, requestOf(world, options)),
      (said) => routeTold(said, options.lang),
    )
    terminal.out(printed(answer, options.output))
    if (answer.said.outcome.kind === 'unknown') end(1)
  })
}
