import { type CompiledValues } from './values/compile.ts'

/** A TypeScript module with the fields of ProxyConfig and of all that it holds, as the newest known Istio has them. */
export function proxyConfigModule(byMinor: ReadonlyMap<string, CompiledValues>): string {
  const [minor = '', values] = [...byMinor].at(-1) ?? []
  const lines =
    values === undefined ? [] : messagesBelow(values, 'mesh.ProxyConfig').map((name) => messageLine(values, name))
  return [
    `// Made by \`pnpm --filter @orbweaver/schemas generate\` from the protobufs of istio.io/api, as of Istio ${minor}.`,
    '',
    '/** By message: fields with their types; `|` between the members of an enumeration, `[]` and `{}` after lists and maps. */',
    'export const proxyConfigFields: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([',
    ...lines,
    '])',
    '',
  ].join('\n')
}

function messageLine(values: CompiledValues, name: string): string {
  const fields = Object.entries(values.types[name] ?? {}).map(([field, [type]]) => {
    const members = Object.keys(values.enums[type] ?? {})
    return `      ['${field}', '${members.length > 0 ? members.join('|') : type}'],`
  })
  return [`  [`, `    '${name}',`, `    new Map([`, ...fields, `    ]),`, `  ],`].join('\n')
}

/** A message and all that its fields lead to. */
function messagesBelow(values: CompiledValues, first: string): string[] {
  const found = new Set([first])
  for (const name of found) {
    for (const [type] of Object.values(values.types[name] ?? {})) {
      const plain = type.replaceAll(/\[\]|\{\}/g, '')
      if (values.types[plain] !== undefined) found.add(plain)
    }
  }
  return [...found]
}
