import { Severity } from '@orbweaver/contracts/plan'
import { type Command, Option } from 'commander'
import { gather, type WorldOptions } from './given.ts'
import { isAtLeast, lint, type Placed } from './lint.ts'
import { asGithub } from './output/github.ts'
import { asJson } from './output/json.ts'
import { asSarif } from './output/sarif.ts'
import { asText, subjectOf } from './output/text.ts'
import type { Position } from './read/documents.ts'
import type { SeveralForms } from './several-forms.ts'
import type { ExitCode, Terminal } from './terminal.ts'
import { type Language, languages } from './sentences.ts'
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
  addWorldOptions(command)
  command.action(async (paths: string[], options: Options) => {
    const gathered = await gather(paths, options)
    for (const each of gathered.unread) terminal.err(`${placed(each)}: cannot be read: ${each.message}\n`)
    for (const each of gathered.leftOut)
      terminal.err(`${placed(each)}: left out, as it is no object: ${each.message}\n`)
    const { several } = gathered.world
    if (several.length > 0) terminal.err(`${toldOfSeveral(several)}\n`)
    for (const { kind, why } of gathered.unreadKinds)
      terminal.err(`${kind} could not be read, so nothing is said of it: ${why}\n`)
    const found = lint(gathered.world, options, terminal.now())
    const told = formats[options.output]?.(found, options.lang) ?? ''
    if (told !== '') terminal.out(`${told}\n`)
    if (gathered.unread.length > 0) return end(2)
    end(found.some(({ finding }) => isAtLeast(finding, options.failOn)) ? 1 : 0)
  })
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
