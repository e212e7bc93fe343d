import { isJson } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { authored } from '@orbweaver/istio/diff/touched'
import { kubernetesYaml, kubernetesYamlText } from '@orbweaver/istio/kubernetes-yaml'
import { parseDocument, stringify } from 'yaml'

/**
 * An object as the editor shows it: without what servers write. Words that YAML 1.1 reads as booleans (`yes`, `on`) are
 * quoted, so that the text means the same to kubectl.
 */
export function yamlOf(object: KubernetesObject): string {
  const { apiVersion, kind, metadata, ...rest } = authored(object)
  const { name, namespace, ...more } = metadata
  const ordered = { apiVersion, kind, metadata: { name, namespace, ...more }, ...rest }
  return stringify(ordered, { aliasDuplicateObjects: false, lineWidth: 0, ...kubernetesYamlText })
}

export type Reading =
  | { ok: true; object: KubernetesObject }
  /** `syntax`: not one YAML document; `shape`: no object with apiVersion, kind and a name. */
  | { ok: false; fault: 'syntax' | 'shape' }

/** As kubectl reads it, but for keys, which are always text. */
export function readYaml(text: string): Reading {
  const document = parseDocument(text, { ...kubernetesYaml, prettyErrors: false, stringKeys: true })
  if (document.errors.length > 0) return { ok: false, fault: 'syntax' }
  const value = valueOf(document)
  if (value === tooManyAliases) return { ok: false, fault: 'syntax' }
  if (!isKubernetesObject(value) || !isJson(value)) return { ok: false, fault: 'shape' }
  return { ok: true, object: value }
}

const tooManyAliases = Symbol('aliases unfold to more than anybody writes by hand')

function valueOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    return tooManyAliases
  }
}
