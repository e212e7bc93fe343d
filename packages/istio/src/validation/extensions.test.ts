import { expect, test } from 'vitest'
import { judge, refusal } from './testing/judge.ts'

const url = 'oci://registry.example.com/a'

test.each([
  ['WasmPlugin', {}, 'url field needs to be set'],
  ['WasmPlugin', { url: 'ftp://a' }, 'url contains unsupported scheme: ftp'],
  ['WasmPlugin', { url: 'a b' }, 'failed to parse url: parse "a b": invalid URI for request'],
  ['WasmPlugin', { url, sha256: 'a' }, 'sha256 field must be 64 characters long'],
  ['WasmPlugin', { url, sha256: 'A'.repeat(64) }, 'sha256 field must match [a-f0-9]{64} pattern'],
  ['WasmPlugin', { url, vmConfig: { env: [{ name: 'A' }, { name: 'A' }] } }, 'duplicate env'],
  ['WasmPlugin', { url, match: [{ ports: [{ number: 0 }] }] }, 'spec.Match[0].Ports[0] is out of range: 0'],
  ['TrafficExtension', {}, 'exactly one of wasm or lua must be set'],
  ['TrafficExtension', { lua: {} }, 'lua.inlineCode cannot be empty'],
  ['Telemetry', { metrics: [{ providers: [{}] }] }, 'providers.name may not be empty'],
  [
    'Telemetry',
    { metrics: [{ overrides: [{ tagOverrides: { a: {} } }] }] },
    'tagOverrides.value must be set when operation is UPSERT',
  ],
  ['Telemetry', { tracing: [{ customTags: { a: { header: {} } } }] }, 'header tag name may not be empty'],
  ['ProxyConfig', { concurrency: -1 }, 'concurrency must be greater than or equal to 0'],
])('a %s is refused: %j', (kind, spec, words) => {
  expect(refusal(kind, spec)).toBe(words)
})

test('a filter of access logs is parsed and not compiled', () => {
  const filtered = (expression: string) => ({ accessLogging: [{ filter: { expression } }] })
  expect(judge('Telemetry', filtered('colour == "red"')).allowed).toBe(true)
  expect(refusal('Telemetry', filtered('colour =='))).toMatch(/^must be a valid CEL expression, ERROR: <input>:1:/)
})

test('only one way of tracing is heard', () => {
  expect(judge('Telemetry', { tracing: [{}, { providers: [{ name: 'a' }, { name: 'b' }] }] }).warnings).toEqual([
    'multiple tracing is not currently supported',
    'multiple providers is not currently supported',
  ])
})
