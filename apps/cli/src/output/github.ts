import type { Severity } from '@orbweaver/contracts/plan'
import type { Placed } from '../lint.ts'
import { type Language, titleOf } from '../sentences.ts'
import { messageOf } from './json.ts'
import { subjectOf } from './text.ts'

const commands: Record<Severity, string> = { rejected: 'error', error: 'error', warning: 'warning', info: 'notice' }

/** Workflow commands of GitHub Actions: annotations at the lines of a pull request. */
export function asGithub(found: readonly Placed[], language: Language): string {
  return found
    .map(({ finding, position }) => {
      const place =
        position === undefined
          ? []
          : [`file=${property(position.file)}`, `line=${position.line}`, `col=${position.column}`]
      const properties = [...place, `title=${property(titleOf(finding, language))}`].join(',')
      const text = `${subjectOf(finding.ref)}: ${messageOf(finding, language)} [${finding.code}]`
      return `::${commands[finding.severity]} ${properties}::${data(text)}`
    })
    .join('\n')
}

/** As the runner unescapes it (actions/toolkit packages/core/src/command.ts). */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
