import { touchedPaths, stepsOf } from '@orbweaver/istio/diff/touched'
import type { RuleTemplate, TemplateField } from '@orbweaver/istio/rules/template'

const place = { name: 'name', namespace: 'namespace' }

/** Istio's own name of what a field of a template fills in: found by filling it in and looking where it arrives. */
export function fieldPath(template: RuleTemplate, field: TemplateField): string {
  const other = otherValue(field)
  const [first] = touchedPaths(template.build(place, {}), template.build(place, { [field.name]: other }))
  const steps = stepsOf(first?.pointer ?? '').filter((step) => step !== field.initial && step !== other)
  const [, ...path] = field.type === 'labels' ? steps.slice(0, -1) : steps
  return path.reduce((text, step) => (/^\d+$/.test(step) ? `${text}[]` : text === '' ? step : `${text}.${step}`), '')
}

/** Another value the field would take. */
function otherValue({ type, initial, choices }: TemplateField): string {
  const number = initial === '1' ? '2' : '1'
  const others: Record<TemplateField['type'], string> = {
    choice: choices?.find((each) => each !== initial) ?? initial,
    labels: `${initial.split('=', 1)[0] ?? 'app'}=other`,
    url: 'https://other.example.com',
    host: 'other',
    text: 'other',
    port: number,
    percent: number,
    seconds: number,
    count: number,
  }
  return others[type]
}
