/**
 * Writes src/server/builtins/generated/protobuf.ts: the fields of the built-in kinds by their numbers in protobuf, from the struct tags of
 * the modules k8s.io/api and k8s.io/apimachinery v0.36.3.
 *
 *   tsx packages/sandbox/generated/write-protobuf.ts "$(go list -m -f '{{.Dir}}' k8s.io/api)" "$(go list -m -f '{{.Dir}}' k8s.io/apimachinery)"
 *
 * A message is named like its OpenAPI schema; its value names the fields from number 1 on, `-` where there is none. A field whose zero is
 * a value (a pointer in Go) ends in `*`, one whose fields are told as the owner's own in `>` and the message they are in.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const [api = '.', machinery = '.'] = process.argv.slice(2)
const groups = [
  'core', 'apps', 'batch', 'policy', 'rbac', 'admissionregistration', 'coordination', 'discovery', 'networking', 'authentication',
  'authorization', 'storage', 'scheduling', 'events',
]
const packages = [
  ...groups.map((group) => ({ name: `io.k8s.api.${group}.v1`, dir: `${api}/${group}/v1` })),
  ...['v1', 'v2'].map((version) => ({ name: `io.k8s.api.autoscaling.${version}`, dir: `${api}/autoscaling/${version}` })),
  { name: 'io.k8s.apimachinery.pkg.apis.meta.v1', dir: `${machinery}/pkg/apis/meta/v1` },
]
/** Written and read by hand in Go, so that their tags say nothing of it. */
const byHand = /^(Time|MicroTime|Duration|Timestamp|Verbs|FieldsV1)$/
const structForm = /^type (\w+) struct \{\n([\s\S]*?)^\}/gm
const fieldForm = /^\t(?:\w+[ \t]+)?(\*?)([\w.[\]*]+)[ \t]+`json:"([^",]*)(,inline)?[^"]*"[^`]* protobuf:"\w+,(\d+)/gm

const messages: Record<string, string> = {}
for (const { name, dir } of packages) {
  const files = ['types.go', 'micro_time.go'].map((each) => `${dir}/${each}`).filter((each) => existsSync(each))
  const text = files.map((each) => readFileSync(each, 'utf8')).join('\n')
  for (const [, struct = '', body = ''] of text.matchAll(structForm)) {
    if (byHand.test(struct)) continue
    const fields: string[] = []
    for (const [, pointer = '', type = '', json = '', inline, number] of body.matchAll(fieldForm)) {
      fields[Number(number) - 1] = inline === undefined ? `${json}${pointer}` : `>${type.includes('.') ? type : `${name}.${type}`}`
    }
    if (fields.length > 0) messages[`${name}.${struct}`] = Array.from(fields, (each) => each ?? '-').join(' ')
  }
}
writeFileSync(
  new URL('../src/server/builtins/generated/protobuf.ts', import.meta.url),
  `/** Written by packages/sandbox/generated/write-protobuf.ts from k8s.io/api v0.36.3. JSON in a string: parsed once, when first asked for. */\nexport const protobuf = ${JSON.stringify(JSON.stringify(messages))}\n`,
)
