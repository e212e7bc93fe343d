/** The name rules of apimachinery pkg/util/validation v0.36, with their texts. Each returns the complaints. */
const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const subdomain = `${label}(\\.${label})*`
const labelText = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${label}')`
const subdomainText = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${subdomain}')`
const dns1035 = '[a-z]([-a-z0-9]*[a-z0-9])?'
const dns1035Text = `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${dns1035}')`
const qualifiedName = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const qualifiedText = `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualifiedName}')`
const labelValue = '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?'
const labelValueText = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${labelValue}')`

type Rule = { limit: number; pattern: RegExp; text: string }

const rules = {
  label: { limit: 63, pattern: new RegExp(`^${label}$`), text: labelText },
  subdomain: { limit: 253, pattern: new RegExp(`^${subdomain}$`), text: subdomainText },
  dns1035: { limit: 63, pattern: new RegExp(`^${dns1035}$`), text: dns1035Text },
} satisfies Record<string, Rule>

export type NameRule = keyof typeof rules | 'pathSegment'

export function nameComplaints(rule: NameRule, name: string): string[] {
  if (rule === 'pathSegment') return pathSegmentComplaints(name)
  const { limit, pattern, text } = rules[rule]
  const complaints: string[] = []
  if (name.length > limit) complaints.push(`must be no more than ${limit} characters`)
  if (pattern.test(name)) return complaints
  const onlyDots = rule === 'label' && rules.subdomain.pattern.test(name)
  complaints.push(onlyDots ? 'must not contain dots' : text)
  return complaints
}

/** Roles and bindings may have nearly any name. Source: apimachinery pkg/api/validation/path/name.go. */
function pathSegmentComplaints(name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`]
  return ['/', '%'].filter((each) => name.includes(each)).map((each) => `may not contain '${each}'`)
}

export function qualifiedNameComplaints(key: string): string[] {
  const parts = key.split('/')
  const name = parts.at(-1) ?? ''
  const complaints: string[] = []
  if (parts.length > 2) {
    return [
      `a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualifiedName}') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ]
  }
  if (parts.length === 2) {
    const prefix = parts[0] ?? ''
    if (prefix === '') complaints.push('prefix part must be non-empty')
    else complaints.push(...nameComplaints('subdomain', prefix).map((each) => `prefix part ${each}`))
  }
  if (name === '') complaints.push('name part must be non-empty')
  else if (name.length > 63) complaints.push('name part must be no more than 63 characters')
  if (!new RegExp(`^${qualifiedName}$`).test(name)) complaints.push(qualifiedText)
  return complaints
}

export function labelValueComplaints(value: string): string[] {
  const complaints: string[] = []
  if (value.length > 63) complaints.push('must be no more than 63 bytes')
  if (!new RegExp(`^${labelValue}$`).test(value)) complaints.push(labelValueText)
  return complaints
}
