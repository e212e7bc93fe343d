import { isRecord, type JsonRecord, recordAt, textAt } from '@orbweaver/contracts/json'
import { kubernetesYaml, kubernetesYamlText } from '@orbweaver/istio/kubernetes-yaml'
import { parse, stringify, YAMLParseError } from 'yaml'
import { type Draft, firstFault } from './draft.ts'

const apiVersion = 'orbweaver.dev/v1alpha1'

/** The Mesh object as kubectl would apply it. */
export function draftYaml({ name, spec }: Draft): string {
  return stringify({ apiVersion, kind: 'Mesh', metadata: { name }, spec }, kubernetesYamlText)
}

export type YamlFault =
  | { code: 'yaml'; message: string }
  | { code: 'notMesh' }
  | { code: 'renamed' }
  | { code: 'field'; field: string }

/** The way back. `name` is given where it may not change. */
export function readYaml(text: string, name?: string): { draft: Draft } | { fault: YamlFault } {
  const read = parsed(text)
  if ('fault' in read) return read
  const { object } = read
  if (textAt(object, 'kind') !== 'Mesh' || textAt(object, 'apiVersion') !== apiVersion || !isRecord(object.spec)) {
    return { fault: { code: 'notMesh' } }
  }
  const named = textAt(object, 'metadata', 'name') ?? ''
  if (name !== undefined && named !== name) return { fault: { code: 'renamed' } }
  const draft = { name: named, spec: recordAt(object, 'spec') }
  const field = firstFault(draft)
  return field === undefined ? { draft } : { fault: { code: 'field', field } }
}

function parsed(text: string): { object: JsonRecord } | { fault: YamlFault } {
  try {
    const object: unknown = parse(text, { ...kubernetesYaml, maxAliasCount: 10 })
    return isRecord(object) ? { object } : { fault: { code: 'notMesh' } }
  } catch (error) {
    if (!(error instanceof YAMLParseError) && !(error instanceof ReferenceError)) throw error
    return { fault: { code: 'yaml', message: error.message.split('\n')[0] ?? '' } }
  }
}
