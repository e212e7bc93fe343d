import type { Severity } from '@orbweaver/contracts/plan'
import type { Placed } from '../lint.ts'
import type { Language } from '../sentences.ts'
import { messageOf } from './json.ts'
import { subjectOf } from './text.ts'

const levels: Record<Severity, string> = { rejected: 'error', error: 'error', warning: 'warning', info: 'note' }

/** SARIF 2.1.0 (OASIS), as code scanning services read it. */
export function asSarif(found: readonly Placed[], language: Language): string {
  const codes = [...new Set(found.map(({ finding }) => finding.code))].toSorted()
  const rules = codes.map((id) => ({ id }))
  const results = found.map(({ finding, position }) => ({
    ruleId: finding.code,
    ruleIndex: codes.indexOf(finding.code),
    level: levels[finding.severity],
    message: { text: messageOf(finding, language) },
    locations: [
      {
        ...(position !== undefined && {
          physicalLocation: {
            artifactLocation: { uri: position.file },
            region: { startLine: position.line, startColumn: position.column },
          },
        }),
        logicalLocations: [{ fullyQualifiedName: `${subjectOf(finding.ref)}${finding.pointer}`, kind: 'resource' }],
      },
    ],
    properties: { severity: finding.severity, aliases: finding.aliases },
  }))
  const driver = { name: 'orbweaver', rules }
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  }
  return JSON.stringify(log, undefined, 2)
}
