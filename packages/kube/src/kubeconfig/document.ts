import { isRecord, type JsonRecord } from '@orbweaver/contracts/json'
import { parseBoundedYaml } from '../bounded-yaml.ts'
import { Refused, refuse } from './refusal.ts'

/** A kubeconfig of a hundred clusters has 400 kB. */
const mostBytes = 1024 * 1024

/** The document of a kubeconfig text, YAML or JSON. Throws Refused. */
export function readDocument(text: string): JsonRecord {
  const read = parseBoundedYaml(text, mostBytes)
  if (read.ok) return isRecord(read.value) ? read.value : refuse('not_a_kubeconfig', '')
  switch (read.problem) {
    case 'too_large':
      throw new Refused({ code: 'too_large', bytes: read.bytes, most: mostBytes })
    case 'malformed':
      throw new Refused({ code: 'malformed', line: read.line, column: read.column })
    case 'too_complex':
    case 'too_many_aliases':
      return refuse(read.problem, '')
  }
}
