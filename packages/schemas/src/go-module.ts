import { execFileSync } from 'node:child_process'
import { textAt } from '@orbweaver/contracts/json'

const options = { encoding: 'utf8', maxBuffer: 1_048_576 } as const

/**
 * The folder of a module in Go's cache. With `sum` that is what the module must hash to, and Go's own database, which does
 * not know every build, is not asked.
 */
export function moduleFolder({ module, version, sum }: { module: string; version: string; sum?: string }): string {
  const asked = sum === undefined ? [] : [`GONOSUMDB=${module}`]
  const command = ['go', 'mod', 'download', '-json', `${module}@${version}`]
  const answer: unknown = JSON.parse(execFileSync('env', [...asked, ...command], options))
  const folder = textAt(answer, 'Dir')
  if (folder === undefined) throw new Error(`go gave no folder for ${module}@${version}`)
  if (sum !== undefined && textAt(answer, 'Sum') !== sum) throw new Error(`${module}@${version} is not what it was`)
  return folder
}
