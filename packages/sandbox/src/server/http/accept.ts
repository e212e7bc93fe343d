import { notAcceptable } from '../status.ts'

/** The form an answer is wanted in. */
export type Form = { as: 'object' | 'partial' | 'table'; yaml: boolean }

const plain: Form = { as: 'object', yaml: false }

/** Chooses the first form of the Accept header that this server has. Protobuf is not one: clients fall back to JSON. */
export function acceptedForm(accept: string | undefined): Form {
  if (accept === undefined || accept.trim() === '') return plain
  for (const each of accept.split(',')) {
    const form = formOf(each)
    if (form !== undefined) return form
  }
  throw notAcceptable()
}

function formOf(clause: string): Form | undefined {
  const [type, ...pairs] = clause.split(';').map((each) => each.trim())
  const yaml = type === 'application/yaml'
  if (!yaml && type !== 'application/json' && type !== '*/*' && type !== 'application/*') return undefined
  const parameters = new Map(pairs.map((each) => pair(each)))
  const as = parameters.get('as')
  if (as === undefined) return { as: 'object', yaml }
  if (parameters.get('g') !== 'meta.k8s.io' || parameters.get('v') !== 'v1') return undefined
  if (as === 'Table') return { as: 'table', yaml }
  if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return { as: 'partial', yaml }
  return undefined
}

function pair(text: string): [string, string] {
  const equals = text.indexOf('=')
  return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)]
}
