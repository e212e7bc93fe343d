import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { moduleFolder } from './go-module.ts'

/** The versions that Istio's own go.mod names (packages/lab/go/istio/go.mod). */
const sources = [
  { module: 'github.com/envoyproxy/go-control-plane/envoy', version: 'v1.37.1-0.20260713214202-ca8ce173c36f' },
  { module: 'github.com/envoyproxy/go-control-plane/contrib', version: 'v1.36.1-0.20260713214202-ca8ce173c36f' },
]

/** In the list of Go types that a file of protobufs ends with: what each is called. */
const messages = /\(\*\w+\)\(nil\),\s+\/\/ \d+: (envoy\.[\w.]+)$/gm

/** Of the second API istiod links nothing. */
const old = /\.v2(alpha\d?)?(\.|$)/

/** A TypeScript module with the name of every message of Envoy's API that this build of istiod can know. */
export function envoyMessagesModule(): string {
  const files = sources.map(moduleFolder).flatMap((folder) => {
    const all = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    return all.filter((each) => each.endsWith('.pb.go')).map((each) => join(folder, each))
  })
  const names = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(messages)].flatMap(([, name = '']) =>
      name.endsWith('Entry') || old.test(name) ? [] : [name],
    ),
  )
  const byPackage = new Map<string, string[]>()
  for (const name of [...new Set(names)].toSorted()) {
    const [, home = '', own = ''] = /^(.*?)\.([A-Z].*)$/.exec(name) ?? []
    byPackage.set(home, [...(byPackage.get(home) ?? []), own])
  }
  return [
    '// Made by `pnpm --filter @orbweaver/schemas generate` from these Go modules:',
    ...sources.map(({ module, version }) => `// ${module} ${version}`),
    '',
    '/** Messages of Envoy’s API by their package, as of Istio 1.31. */',
    'export const envoyMessages: ReadonlyMap<string, string> = new Map([',
    ...[...byPackage].map(([home, own]) => line(home, own.join(' '))),
    '])',
    '',
  ].join('\n')
}

/** As the formatter has it. */
function line(home: string, own: string): string {
  const short = `  ['${home}', '${own}'],`
  return short.length <= 120 ? short : `  [\n    '${home}',\n    '${own}',\n  ],`
}
