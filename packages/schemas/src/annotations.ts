import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { flagAt, isJson, listAt, textAt, textsAt } from '@orbweaver/contracts/json'
import { parse } from 'yaml'
import { moduleFolder } from './go-module.ts'

/** The version that Istio's own go.mod names (packages/lab/go/istio/go.mod). */
const source = { module: 'istio.io/api', version: 'v1.31.0-rc.0.0.20260824154656-b943409680a7' }

/** A TypeScript module with every annotation that Istio knows: what it may stand on, and whether it is of old. */
export function annotationsModule(): string {
  const text: unknown = parse(readFileSync(join(moduleFolder(source), 'annotation', 'annotations.yaml'), 'utf8'))
  const lines = listAt(text, 'annotations')
    .filter(isJson)
    .map((each) => {
      const on = textsAt(each, 'resources').map((kind) => `'${kind}'`)
      const deprecated = flagAt(each, 'deprecated') === true ? ', deprecated: true' : ''
      return `  ['${textAt(each, 'name') ?? ''}', { on: [${on.join(', ')}]${deprecated} }],`
    })
  return [
    `// Made by \`pnpm --filter @orbweaver/schemas generate\` from ${source.module} ${source.version}.`,
    '',
    '/** What an annotation may stand on (kinds, or Any), and whether it is of old. */',
    'export type KnownAnnotation = { readonly on: readonly string[]; readonly deprecated?: boolean }',
    '',
    'export const knownAnnotations: ReadonlyMap<string, KnownAnnotation> = new Map([',
    ...lines.toSorted((a, b) => (a < b ? -1 : 1)),
    '])',
    '',
  ].join('\n')
}
