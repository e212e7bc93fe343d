import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord } from '@orbweaver/contracts/json'
import { parse } from 'yaml'
import { moduleFolder } from '../go-module.ts'
import { type CompiledValues, compileValues } from './compile.ts'
import { readProto } from './proto.ts'
import { apiFiles, istioFiles, type ValuesSource, valuesSources } from './sources.ts'

/** The values of every minor, oldest first, from the modules of valuesSources. */
export function readValues(): Map<string, CompiledValues> {
  const all = new Map(valuesSources.map((source) => [source.minor, compiled(source)]))
  for (const [index, { minor, later }] of valuesSources.entries()) {
    const next = all.get(valuesSources[index + 1]?.minor ?? '')
    for (const name of Object.keys(later)) adopt(all.get(minor), next, name)
  }
  return all
}

function compiled({ istio, api }: ValuesSource): CompiledValues {
  const istioFolder = moduleFolder({ module: 'istio.io/istio', ...istio })
  const apiFolder = moduleFolder({ module: 'istio.io/api', ...api })
  const paths = [join(istioFolder, istioFiles.values), ...apiFiles.map((each) => join(apiFolder, each))]
  const chart: unknown = parse(readFileSync(join(istioFolder, istioFiles.chart), 'utf8'))
  if (!isRecord(chart)) throw new Error(`${istioFiles.chart} is no map`)
  return compileValues(
    paths.map((path) => readProto(readFileSync(path, 'utf8'))),
    chart,
  )
}

function adopt(into: CompiledValues | undefined, from: CompiledValues | undefined, name: string): void {
  const [type = '', field = ''] = name.split('.')
  const brought = from?.types[type]?.[field]
  const fields = into?.types[type]
  if (brought === undefined || fields === undefined) throw new Error(`the next minor has no ${name}`)
  fields[field] = brought
}
