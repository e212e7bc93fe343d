import type { RouteRequest } from '@orbweaver/contracts/explain'
import { explainRoute } from '@orbweaver/istio/simulate/route/explain'
import { worldOf } from '@orbweaver/istio/simulate/world'
import type { MeshWorld } from '@orbweaver/istio/findings/world'
import type { Command } from 'commander'
import { gather, type WorldOptions } from '../given.ts'
import type { Language } from '../sentences.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { Unusable } from '../unusable.ts'
import { addWorldOptions } from '../world-options.ts'
import { requestOf, type TypedRequest } from './asked-request.ts'
import { addOutputOptions } from './output-options.ts'
import { routeTold } from './route-text.ts'

type Options = WorldOptions & TypedRequest & { output: 'text' | 'json'; lang: Language }

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
  addWorldOptions(command)
  command.action(async (paths: string[], options: Options) => {
    const gathered = await gather(paths, options)
    const [broken] = gathered.unread
    if (broken !== undefined) {
      throw new Unusable(`${broken.file}:${broken.line}:${broken.column}: cannot be read: ${broken.message}`)
    }
    for (const { kind, why } of gathered.unreadKinds) terminal.err(`${kind} could not be read: ${why}\n`)
    const world: MeshWorld = worldOf({ ...gathered.world.parts, now: terminal.now })
    const request: RouteRequest = requestOf(world, options)
    const answer = explainRoute(world, request)
    const told = options.output === 'json' ? JSON.stringify(answer, undefined, 2) : routeTold(answer, options.lang)
    terminal.out(`${told}\n`)
    if (answer.outcome.kind === 'unknown') end(1)
  })
}
