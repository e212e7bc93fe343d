import { type AccessExplanation, AccessVerdict } from '@orbweaver/contracts/explain-access'
import { accessDifference } from '@orbweaver/istio/simulate/access/difference'
import { access } from '@orbweaver/istio/simulate/access/explain'
import { accessMatrix, calleesOf, callersOf } from '@orbweaver/istio/simulate/access/matrix'
import { worldOf } from '@orbweaver/istio/simulate/world'
import type { MeshWorld } from '@orbweaver/istio/findings/world'
import { type Command, Option } from 'commander'
import { gather, type WorldOptions } from '../given.ts'
import type { Language } from '../sentences.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { Unusable } from '../unusable.ts'
import { addWorldOptions } from '../world-options.ts'
import { accessTold, cellsTold, changesTold } from './access-text.ts'
import { callOf, type Typed } from './asked-call.ts'
import { addOutputOptions } from './output-options.ts'
import { refIn } from './target.ts'

type Options = WorldOptions &
  Omit<Typed, 'to'> & {
    to?: string
    callers?: string
    callees?: string
    draft: string[]
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
    .option('--draft <path>', 'files laid over the rest: what they change; may be repeated', several, [])
    .addOption(new Option('--expect <verdict>', 'exit 1 where it is another').choices([...AccessVerdict.options]))
  addOutputOptions(command)
  addWorldOptions(command)
  command.action(async (paths: string[], options: Options) => {
    const now = await worldFrom(paths, options, terminal)
    const then =
      options.draft.length === 0 ? undefined : await worldFrom([...paths, ...options.draft], options, terminal)
    const { value, text, verdict } =
      options.to === undefined ? matrixAnswer(now, then, options) : callAnswer(now, then, options)
    terminal.out(`${options.output === 'json' ? JSON.stringify(value, undefined, 2) : text}\n`)
    if (options.expect !== undefined && options.expect !== verdict) end(1)
  })
}

async function worldFrom(paths: readonly string[], options: WorldOptions, terminal: Terminal): Promise<MeshWorld> {
  const gathered = await gather(paths, options)
  const [first] = gathered.unread
  if (first !== undefined)
    throw new Unusable(`${first.file}:${first.line}:${first.column}: cannot be read: ${first.message}`)
  for (const { kind, why } of gathered.unreadKinds) terminal.err(`${kind} could not be read: ${why}\n`)
  return worldOf({ ...gathered.world.parts, now: terminal.now })
}

type Answer = { value: unknown; text: string; verdict?: AccessVerdict }

function callAnswer(now: MeshWorld, then: MeshWorld | undefined, options: Options): Answer {
  const ask = (world: MeshWorld): AccessExplanation =>
    access(world, callOf(world, { ...options, to: options.to ?? '' }))
  const before = ask(now)
  if (then === undefined) return { value: before, text: accessTold(before, options.lang), verdict: before.verdict }
  const after = ask(then)
  const text = [accessTold(before, options.lang), '---', accessTold(after, options.lang)].join('\n')
  return { value: { before, after }, text, verdict: after.verdict }
}

function matrixAnswer(now: MeshWorld, then: MeshWorld | undefined, { callers, callees, lang }: Options): Answer {
  const named = callers ?? callees
  if (then !== undefined) {
    const value = accessDifference(now, then, named === undefined ? [] : [refIn(then, named)])
    return { value, text: changesTold(value, lang) }
  }
  if (callers !== undefined) return cellsAnswer(callersOf(now, { ref: refIn(now, callers) }), lang)
  if (callees !== undefined) return cellsAnswer(calleesOf(now, refIn(now, callees)), lang)
  return cellsAnswer(accessMatrix(now), lang)
}

function cellsAnswer(value: ReturnType<typeof accessMatrix>, lang: Language): Answer {
  return { value, text: cellsTold(value, lang) }
}
