import { stringify } from 'yaml'
import { parseJson } from '../clone.ts'
import type { Reply } from './call.ts'

/** The same answer as YAML, for clients that ask for it. */
export function yamlText(status: number, json: string): Reply {
  return { status, body: stringify(parseJson(json)), headers: { 'Content-Type': 'application/yaml' } }
}
