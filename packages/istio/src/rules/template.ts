import type { JsonRecord } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { RuleKind } from '@orbweaver/contracts/objects'

/** What a template asks for. Its words are the reader's: `field.<name>` in text.en.ts. */
export type TemplateField = {
  name: string
  type: 'host' | 'text' | 'port' | 'percent' | 'seconds' | 'count' | 'labels' | 'choice' | 'url'
  /** What stands there at first; always a value that Istio accepts. */
  initial: string
  choices?: readonly string[]
}

type Filled = Readonly<Record<string, string>>

/** A rule to begin with. Everything it builds is accepted by Istio's validation, whatever valid values it is given. */
export type RuleTemplate = {
  id: string
  kind: RuleKind
  fields: readonly TemplateField[]
  build: (place: { name: string; namespace: string }, values: Filled) => KubernetesObject
}

type Draft = Pick<RuleTemplate, 'id' | 'kind' | 'fields'> & { spec: (values: Reader) => JsonRecord }

/** Reads one template's filled-in fields; what is missing or empty is the field's initial value. */
export type Reader = {
  text: (name: string) => string
  number: (name: string) => number
  labels: (name: string) => JsonRecord
}

const groups: Record<RuleKind, string> = {
  VirtualService: 'networking.istio.io/v1',
  DestinationRule: 'networking.istio.io/v1',
  Gateway: 'networking.istio.io/v1',
  ServiceEntry: 'networking.istio.io/v1',
  PeerAuthentication: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
}

export function template({ id, kind, fields, spec }: Draft): RuleTemplate {
  return {
    id,
    kind,
    fields,
    build: (place, values) => ({
      apiVersion: groups[kind],
      kind,
      metadata: { name: place.name, namespace: place.namespace },
      spec: spec(reader(fields, values)),
    }),
  }
}

export function field(name: string, type: TemplateField['type'], initial: string): TemplateField {
  return { name, type, initial }
}

export function choice(name: string, ...choices: readonly [string, ...string[]]): TemplateField {
  return { name, type: 'choice', initial: choices[0], choices }
}

function reader(fields: readonly TemplateField[], values: Filled): Reader {
  const text = (name: string) => {
    const given = values[name]?.trim() ?? ''
    return given === '' ? (fields.find((each) => each.name === name)?.initial ?? '') : given
  }
  return { text, number: (name) => Number(text(name)), labels: (name) => readLabels(text(name)) }
}

/** `app=reviews,version=v2` as a map; entries without a key are left out. */
function readLabels(text: string): JsonRecord {
  const out: JsonRecord = {}
  for (const each of text.split(',')) {
    const [key = '', value = ''] = each.split('=').map((part) => part.trim())
    if (key !== '') out[key] = value
  }
  return out
}
