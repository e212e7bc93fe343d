/**
 * Writes ../generated from the pinned Go modules, or with `--check` says which file is not what they give.
 * Needs the command `go`; the modules come through its proxy and stay in its cache.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { textAt } from '@orbweaver/contracts/json'
import { isKubernetesObject, type KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { parseAllDocuments } from 'yaml'
import { type Source, sources } from './modules.ts'
import { filesByGroup, structureOf } from './structure.ts'

const generated = new URL('../generated/', import.meta.url)

function moduleFolder({ module, version }: Source): string {
  const answer: unknown = JSON.parse(execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], options))
  const folder = textAt(answer, 'Dir')
  if (folder === undefined) throw new Error(`go gave no folder for ${module}@${version}`)
  return folder
}
const options = { encoding: 'utf8', maxBuffer: 1_048_576 } as const

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
const stale: string[] = []
for (const [name, text] of filesByGroup(crds)) {
  const file = new URL(name, generated)
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) stale.push(name)
}
process.stdout.write(
  stale.length === 0 ? `${crds.length} definitions\n` : `not what the modules give: ${stale.join(', ')}\n`,
)
process.exitCode = stale.length === 0 ? 0 : 1
