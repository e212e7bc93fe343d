import { type Command, Option } from 'commander'
import { languages } from '../sentences.ts'

/** How an answer is told, the same for every explanation. */
export function addOutputOptions(command: Command): void {
  command
    .addOption(new Option('-o, --output <format>', 'how to tell').choices(['text', 'json']).default('text'))
    .addOption(new Option('--lang <language>', 'language of the sentences').choices([...languages]).default('en'))
}
