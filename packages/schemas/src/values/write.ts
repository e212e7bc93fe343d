import { createHash } from 'node:crypto'
import type { JsonRecord } from '@orbweaver/contracts/json'
import { plainRecord } from '@orbweaver/contracts/json'
import { type CompiledValues, patchBetween } from './compile.ts'
import { valuesSources } from './sources.ts'

/** One field a line, so that a diff shows which changed. */
function linesOf(value: JsonRecord, depth: number, indent = ''): string {
  const entries = Object.entries(value).map(([key, each]) => {
    const below = typeof each === 'object' && each !== null && !Array.isArray(each) && depth > 0
    return `${indent}${JSON.stringify(key)}:${below ? linesOf(each, depth - 1, `${indent} `) : JSON.stringify(each)}`
  })
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`
}

/** The module that packages/istio carries: the newest minor whole, the others as what is different there. */
export function valuesModule(byMinor: ReadonlyMap<string, CompiledValues>): string {
  const minors = [...byMinor.keys()]
  const newest = minors.at(-1) ?? ''
  const base = plainRecord(byMinor.get(newest) ?? {})
  const differences: JsonRecord = {}
  for (const minor of minors.slice(0, -1))
    differences[minor] = patchBetween(base, plainRecord(byMinor.get(minor) ?? {}))
  const json = linesOf({ newest, base, differences }, 4)
  // A template takes everything as it is but these two.
  const text = json.replaceAll('`', '\\u0060').replaceAll('${', '\\u0024{')
  const sources = valuesSources.map(
    ({ minor, istio, api }) =>
      ` * ${minor}: istio.io/istio ${istio.version} (${istio.of}), istio.io/api ${api.version}`,
  )
  return `/**
 * Values of Istio with their types, words and defaults, for each minor. Written by \`pnpm --filter @orbweaver/schemas generate\`
 * from the Go modules below; do not edit. The texts are Istio's own.
 *
${sources.join('\n')}
 *
 * Copyright Istio Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with the
 * License. You may obtain a copy of the License at http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on an
 * "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the specific
 * language governing permissions and limitations under the License.
 */
export const valuesDigest = '${createHash('sha256').update(text).digest('hex')}'
export const valuesJson: string = String.raw\`${text}\`
`
}
