import { type Labels, remembering } from './labels.ts'
import { execution } from './query-error.ts'

/** `label_replace(of, destination, replacement, source, expression)`: expressions fit whole values. */
export function replacement([destination = '', template = '', source = '', expression = '']: readonly string[]): (
  labels: Labels,
) => Labels {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(destination)) {
    throw execution(`invalid destination label name in label_replace(): ${destination}`)
  }
  const pattern = compiled(expression)
  return remembering((labels) => {
    const found = pattern.exec(labels[source] ?? '')
    if (found === null) return labels
    const { [destination]: _replaced, ...rest } = labels
    const value = expanded(template, found)
    return value === '' ? rest : { ...rest, [destination]: value }
  })
}

function compiled(expression: string): RegExp {
  try {
    return new RegExp(`^(?:${expression})$`, 'u')
  } catch {
    throw execution(`invalid regular expression in label_replace(): ${expression}`)
  }
}

/** `$1`, `${1}`, `${name}`; a group that is not there is empty. */
function expanded(template: string, found: RegExpExecArray): string {
  return template.replaceAll(/\$(?:(\w+)|\{(\w+)\})/g, (_, plain: string | undefined, braced: string | undefined) => {
    const name = plain ?? braced ?? ''
    return (/^\d+$/.test(name) ? found[Number(name)] : found.groups?.[name]) ?? ''
  })
}
