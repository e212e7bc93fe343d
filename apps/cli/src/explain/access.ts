import { type AccessExplanation, AccessVerdict } from '@orbweaver/contracts/explain-access'
import { accessDifference } from '@orbweaver/istio/simulate/access/difference'
import { access } from '@orbweaver/istio/simulate/access/explain'
import { accessMatrix, calleesOf, callersOf } from '@orbweaver/istio/simulate/access/matrix'
import { type Command, Option } from 'commander'
import type { Language } from '../sentences.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { accessTold, cellsTold, changesTold } from './access-text.ts'
import { callOf, type Typed } from './asked-call.ts'
import { addOutputOptions } from './output-options.ts'
import { refIn } from './target.ts'
import { addWorlds, answered, type AskedWorlds, printed, type Worlds, worldsFrom } from './worlds.ts'

type Options = AskedWorlds &
  Omit<Typed, 'to'> & {
    to?: string
    callers?: string
    callees?: string
    expect?: AccessVerdict
    output: 'text' | 'json'
    lang: Language
  }

/** `explain access`: one call, the callers or callees of a workload, or what a draft changes of either. */
export function addAccess(explain: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  const several = (value: string, before: string[]) => [...before, value]
  const command = explain
    .command('access')
    .description('Tells whether one workload may call another, by which policy and rule, and why')
    .argument('[paths...]', 'files and folders of YAML or JSON, - for standard input')
    .option('--from <workload>', 'who calls: [KIND/]NAMESPACE/NAME')
    .option('--principal <principal>', 'who calls, by identity: cluster.local/ns/shop/sa/web')
    .option('--from-namespace <name>', 'who calls: somebody of a namespace')
    .option('--ip <address>', 'where the connection comes from')
    .option('--to <workload:port>', 'who is called, at a port of its containers; a Service or Gateway, at its own')
    .option('--through <gateway:port>', 'a gateway that it arrives at first, at a port of its servers')
    .addOption(new Option('--protocol <protocol>', 'what is spoken').choices(['http', 'tcp']).default('http'))
    .option('--method <method>', 'GET, where nothing is said')
    .option('--path <path>', '/, where nothing is said')
    .option('--host <host>', 'the Service called, where nothing is said')
    .option('--header <name: value>', 'may be repeated', several, [])
    .option('--claims <json>', 'what the token says, as {"iss": …}; without it there is no token')
    .option('--sni <name>', 'server name of the TLS of the client')
    .option('--remote-ip <address>', 'the client as proxies before a gateway tell it')
    .addOption(
      new Option('--mtls <mode>', 'whether it is mutual TLS').choices(['auto', 'true', 'false']).default('auto'),
    )
    .option('--any', 'what is not said of the request may be anything', false)
    .option('--callers <workload>', 'who may call a workload')
    .option('--callees <workload>', 'what a workload may call')
    .addOption(new Option('--expect <verdict>', 'exit 1 where it is another').choices([...AccessVerdict.options]))
  addOutputOptions(command)
  addWorlds(command)
  command.action(async (paths: string[], options: Options) => {
    const worlds = await worldsFrom(paths, options, terminal)
    const answer = options.to === undefined ? matrixAnswer(worlds, options) : callAnswer(worlds, options)
    terminal.out(printed(answer, options.output))
    if (options.expect !== undefined && options.expect !== answer.verdict) end(1)
  })
}

type Told = { value: unknown; text: string; verdict?: AccessVerdict }

function callAnswer(worlds: Worlds, options: Options): Told {
  const { value, text, said } = answered(
    worlds,
    (world): AccessExplanation => access(world, callOf(world, { ...options, to: options.to ?? '' })),
    (answer) => accessTold(answer, options.lang),
  )
  return { value, text, verdict: said.verdict }
}

function matrixAnswer({ now, drafted }: Worlds, { callers, callees, lang }: Options): Told {
  const named = callers ?? callees
  if (drafted !== undefined) {
    const value = accessDifference(now, drafted, named === undefined ? [] : [refIn(drafted, named)])
    return { value, text: changesTold(value, lang) }
  }
  if (callers !== undefined) return cellsAnswer(callersOf(now, { ref: refIn(now, callers) }), lang)
  if (callees !== undefined) return cellsAnswer(calleesOf(now, refIn(now, callees)), lang)
  return cellsAnswer(accessMatrix(now), lang)
}

function cellsAnswer(value: ReturnType<typeof accessMatrix>, lang: Language): Told {
  return { value, text: cellsTold(value, lang) }
}
