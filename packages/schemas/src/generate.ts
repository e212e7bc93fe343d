/**
 * Writes ../generated, the schema of Istio's values and its annotations from the pinned Go modules, or with `--check` says
 * which file is not what they give. Needs the command `go`; the modules come through its proxy and stay in its cache.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { parseAllDocuments } from 'yaml'
import { annotationsModule } from './annotations.ts'
import { envoyMessagesModule } from './envoy-messages.ts'
import { moduleFolder } from './go-module.ts'
import { laterFieldsModule } from './later-fields.ts'
import { sources } from './modules.ts'
import { proxyConfigModule } from './proxy-config.ts'
import { filesByGroup, structureOf } from './structure.ts'
import { readValues } from './values/read.ts'
import { valuesSources } from './values/sources.ts'
import { valuesModule } from './values/write.ts'

const generated = new URL('../generated/', import.meta.url)
/** Beside what reads it, in browsers and servers. */
const valuesFile = new URL('../../istio/src/values/generated/values-schema.ts', import.meta.url)
const proxyConfigFile = new URL('../../istio/src/validation/generated/proxy-config-fields.ts', import.meta.url)
const envoyMessagesFile = new URL('../../istio/src/validation/generated/envoy-messages.ts', import.meta.url)
const laterFieldsFile = new URL('../../istio/src/findings/upgrade/generated/later-fields.ts', import.meta.url)
const annotationsFile = new URL('../../istio/src/findings/metadata/generated/known-annotations.ts', import.meta.url)

function yamlFiles(path: string): string[] {
  if (statSync(path).isFile()) return [path]
  const names = readdirSync(path).sort()
  return names.filter((name) => name.endsWith('.yaml')).map((name) => join(path, name))
}

function crdsIn(path: string): KubernetesObject[] {
  return parseAllDocuments(readFileSync(path, 'utf8')).flatMap((document) => {
    const value: unknown = document.toJS()
    return isKubernetesObject(value) && value.kind === 'CustomResourceDefinition' ? [structureOf(value)] : []
  })
}

const crds = sources.flatMap((source) => yamlFiles(join(moduleFolder(source), source.path)).flatMap(crdsIn))
const values = readValues()
const definitions = sources[0]?.path ?? ''
const byMinor = valuesSources.map(({ minor, istio }) => ({
  minor,
  definitions: crdsIn(join(moduleFolder({ module: 'istio.io/istio', ...istio }), definitions)),
}))
const files = [...filesByGroup(crds)].map(([name, text]) => ({ file: new URL(name, generated), text }))
files.push(
  { file: valuesFile, text: valuesModule(values) },
  { file: annotationsFile, text: annotationsModule() },
  { file: proxyConfigFile, text: proxyConfigModule(values) },
  { file: envoyMessagesFile, text: envoyMessagesModule() },
  { file: laterFieldsFile, text: laterFieldsModule(byMinor) },
)
const stale: string[] = []
for (const { file, text } of files) {
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) stale.push(file.pathname.split('/').at(-1) ?? '')
}
process.stdout.write(
  stale.length === 0
    ? `${crds.length} definitions, values of ${values.size} minors\n`
    : `not what the modules give: ${stale.join(', ')}\n`,
)
process.exitCode = stale.length === 0 ? 0 : 1
