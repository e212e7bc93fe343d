import type { RuleTemplate } from '@orbweaver/istio/rules/template'

export type CreateValues = { name: string; namespace: string; values: Record<string, string> }

/** What a template begins with. Where it goes is for the person to say. */
export function initialValues(template: RuleTemplate): CreateValues {
  const values = Object.fromEntries(template.fields.map((field) => [field.name, field.initial]))
  return { name: template.id, namespace: '', values }
}

/** Another template keeps what was filled in by hand, as far as it asks for the same. */
export function carriedOver(now: CreateValues, from: RuleTemplate, to: RuleTemplate): CreateValues {
  const before = initialValues(from)
  const fresh = initialValues(to)
  const values = { ...fresh.values }
  for (const name of Object.keys(values)) {
    const typed = now.values[name]
    if (typed !== undefined && typed !== before.values[name]) values[name] = typed
  }
  return { name: now.name === before.name ? fresh.name : now.name, namespace: now.namespace, values }
}
