import { isRecord, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** Definitions of Istio's kinds as one minor ships them. */
export type MinorDefinitions = { minor: string; definitions: readonly KubernetesObject[] }

/** A TypeScript module with the fields and values that a minor has brought to kinds of the minor before, oldest minor first. */
export function laterFieldsModule(minors: readonly MinorDefinitions[]): string {
  const known = new Map<string, Map<string, string>>()
  for (const { minor, definitions } of minors) {
    for (const definition of definitions) {
      const kind = `${textAt(definition, 'spec', 'group') ?? ''}/${textAt(definition, 'spec', 'names', 'kind') ?? ''}`
      const before = known.get(kind) ?? new Map<string, string>()
      for (const place of placesIn(definition)) before.set(place, before.get(place) ?? minor)
      known.set(kind, before)
    }
  }
  const [oldest] = minors
  const rows = [...known].toSorted(byName).flatMap(([kind, places]) => {
    const isNewKind = ![...places.values()].includes(oldest?.minor ?? '')
    const later = isNewKind ? [] : [...places].filter(([, minor]) => minor !== oldest?.minor)
    const top = later.filter(([place]) => !later.some(([other]) => place.startsWith(`${other}/`)))
    return top.length === 0 ? [] : [rowOf(kind, top.toSorted(byName))]
  })
  return [
    '// Made by `pnpm --filter @orbweaver/schemas generate` from the definitions of istio.io/istio of each minor.',
    '',
    '/** A field, or one value of it, and the minor that it came with; `*` in a path is each of a list or map. */',
    'export type LaterField = { readonly path: readonly string[]; readonly only?: string; readonly since: string }',
    '',
    'export const laterFields: ReadonlyMap<string, readonly LaterField[]> = new Map([',
    ...rows,
    '])',
    '',
  ].join('\n')
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

function rowOf(kind: string, places: readonly [place: string, minor: string][]): string {
  const lines = places.map(([place, since]) => {
    const [path = '', only] = place.split('=')
    const steps = path.split('/').map((each) => `'${each}'`)
    const said = only === undefined ? '' : ` only: '${only}',`
    const short = `      { path: [${steps.join(', ')}],${said} since: '${since}' },`
    if (short.length <= 120) return short
    const list = `        path: [${steps.join(', ')}],`
    const path_ =
      list.length <= 120
        ? list
        : ['        path: [', ...steps.map((each) => `          ${each},`), '        ],'].join('\n')
    return [
      '      {',
      path_,
      ...(said === '' ? [] : [`       ${said}`]),
      `        since: '${since}',`,
      '      },',
    ].join('\n')
  })
  return ['  [', `    '${kind}',`, '    [', ...lines, '    ],', '  ],'].join('\n')
}

/** Every field of a definition's spec, whatever the version, and every value that one may have. */
function placesIn(definition: KubernetesObject): Set<string> {
  const places = new Set<string>()
  for (const version of listAt(definition, 'spec', 'versions')) {
    const schema = isRecord(version) && isRecord(version.schema) ? version.schema.openAPIV3Schema : undefined
    const spec = isRecord(schema) && isRecord(schema.properties) ? schema.properties.spec : undefined
    walk(spec, 'spec', places)
  }
  return places
}

function walk(schema: unknown, place: string, places: Set<string>): void {
  if (!isRecord(schema)) return
  for (const value of textsAt(schema, 'enum')) places.add(`${place}=${value}`)
  for (const [name, inner] of Object.entries(isRecord(schema.properties) ? schema.properties : {})) {
    places.add(`${place}/${name}`)
    walk(inner, `${place}/${name}`, places)
  }
  for (const inner of [schema.items, schema.additionalProperties]) walk(inner, `${place}/*`, places)
}
