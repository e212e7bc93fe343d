import { Severity } from '@orbweaver/contracts/plan'
import { discover } from '@orbweaver/istio/meshes/discover'
import { spanOf } from '@orbweaver/istio/meshes/upgrade'
import type { Step } from '@orbweaver/istio/findings/upgrade/step'
import { readVersion } from '@orbweaver/istio/versions'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Gathered, gather, type WorldOptions } from './given.ts'
import { isAtLeast, lint, type Placed } from './lint.ts'
import { asGithub } from './output/github.ts'
import { asJson } from './output/json.ts'
import { asSarif } from './output/sarif.ts'
import { asText, subjectOf } from './output/text.ts'
import type { Position } from './read/documents.ts'
import type { SeveralForms } from './several-forms.ts'
import type { ExitCode, Terminal } from './terminal.ts'
import { type Language, languages } from './sentences.ts'
import type { Assembled } from './world.ts'
import { addWorldOptions } from './world-options.ts'

const formats: Record<string, (found: readonly Placed[], language: Language) => string> = {
  text: asText,
  json: asJson,
  sarif: asSarif,
  github: asGithub,
}

type Options = WorldOptions & {
  only: string[]
  skip: string[]
  failOn: Severity
  output: string
  lang: Language
  targetVersion?: string
  fromVersion?: string
}

export function addLint(program: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  const several = (value: string, before: string[]) => [...before, ...value.split(',')]
  const command = program
    .command('lint')
    .description('Finds what is wrong with Istio configuration: in files, folders, standard input (-), a live cluster')
    .argument('[paths...]', 'files and folders of YAML or JSON, - for standard input')
    .option('--only <codes>', 'only these codes (slugs, IST…, KIA…); may be repeated', several, [])
    .option('--skip <codes>', 'all but these codes; may be repeated', several, [])
    .addOption(
      new Option('--fail-on <level>', 'exit 1 from this level on').choices([...Severity.options]).default('error'),
    )
    .addOption(new Option('-o, --output <format>', 'how to tell').choices(Object.keys(formats)).default('text'))
    .addOption(new Option('--lang <language>', 'language of the sentences').choices([...languages]).default('en'))
    .option('--target-version <version>', 'also what becomes different with this Istio, as 1.31', istioVersion)
    .option('--from-version <version>', 'what runs now; else what the cluster says, or the minor before', istioVersion)
  addWorldOptions(command)
  command.action(async (paths: string[], options: Options) => {
    const gathered = await gather(paths, options)
    for (const each of remarksOn(gathered)) terminal.err(`${each}\n`)
    const found = lint(gathered.world, { ...options, step: stepOf(options, gathered.world) }, terminal.now())
    const told = formats[options.output]?.(found, options.lang) ?? ''
    // "Nothing found" would be read as "all is well" where not all could be looked at.
    const misleading = options.output === 'text' && found.length === 0 && gathered.unread.length > 0
    if (told !== '' && !misleading) terminal.out(`${told}\n`)
    if (gathered.unread.length > 0) return end(2)
    end(found.some(({ finding }) => isAtLeast(finding, options.failOn)) ? 1 : 0)
  })
}

/** What was not, or not wholly, looked at. */
function remarksOn({ unread, leftOut, unreadKinds, world: { several } }: Gathered): string[] {
  return [
    ...unread.map((each) => `${placed(each)}: cannot be read: ${each.message}`),
    ...leftOut.map((each) => `${placed(each)}: left out, as it is no object: ${each.message}`),
    ...(several.length > 0 ? [toldOfSeveral(several)] : []),
    ...unreadKinds.map(({ kind, why }) => `${kind} could not be read, so nothing is said of it: ${why}`),
  ]
}

/** Throws where it is no version. */
function istioVersion(text: string): string {
  if (readVersion(text) === undefined) throw new InvalidArgumentError('A version of Istio looks like 1.31 or v1.31.0.')
  return text
}

/** From the oldest control plane that runs, where nothing is said. */
function stepOf({ targetVersion, fromVersion }: Options, { parts }: Assembled): Step | undefined {
  if (targetVersion === undefined) return undefined
  const running = discover(parts.config).flatMap(({ version }) => version ?? [])
  return { from: fromVersion ?? spanOf(running)?.oldest, to: targetVersion }
}

const mostNamed = 5

/** In one line: a folder of samples or overlays has many. */
function toldOfSeveral(several: readonly SeveralForms[]): string {
  const named = several.slice(0, mostNamed).map(({ ref, counts }) => `${subjectOf(ref)} (${placed(counts)})`)
  const more = several.length > mostNamed ? ` and ${several.length - mostNamed} more` : ''
  return `written differently in several places, so that only the last counts: ${named.join(', ')}${more}`
}

function placed({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`
}
