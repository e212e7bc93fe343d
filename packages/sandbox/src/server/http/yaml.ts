import { kubernetesYamlText } from '@orbweaver/istio/kubernetes-yaml'
import { stringify } from 'yaml'
import { parseJson } from '../clone.ts'
import type { Reply } from './call.ts'

/** The same answer as YAML, for clients that ask for it; words that a reader may take for booleans are in quotes. */
export function yamlText(status: number, json: string): Reply {
  return {
    status,
    body: stringify(parseJson(json), kubernetesYamlText),
    headers: { 'Content-Type': 'application/yaml' },
  }
}
